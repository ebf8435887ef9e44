// The contribute page: previews, progress, retry, and drafts that survive a lost connection.
import { forget, keep, recall } from "./drafts.js";
import { newKey, sendEntry, sendFile } from "./send.js";
import { addFiles, say, showFiles } from "./chosen.js";

const form = document.getElementById("contribute");
const status = document.getElementById("status");
const trouble = document.getElementById("trouble");
const button = document.getElementById("send");
const bar = document.getElementById("progress");
const { owner, photoLimit, fileLimit } = form ? form.dataset : {};
const WORDS = ["title", "text", "people_other", "place_other", "occurred_on", "chapter", "language"];
const CHOICES = ["child", "kind", "people", "people_unknown", "place", "precision", "basis"];
let files = [];
let entryKey = newKey();
let sending = false;
let waitsForNet = false;

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
  const kept = files.map(({ blob, name, key, media }) => ({ blob, name, key, media }));
  return keep(owner, { words, choices, files: kept, entryKey });
}

function putBack(draft) {
  for (const [name, words] of Object.entries(draft.words)) if (form.elements[name]) form.elements[name].value = words;
  for (const [name, values] of Object.entries(draft.choices)) {
    for (const input of named(name)) if (input.type !== "hidden") input.checked = values.includes(input.value);
  }
  entryKey = draft.entryKey;
  files = draft.files;
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

function showAll() {
  showChild();
  showKind();
  showFiles(files, remove);
}

function remove(file) {
  files = files.filter((other) => other !== file);
  showFiles(files, remove);
  changed();
}

function tell(title, detail, next, retry) {
  const note = document.createElement("div");
  note.className = "note sorry";
  note.setAttribute("role", "alert");
  for (const [index, words] of [title, detail, next].filter(Boolean).entries()) {
    const line = document.createElement("p");
    const holder = index === 0 ? line.appendChild(document.createElement("strong")) : line;
    holder.textContent = words;
    note.append(line);
  }
  if (retry) {
    const again = document.createElement("button");
    again.type = "button";
    again.className = "button quiet";
    again.textContent = say("js-retry");
    again.addEventListener("click", send);
    note.append(again);
  }
  trouble.replaceChildren(note);
  note.scrollIntoView({ block: "nearest" });
}

function missing() {
  if (!childInput()) return "js-choose-child";
  const kind = value("kind");
  if (kind === "photo" && !files.length) return "js-need-photo";
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
    media: files.map((file) => file.media),
  };
}

async function sendFiles(child) {
  const left = files.filter((file) => !file.media);
  for (const [index, file] of left.entries()) {
    status.textContent = say("js-sending-file", { number: index + 1, count: left.length });
    file.media = await sendFile(child, new File([file.blob], file.name, { type: file.blob.type }), file.key, (loaded, total) => {
      file.meter.hidden = false;
      file.meter.value = total ? (100 * loaded) / total : 0;
      bar.value = (100 * (index + (total ? loaded / total : 0))) / left.length;
    });
    file.meter.value = 100;
    await keepNow();
  }
}

function work(on) {
  sending = on;
  button.disabled = on;
  form.setAttribute("aria-busy", String(on));
  bar.hidden = !on;
  bar.value = 0;
  if (!on) status.textContent = "";
}

async function send() {
  if (sending || !form.reportValidity()) return;
  const lacks = missing();
  if (lacks) return tell(say(lacks));
  trouble.replaceChildren();
  waitsForNet = false;
  work(true);
  const child = childInput();
  try {
    await keepNow();
    status.textContent = say("js-sending");
    await sendFiles(child.value);
    status.textContent = say("js-sealing");
    const id = await sendEntry(child.value, entry(), entryKey);
    await finish(child, id);
  } catch (refusal) {
    refused(refusal);
  } finally {
    work(false);
  }
}

function refused(refusal) {
  if (refusal.lost) {
    waitsForNet = true;
    return tell(say(navigator.onLine ? "js-lost" : "js-offline"), say("js-kept"), null, true);
  }
  if (refusal.status === 401) return tell(say("js-signed-out"), say("js-signed-out-next"));
  const { title, detail, next_step: next } = refusal.problem ?? {};
  tell(title ?? say("js-failed"), detail, next, true);
  // A refused file or entry is answered the same for its key; the next try must be judged anew.
  entryKey = newKey();
  for (const file of files) if (!file.media) file.key = newKey();
}

async function finish(child, id) {
  await forget(owner);
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

function offerDiscard() {
  const note = document.createElement("div");
  note.className = "note good";
  note.setAttribute("role", "status");
  const line = document.createElement("p");
  line.textContent = say("js-draft-back");
  const discard = document.createElement("button");
  discard.type = "button";
  discard.className = "button quiet";
  discard.textContent = say("js-draft-discard");
  discard.addEventListener("click", () => {
    form.reset();
    files = [];
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
  const limits = { photo: Number(photoLimit), file: Number(fileLimit) };
  const tooLarge = addFiles(files, event.target.files, limits);
  event.target.value = "";
  showFiles(files, remove);
  changed();
  if (tooLarge) tell(tooLarge);
}

async function begin() {
  document.documentElement.classList.add("js");
  document.getElementById("quick-days").hidden = false;
  const draft = await recall(owner);
  const worth = draft && (draft.files.length || Object.entries(draft.words).some(([name, words]) => /^(title|text)/.test(name) && words));
  if (worth) {
    putBack(draft);
    offerDiscard();
  }
  showAll();
  form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    unlessUnknown(event);
    if (event.target.name === "child") files.forEach((file) => { file.media = undefined; file.key = newKey(); });
    showChild();
    showKind();
    changed();
  });
  form.querySelectorAll('input[type="file"]').forEach((input) => {
    input.removeAttribute("name");
    input.addEventListener("change", choose);
  });
  document.getElementById("quick-days").addEventListener("click", quickDay);
  window.addEventListener("online", () => { if (waitsForNet) send(); });
}

if (form) begin();

