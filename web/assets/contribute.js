// The contribute page: previews, progress, patience with a bad line, and drafts that survive it.
import { forget, keep, recall } from "./drafts.js";
import { newKey, sendEntry } from "./send.js";
import { Unreadable, forgetUploads, giveUp, sendFile } from "./uploads.js";
import { addFiles, say, sentBytes, showFiles, showMeter } from "./chosen.js";

const form = document.getElementById("contribute");
const status = document.getElementById("status");
const trouble = document.getElementById("trouble");
const button = document.getElementById("send");
const bar = document.getElementById("progress");
const { owner, photoLimit, recordingLimit, fileLimit } = form ? form.dataset : {};
const FILES_AT_ONCE = 2;
// What the service can say about a file, whatever else is sent with it: too large, of another kind, not whole.
const ABOUT_THE_FILE = [413, 415, 422];
const WORDS = ["title", "text", "spoken", "people_other", "place_other", "occurred_on", "chapter", "language"];
const CHOICES = ["child", "kind", "people", "people_unknown", "place", "precision", "basis", "reads"];
let files = [];
let entryKey = newKey();
let sending = false;
let entryWaits = false;

const named = (name) => [...form.querySelectorAll(`[name="${name}"]`)];
const usable = (input) => !input.disabled;
const ticked = (name) => named(name).filter((input) => usable(input) && (input.checked || input.type === "hidden"));
const value = (name) => ticked(name)[0]?.value ?? "";
const field = (name) => form.elements[name].value.trim();
const ageTexts = () => [...form.querySelectorAll('textarea[name^="text_"]')];
const childInput = () => ticked("child")[0];

function changed() {
  trouble.replaceChildren();
  // A corrected form is a new request: the old key belongs to the old words.
  entryKey = newKey();
  keepSoon();
}

let timer;
function keepSoon() {
  clearTimeout(timer);
  timer = setTimeout(keepNow, 400);
}

function keepNow() {
  clearTimeout(timer);
  const words = Object.fromEntries([...WORDS, ...ageTexts().map((area) => area.name)].map((name) => [name, form.elements[name].value]));
  const choices = Object.fromEntries(CHOICES.map((name) => [name, ticked(name).map((input) => input.value)]));
  const kept = files.map(({ blob, name, media, refused }) => ({ blob, name, media, refused }));
  return keep(owner, { words, choices, files: kept, entryKey });
}

function putBack(draft) {
  for (const [name, words] of Object.entries(draft.words)) if (form.elements[name]) form.elements[name].value = words;
  for (const [name, values] of Object.entries(draft.choices)) {
    for (const input of named(name)) if (input.type !== "hidden") input.checked = values.includes(input.value);
  }
  entryKey = draft.entryKey;
  files = draft.files;
  if (draft.words.spoken || draft.choices.reads?.length) document.getElementById("heard").open = true;
  if (draft.words.text) document.getElementById("write-more").open = true;
}

function showChild() {
  const child = childInput()?.value;
  for (const group of form.querySelectorAll(".for-child")) {
    group.hidden = group.dataset.child !== child;
    group.querySelectorAll("input").forEach((input) => { input.disabled = group.hidden; });
  }
}

function showKind() {
  const kind = value("kind");
  form.dataset.kind = kind;
  if (kind !== "photo") document.getElementById("write-more").open = true;
}

const heard = ({ blob }) => /^(audio|video)\//.test(blob.type);

// What is said is asked for where there is something to listen to.
function showChosen() {
  showFiles(files, remove);
  document.getElementById("heard").hidden = !files.some(heard);
}

function showAll() {
  showChild();
  showKind();
  showChosen();
}

function remove(file) {
  files = files.filter((other) => other !== file);
  file.stop?.abort();
  if (childInput()) giveUp(childInput().value, file);
  showChosen();
  changed();
}

function note(title, ...lines) {
  const note = document.createElement("div");
  note.className = "note sorry";
  note.setAttribute("role", "alert");
  for (const [index, words] of [title, ...lines].filter(Boolean).entries()) {
    const line = document.createElement("p");
    const holder = index === 0 ? line.appendChild(document.createElement("strong")) : line;
    holder.textContent = words;
    note.append(line);
  }
  return note;
}

function show(...notes) {
  trouble.replaceChildren(...notes);
  trouble.scrollIntoView({ block: "nearest" });
}

function tell(title, lines = [], retry = false) {
  const told = note(title, ...lines);
  if (retry) {
    const again = document.createElement("button");
    again.type = "button";
    again.className = "button quiet";
    again.textContent = say("js-retry");
    again.addEventListener("click", send);
    told.append(again);
  }
  show(told);
}

