// A child's book is read where there is no line, and nothing of it is left for the next one on the same device.
import { inBrowser, watching } from './chromium.mjs';

await inBrowser(async ({ page, context, facts }) => {
  const at = path => facts.origin + path;
  const cover = `/bog/${facts.child}`;
  const go = async path => {
    try {
      await page.goto(at(path));
      return await page.locator('body').innerText();
    } catch (error) {
      return `no answer: ${error.message.split('\n')[0]}`;
    }
  };
  // Everything any cache holds: addresses and what is text of it.
  const kept = () => page.evaluate(async () => {
    const all = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const { url } of await cache.keys()) {
        const answer = await cache.match(url);
        const type = answer.headers.get('Content-Type') ?? '';
        const { pathname, search } = new URL(url);
        all.push({ name, path: pathname + search, type, text: type.startsWith('text/html') ? await answer.text() : '' });
      }
    }
    return all;
  });
  const books = all => all.filter(({ name }) => name.startsWith('bog-'));
  const paths = all => books(all).map(({ path }) => path);
  // Taken along are the cover, what it leads to, and what that leads to: until nothing is missing.
  const takenAlong = async () => {
    let all = [];
    for (let turn = 0; turn < 240; turn += 1) {
      all = await kept();
      const there = new Set(paths(all));
      const wanted = books(all).flatMap(({ text }) => [
        ...[...text.matchAll(/ href="(\/bog\/[0-9a-f-]+(?:\/(?:kapitel|side)\/[^"#]+)?)"/g)].map(([, href]) => href),
        ...[...text.matchAll(/ src="(\/api\/v1\/media\/[^"]+)"/g)].map(([, src]) => src),
      ]);
      if (there.has(cover) && wanted.every(path => there.has(path))) return all;
      await page.waitForTimeout(250);
    }
    throw new Error('the book was not taken along');
  };
  const { look } = watching(page, facts);
  const pictures = () => page.evaluate(async () => {
    const all = [...document.querySelectorAll('main img')];
    for (const image of all) image.loading = 'eager';
    const shown = image => image.decode().then(() => image.naturalWidth > 0, () => false);
    return Promise.all(all.map(shown));
  });
  const report = {};

  if (facts.adult) {
    await page.goto(facts.adult);
    await go(cover);
    await page.waitForLoadState('networkidle');
    report.adult = { kept: paths(await kept()), workers: await workers(page) };
    await context.clearCookies();
  }

  await page.goto(facts.sign_in);
  await go(cover);
  let all = await takenAlong();
  report.taken = books(all);
  report.names = [...new Set(books(all).map(({ name }) => name))];
  const pictured = books(all).find(({ path, text }) => path.includes('/side/') && text.includes('data-rendition')).path;
  const chapter = books(all).find(({ path }) => path.includes('/kapitel/')).path;

  await context.setOffline(true);
  report.offline = {};
  for (const [name, path] of Object.entries({ cover, chapter, page: pictured })) {
    const text = await go(path);
    report.offline[name] = {
      text, pictures: await pictures(), ...await look(name),
      styled: await page.evaluate(() => getComputedStyle(document.body).display === 'flex'),
      font: await page.evaluate(() => document.fonts.ready.then(() => document.fonts.check('1rem "Livsbog Read"'))),
      forms: await page.locator('form').count(),
    };
  }
  report.offline.home = await go('/bog');
  report.offline.private = await go(`${cover}/side/${facts.private_page}`);
  report.offline.waiting = await go(`${cover}/side/${facts.waiting_page}`);
  report.offline.nothing = { text: await go('/hjaelp'), ...await look('no-line') };

  // A session that ended while there was no line.
  await page.evaluate(async path => {
    const [name] = (await caches.keys()).filter(each => each.startsWith('bog-'));
    const book = await caches.open(name);
    const old = await caches.open(`${name.split('-').slice(0, 2).join('-')}-1`);
    for (const request of await book.keys()) await old.put(request, await book.match(request));
    await caches.delete(name);
    return path;
  }, cover);
  report.ended = { text: await go(cover), kept: paths(await kept()) };

  await context.setOffline(false);
  await go(cover);
  await takenAlong();
  await Promise.all([page.waitForURL(at('/')), page.locator('footer form[action="/ud"] button').click()]);
  report.signed_out = { kept: paths(await kept()), workers: await workers(page) };
  await context.setOffline(true);
  report.signed_out.text = await go(cover);
  report.signed_out.page = await go(pictured);
  await context.setOffline(false);

  // Signed out where there is no line: what was kept is gone all the same.
  await page.goto(facts.sign_in);
  await go(cover);
  await takenAlong();
  await context.setOffline(true);
  await page.locator('footer form[action="/ud"] button').click().catch(() => {});
  for (let turn = 0; turn < 40; turn += 1) {
    report.signed_out_offline = await go(cover);
    if (!report.signed_out_offline.includes('Du læser uden net')) break;
  }
  await context.setOffline(false);

  // Somebody else comes, and nobody signed out before.
  await page.goto(facts.sign_in);
  await go(cover);
  await takenAlong();
  await page.goto(facts.other);
  await page.waitForFunction(async mine => {
    const names = await caches.keys();
    return !names.some(name => name === mine);
  }, report.names[0]);
  report.other = { kept: paths(await kept()) };
  await context.setOffline(true);
  report.other.text = await go(cover);
  await context.setOffline(false);
  return report;
});

function workers(page) {
  return page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);
}
