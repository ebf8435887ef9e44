// Files in pieces (tus 1.0): what has arrived stays there, also when the line breaks or the page is closed.
import { ask, patiently } from "./send.js";

const PIECE_BYTES = 4 * 1024 * 1024;
// The last piece is answered when the whole file is sealed.
const SEALING_MS = 5 * 60 * 1000;
// On this device: where each unfinished file goes on, under a digest that does not tell which file it is.
const MEMORY = "livsbog-uploads";
// As long as the service keeps the pieces.
const KEPT_MS = 7 * 24 * 3600 * 1000;

// The file has been changed or moved since it was chosen.
export class Unreadable extends Error {}

// Sends what the service still lacks of a file and answers its media id. `progress` is told how many bytes have gone.
export async function sendFile(child, file, { progress, waits, signal }) {
  const mark = await markOf(child, file);
  return patiently(async (heard) => {
    let place = recall(mark, file);
    let offset = place ? await reached(place, signal) : null;
    if (offset === null) {
      place = await begin(child, file, signal);
      remember(mark, file, place);
      offset = 0;
    }
    heard(offset > (file.sent ?? 0));
    for (;;) {
      progress(offset);
      const answer = await sendPiece(place, file, offset, { progress, signal }).catch((refusal) => {
        // What was on its way may not have arrived.
        progress(offset);
        throw refusal;
      });
      offset = Number(answer.header("Upload-Offset"));
      heard(true);
      if (answer.header("Livsbog-Media")) return answer.header("Livsbog-Media");
    }
  }, { waits, signal });
}

// Takes back what has been sent of a file that is not wanted after all.
export async function giveUp(child, file) {
  const mark = await markOf(child, file);
  const place = recall(mark, file);
  remember(mark, file, undefined);
  if (place) await ask("DELETE", place, { headers: tus() }).catch(() => undefined);
}

// Forgets every upload: all of them are in the book.
export const forgetUploads = () => write({});

const tus = (headers) => ({ "Tus-Resumable": "1.0.0", ...headers });

async function begin(child, file, signal) {
  const name = btoa(String.fromCharCode(...new TextEncoder().encode(file.name)));
  const headers = tus({ "Upload-Length": file.blob.size, "Upload-Metadata": `filename ${name}` });
  const answer = await ask("POST", `/api/v1/children/${encodeURIComponent(child)}/uploads`, { headers, signal });
  return new URL(answer.header("Location"), window.location.href).pathname;
}

// How much of the file has arrived; null when the service no longer knows it.
async function reached(place, signal) {
  try {
    const answer = await ask("HEAD", place, { headers: tus(), signal });
    return Number(answer.header("Upload-Offset"));
  } catch (refusal) {
    if (refusal.status === 404) return null;
    throw refusal;
  }
}

// An empty piece at the end asks again for the answer to the last one.
async function sendPiece(place, file, offset, { progress, signal }) {
  const end = Math.min(offset + PIECE_BYTES, file.blob.size);
  // Read first: a browser reports a file it cannot read like a lost line.
  const body = await file.blob.slice(offset, end).arrayBuffer().catch(() => { throw new Unreadable(); });
  return ask("PATCH", place, {
    headers: tus({ "Upload-Offset": offset, "Content-Type": "application/offset+octet-stream" }),
    body,
    progress: (loaded) => progress(offset + loaded),
    answerMs: end === file.blob.size ? SEALING_MS : undefined,
    signal,
  });
}

// Which file it is. Without TLS a browser has no digests: then it is remembered only as long as the page is open.
async function markOf(child, { name, blob }) {
  if (!crypto.subtle) return undefined;
  const facts = new TextEncoder().encode(JSON.stringify([child, name, blob.size, blob.lastModified]));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", facts));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function read() {
  try {
    const kept = Object.entries(JSON.parse(localStorage.getItem(MEMORY)) ?? {});
    return Object.fromEntries(kept.filter(([, { at }]) => Date.now() - at < KEPT_MS));
  } catch {
    return {};
  }
}

// Private windows and full devices keep nothing; sending must work all the same.
function write(kept) {
  try {
    if (Object.keys(kept).length) localStorage.setItem(MEMORY, JSON.stringify(kept));
    else localStorage.removeItem(MEMORY);
  } catch {
    return;
  }
}

const recall = (mark, file) => file.place ?? read()[mark]?.place;

function remember(mark, file, place) {
  file.place = place;
  if (!mark) return;
  const { [mark]: _, ...others } = read();
  write(place ? { ...others, [mark]: { place, at: Date.now() } } : others);
}