function tellRefused(refused) {
  const notes = refused.map((file) => note(say("js-refused", { name: file.name }), ...file.refused));
  const rest = document.createElement("p");
  rest.textContent = say(files.some((file) => file.media) ? "js-rest-there" : "js-words-there");
  notes.at(-1).append(rest);
  show(...notes);
}

function missing() {
  if (!childInput()) return "js-choose-child";
  const kind = value("kind");
  if (kind === "photo" && files.every((file) => file.refused)) return "js-need-photo";
  if (["story", "letter"].includes(kind) && !texts().length) return "js-need-text";
  return null;
}

function texts() {
  const language = field("language");
  const byBand = new Map([[childInput().dataset.band, field("text")]]);
  for (const area of ageTexts()) if (area.value.trim()) byBand.set(area.name.slice("text_".length), area.value.trim());
  return [...byBand].filter(([, text]) => text).map(([band, text]) => ({ band, language, text }));
}

function entry() {
  const others = field("people_other").split(",").map((name) => name.trim()).filter(Boolean);
  const chapter = field("chapter");
  const place = field("place_other") || value("place");
  return {
    kind: value("kind"),
    title: field("title"),
    texts: texts(),
    occurred_on: field("occurred_on"),
    precision: value("precision"),
    people: [...new Set([...ticked("people").map((input) => input.value), ...others])],
    ...(place && { place }),
    ...(chapter && { chapter }),
    basis: value("basis"),
    ...(field("beside") && { beside: field("beside") }),
    ...(field("wish") && { wish: field("wish") }),
    media: files.filter((file) => file.media).map(described),
  };
}

// A file with what is said in it; its id alone where nothing is. The words are those of the first one that is heard, and
// the first sound is the voice that reads.
function described(file) {
  const sent = files.filter(({ media }) => media);
  const words = (file === sent.find(heard) && field("spoken")) || null;
  const reads = form.elements.reads.checked && file === sent.find(({ blob }) => blob.type.startsWith("audio/"));
  return words || reads ? { id: file.media, alt: null, words, reads } : file.media;
}

// Two at a time; one that is taken away, or that the service will not have, does not stop the others.
const unsent = () => files.find((file) => !file.media && !file.refused && !file.stop);

async function sendFiles(child) {
  const take = async () => {
    for (let file = unsent(); file; file = unsent()) await sendOne(child, file);
  };
  try {
    await Promise.all(Array.from({ length: FILES_AT_ONCE }, take));
  } finally {
    for (const file of files) {
      file.stop?.abort();
      file.stop = undefined;
    }
  }
}

async function sendOne(child, file) {
  file.stop = new AbortController();
  const progress = (bytes) => { file.sent = bytes; showProgress(); };
  const waits = (on) => { file.waits = on; showProgress(); };
  try {
    file.media = await sendFile(child, file, { progress, waits, signal: file.stop.signal });
    showProgress();
    await keepNow();
  } catch (refusal) {
    if (!files.includes(file)) return;
    const why = aboutTheFile(refusal);
    if (!why) throw refusal;
    file.refused = why;
    showChosen();
    showProgress();
  }
}

// What to say about a file that cannot come with; nothing when it is not the file's fault.
function aboutTheFile(refusal) {
  if (refusal instanceof Unreadable) return [say("js-unreadable")];
  if (!ABOUT_THE_FILE.includes(refusal.status)) return null;
  const { title, detail, next_step: next } = inOwnLanguage(refusal.problem);
  return [[title, detail].filter(Boolean).join(". "), next].filter(Boolean);
}

const inOwnLanguage = (problem) => (document.documentElement.lang === "en" ? problem.en : problem) ?? {};

// The truth over all files: what has arrived and what is on its way now.
function showProgress() {
  const wanted = files.filter((file) => !file.refused);
  const total = wanted.reduce((sum, file) => sum + file.blob.size, 0);
  const sent = wanted.reduce((sum, file) => sum + sentBytes(file), 0);
  wanted.forEach(showMeter);
  bar.hidden = !sending || !total;
  bar.value = total ? (100 * sent) / total : 0;
  const waits = entryWaits || wanted.some((file) => file.waits);
  status.classList.toggle("waits", waits);
  const there = wanted.filter((file) => file.media).length;
  let words = wanted.length > 1 ? say("js-sending-files", { there, count: wanted.length }) : say("js-sending");
  if (there === wanted.length) words = say("js-sealing");
  if (waits) words = say(wanted.some((file) => file.waits === "scanner_away") ? "js-checking" : "js-waiting");
  if (!sending) words = "";
  // Said again it would be read aloud again.
  if (status.textContent !== words) status.textContent = words;
}

function lock(selector, on) {
  form.querySelectorAll(selector).forEach((part) => { part.inert = on; });
}

