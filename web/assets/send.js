// Asking the service: one request at a time, and patience with a bad line.
// A line that stands still this long is lost; phones notice it late themselves.
const SILENT_MS = 60_000;
const LONGEST_PAUSE_MS = 30_000;
// A fault of the service is not asked about for ever.
const TRIES_AT_A_FAULT = 3;

const csrf = () => document.querySelector('meta[name="csrf"]')?.content ?? "";

// crypto.randomUUID is missing where a home reaches the service without TLS.
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Why it was not done. Status 0: no answer came.
export class Refusal extends Error {
  constructor(status, problem = {}) {
    super(problem.title ?? "");
    this.status = status;
    this.problem = problem;
  }

  // Whether the same request may be answered otherwise in a while.
  mayPass(tries) {
    if ([0, 502, 503, 504].includes(this.status)) return true;
    return tries < TRIES_AT_A_FAULT && (this.status >= 500 || [409, 429].includes(this.status));
  }
}

const parsed = (text) => {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
};

// One request. fetch does not tell how much of a body has gone, so this is the older way.
export function ask(method, path, { headers = {}, body = null, progress = () => {}, answerMs = SILENT_MS, signal } = {}) {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    const over = new AbortController();
    const giveUp = () => request.abort();
    let silence;
    const waitFor = (ms) => {
      clearTimeout(silence);
      silence = setTimeout(giveUp, ms);
    };
    request.open(method, path);
    for (const [name, value] of Object.entries({ "X-CSRF-Token": csrf(), ...headers })) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", (event) => { waitFor(SILENT_MS); progress(event.loaded); });
    request.upload.addEventListener("load", () => waitFor(answerMs));
    request.addEventListener("load", () => {
      const answer = parsed(request.responseText);
      if (request.status >= 200 && request.status < 300) done({ body: answer, header: (name) => request.getResponseHeader(name) });
      else fail(new Refusal(request.status, answer));
    });
    request.addEventListener("loadend", () => {
      clearTimeout(silence);
      over.abort();
      fail(new Refusal(0));
    });
    window.addEventListener("offline", giveUp, { signal: over.signal });
    signal?.addEventListener("abort", giveUp, { signal: over.signal });
    waitFor(body?.byteLength === 0 ? answerMs : SILENT_MS);
    request.send(body);
    if (signal?.aborted) giveUp();
  });
}

// Until it is time to try again: a while, or as soon as the line is back or somebody looks at the page.
function pause(ms, signal) {
  return new Promise((done) => {
    const over = new AbortController();
    const wake = () => {
      clearTimeout(timer);
      over.abort();
      done();
    };
    const timer = setTimeout(wake, ms);
    window.addEventListener("online", wake, { signal: over.signal });
    document.addEventListener("visibilitychange", wake, { signal: over.signal });
    signal?.addEventListener("abort", wake, { signal: over.signal });
  });
}

// Does `work` until it is done or refused, with growing pauses. `work` calls what it is given when the line is there, with
// true when it has come further. `waits` is told true, or the code of the
// refusal, when nothing gets through, and false when something does again.
export async function patiently(work, { waits, signal }) {
  let tries = 0;
  const heard = (further) => {
    if (further) tries = 0;
    waits(false);
  };
  try {
    for (;;) {
      try {
        return await work(heard);
      } catch (refusal) {
        if (signal?.aborted || !(refusal instanceof Refusal) || !refusal.mayPass(tries)) throw refusal;
        tries += 1;
        // A short break is nobody's business.
        if (tries > 1 || !navigator.onLine) waits(refusal.problem.code ?? true);
        await pause(Math.min(1000 * 2 ** (tries - 1), LONGEST_PAUSE_MS), signal);
        if (signal?.aborted) throw refusal;
      }
    }
  } finally {
    waits(false);
  }
}

// The same entry with the same key is written once, however often it must be sent.
export async function sendEntry(child, entry, key, waits) {
  const path = `/api/v1/children/${encodeURIComponent(child)}/entries`;
  const headers = { "Content-Type": "application/json", "Idempotency-Key": key };
  const body = JSON.stringify(entry);
  const answer = await patiently(() => ask("POST", path, { headers, body }), { waits });
  return answer.body.id;
}
