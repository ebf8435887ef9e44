// Keeps the book for reading where there is no line: for the one it is about, and no longer than its session lasts. All
// that is kept of a book lies in one cache, "bog-{session}-{end}". Both come from the service and name nobody.
//
// With a line every page comes from the service; what is kept answers only where the service cannot be reached. Whoever
// it shows somebody else, or nobody, forgets what was kept.
const SHELL = "skal";
const BOOK = "bog-";
const NO_LINE = "/uden-net";
const MOST_PAGES = 400;
// What was taken along longer ago is fetched anew when the book is opened with a line.
const STALE_MS = 600_000;
const PICTURE = /^\/api\/v1\/media\/([0-9a-f-]+)\/(?:small|medium|large)$/;
// These ask nobody who they are, so they tell nothing about who is here.
const NEUTRAL = ["/hjaelp", "/rettigheder", NO_LINE];

// Whose session the last page was for: empty for nobody's, undefined before there was one.
let here;
let taking = false;

const parts = (name) => {
  const [, session, end] = name.split("-");
  return { name, session, ended: Number(end) * 1000 <= Date.now() };
};

const books = async () => (await caches.keys()).filter((name) => name.startsWith(BOOK)).map(parts);

// Leaves what `session` keeps, while it lasts. A false or empty one keeps nothing.
async function forgetAllBut(session) {
  const others = (await books()).filter((book) => book.ended || book.session !== session);
  await Promise.all(others.map(({ name }) => caches.delete(name)));
}

async function fromBook(find) {
  for (const { name, ended } of await books()) {
    if (ended) await caches.delete(name);
    else {
      const found = await find(await caches.open(name));
      if (found) return found;
    }
  }
  return undefined;
}

const isCover = ({ url }) => /^\/bog\/[0-9a-f-]+$/.test(new URL(url).pathname);

async function keptPage(url) {
  const { pathname } = new URL(url);
  if (!["/", "/bog"].includes(pathname)) return fromBook((book) => book.match(url));
  return fromBook(async (book) => book.match((await book.keys()).find(isCover) ?? url));
}

// A page told who is here.
async function seen(answer, path) {
  const page = (answer.headers.get("Content-Type") ?? "").startsWith("text/html");
  if (!page || answer.status >= 500 || NEUTRAL.includes(path)) return;
  here = answer.headers.get("Livsbog-Session") ?? "";
  await forgetAllBut(answer.headers.get("Livsbog-Keep") === "no" ? "" : here);
}

async function page(event, path) {
  try {
    const answer = await fetch(event.request);
    event.waitUntil(seen(answer, path));
    return answer;
  } catch {
    const shell = await caches.open(SHELL);
    return (await keptPage(event.request.url)) ?? (await shell.match(NO_LINE)) ?? Response.error();
  }
}

async function picture(request, id) {
  try {
    return await fetch(request);
  } catch {
    return (await fromBook((book) => book.match(`/api/v1/media/${id}/medium`))) ?? Response.error();
  }
}

// Styles, scripts and fonts are the same for everybody, and their addresses change with their content.
async function asset(request) {
  const shell = await caches.open(SHELL);
  const kept = await shell.match(request);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok && /immutable/.test(answer.headers.get("Cache-Control") ?? "")) await shell.put(request, answer.clone());
  return answer;
}

async function keepAssets(html) {
  for (const [, address] of html.matchAll(/ (?:href|src)="(\/web\/[^"]+\.(?:css|js)[^"]*)"/g)) {
    const answer = await asset(new Request(address));
    if (!address.includes(".css")) continue;
    const style = await answer.text();
    for (const [, font] of style.matchAll(/url\("(fonts\/[^"]+)"\)/g)) await asset(new Request(`/web/${font}`));
  }
}

// A rendition that is still being made is answered 202: ask again.
async function keepPicture(book, address) {
  if (await book.match(address)) return;
  for (let tried = 0; tried < 6; tried += 1) {
    const answer = await fetch(address);
    if (answer.status === 200) await book.put(address, answer);
    if (answer.status !== 202) return;
    await new Promise((resolve) => { setTimeout(resolve, 1000); });
  }
}

// Keeps one page as the service lets it be kept, with its pictures; answers its text. What may not be kept any more is
// forgotten.
async function takePage(address) {
  const answer = await fetch(address, { headers: { "Livsbog-Copy": "1" }, redirect: "manual" });
  const session = answer.headers.get("Livsbog-Session");
  const end = answer.headers.get("Livsbog-Keep");
  if (!answer.ok || !session || !Number(end)) {
    await fromBook(async (book) => { await book.delete(address); });
    return "";
  }
  const book = await caches.open(`${BOOK}${session}-${end}`);
  const html = await answer.clone().text();
  await book.put(address, answer);
  await keepAssets(html);
  const pictures = [...html.matchAll(/ src="(\/api\/v1\/media\/[^"]+)"/g)].map(([, src]) => src);
  for (const src of pictures.filter((each) => PICTURE.test(each))) await keepPicture(book, src);
  // Somebody may have signed out, or another one in, while it was fetched.
  if (here !== undefined && here !== session) await forgetAllBut(here);
  return html;
}

const links = (html) => [...html.matchAll(/ href="(\/bog\/[0-9a-f-]+(?:\/(?:kapitel|side)\/[^"#]+)?)"/g)].map(([, href]) => href);

const isFresh = (kept) => kept && Date.now() - Date.parse(kept.headers.get("Date")) < STALE_MS;

// From the page that was opened to all of its book, one page after the other.
async function takeBook(first) {
  const waiting = [...new Set([first, ...links(await takePage(first))])];
  if (taking || navigator.connection?.saveData) return;
  taking = true;
  try {
    for (let at = 1; at < Math.min(waiting.length, MOST_PAGES) && here !== ""; at += 1) {
      const kept = await fromBook((book) => book.match(waiting[at]));
      const html = isFresh(kept) ? await kept.text() : await takePage(waiting[at]);
      waiting.push(...links(html).filter((href) => !waiting.includes(href)));
    }
  } finally {
    taking = false;
  }
}

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    await caches.delete(SHELL);
    const answer = await fetch(NO_LINE);
    await keepAssets(await answer.clone().text());
    await (await caches.open(SHELL)).put(NO_LINE, answer);
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  const { take } = event.data ?? {};
  // Where the line breaks on the way, the next page that is opened goes on.
  if (take) event.waitUntil(takeBook(take).catch(() => {}));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin) return;
  // Signing out forgets first, whether the service hears of it or not.
  if (request.method === "POST" && pathname === "/ud") {
    here = "";
    event.waitUntil(forgetAllBut(""));
  }
  if (request.method !== "GET") return;
  const id = PICTURE.exec(pathname)?.[1];
  if (id) event.respondWith(picture(request, id));
  else if (pathname.startsWith("/web/")) event.respondWith(asset(request));
  else if (request.mode === "navigate" && !pathname.startsWith("/api/")) event.respondWith(page(event, pathname));
});