function work(on) {
  sending = on;
  button.disabled = on;
  form.setAttribute("aria-busy", String(on));
  lock(":scope > *", false);
  // Other files than those on their way belong to another child.
  lock(".pick-child", on);
  showProgress();
}

async function send() {
  if (sending || !form.reportValidity()) return;
  const lacks = missing();
  if (lacks) return tell(say(lacks));
  trouble.replaceChildren();
  const child = childInput();
  const refusedBefore = files.filter((file) => file.refused);
  work(true);
  try {
    await keepNow();
    while (unsent()) await sendFiles(child.value);
    const refused = files.filter((file) => file.refused && !refusedBefore.includes(file));
    if (refused.length) return tellRefused(refused);
    await finish(child, await sendWords(child));
  } catch (refusal) {
    tellRefusal(refusal);
  } finally {
    work(false);
  }
}

// What is written stands still until it is in the book: a correction would be a second page.
async function sendWords(child) {
  lock(":scope > :not(.send)", true);
  showProgress();
  await keepNow();
  return sendEntry(child.value, entry(), entryKey, (on) => { entryWaits = on; showProgress(); });
}

function tellRefusal(refusal) {
  if (refusal.status === 401) return tell(say("js-signed-out"), [say("js-signed-out-next")]);
  const { title, detail, next_step: next } = inOwnLanguage(refusal.problem ?? {});
  tell(title ?? say("js-failed"), [detail, next], true);
}

async function finish(child, id) {
  await forget(owner);
  forgetUploads();
  const sent = document.getElementById("sent");
  document.getElementById("sent-title").textContent = say("js-sent", { names: child.dataset.names });
  document.getElementById("sent-line").textContent = field("title");
  document.getElementById("sent-link").href = `/bog/${encodeURIComponent(child.value)}/side/${encodeURIComponent(id)}`;
  sent.hidden = false;
  const { value: chosen } = child;
  form.reset();
  named("child").forEach((input) => { if (input.type === "radio") input.checked = input.value === chosen; });
  files = [];
  entryKey = newKey();
  clearTimeout(timer);
  showAll();
  sent.focus();
}

function offerDiscard(lacks) {
  const note = document.createElement("div");
  note.className = "note good";
  note.setAttribute("role", "status");
  const line = document.createElement("p");
  line.textContent = lacks ? `${say("js-draft-back")} ${say("js-draft-lacks")}` : say("js-draft-back");
  const discard = document.createElement("button");
  discard.type = "button";
  discard.className = "button quiet";
  discard.textContent = say("js-draft-discard");
  discard.addEventListener("click", () => {
    files.forEach(remove);
    form.reset();
    entryKey = newKey();
    forget(owner);
    note.remove();
    showAll();
    clearTimeout(timer);
  });
  note.append(line, discard);
  trouble.replaceChildren(note);
}

function unlessUnknown(event) {
  const { name } = event.target;
  if (name === "people" && event.target.checked) named("people_unknown").forEach((input) => { input.checked = false; });
  if (name === "people_unknown" && event.target.checked) named("people").forEach((input) => { input.checked = false; });
}

async function quickDay(event) {
  const days = event.target.closest("[data-days]")?.dataset.days;
  if (days === undefined) return;
  const day = new Date(Date.now() - Number(days) * 24 * 3600 * 1000);
  const two = (number) => String(number).padStart(2, "0");
  form.elements.occurred_on.value = `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
  named("precision").forEach((input) => { input.checked = input.value === "day"; });
  changed();
}

function choose(event) {
  const limits = { photo: Number(photoLimit), recording: Number(recordingLimit), file: Number(fileLimit) };
  const tooLarge = addFiles(files, event.target.files, limits);
  event.target.value = "";
  showChosen();
  changed();
  if (tooLarge.length) show(...tooLarge.map((words) => note(words)));
}

async function begin() {
  document.documentElement.classList.add("js");
  document.getElementById("quick-days").hidden = false;
  const draft = await recall(owner);
  const worth = draft && (draft.files.length || draft.lacks || Object.entries(draft.words).some(([name, words]) => /^(title|text)/.test(name) && words));
  if (worth) {
    putBack(draft);
    offerDiscard(draft.lacks);
  }
  showAll();
  form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    unlessUnknown(event);
    if (event.target.name === "child") files.forEach((file) => { file.media = file.place = file.sent = undefined; });
    showChild();
    showKind();
    changed();
  });
  form.querySelectorAll('input[type="file"]').forEach((input) => {
    input.removeAttribute("name");
    input.addEventListener("change", choose);
  });
  document.getElementById("quick-days").addEventListener("click", quickDay);
}

if (form) begin();

