// The files one has chosen, with small pictures of those a browser can show.
import { newKey } from "./send.js";

const fileList = document.getElementById("files");
const sentences = document.getElementById("sentences");

// The page's sentences stand in the page, so that a language is added in one place.
export function say(key, values = {}) {
  const words = sentences.querySelector(`[data-key="${key}"]`).textContent;
  return Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`%${name}%`, value), words);
}

const megabytes = (bytes) => `${Math.floor(bytes / 1e6)} MB`;

// Adds to `files`; answers what to say about one that is too large.
export function addFiles(files, added, limits) {
  let tooLarge = null;
  for (const blob of added) {
    const limit = blob.type.startsWith("image/") ? limits.photo : limits.file;
    if (blob.size > limit) tooLarge = say("js-too-large", { name: blob.name, limit: megabytes(limit) });
    else files.push({ blob, name: blob.name, key: newKey(), media: undefined });
  }
  return tooLarge;
}

function preview(file) {
  const name = document.createElement("span");
  name.className = "chosen-name";
  name.textContent = file.name;
  if (!file.blob.type.startsWith("image/")) return name;
  const picture = document.createElement("img");
  picture.alt = file.name;
  picture.src = URL.createObjectURL(file.blob);
  picture.addEventListener("load", () => URL.revokeObjectURL(picture.src));
  // HEIC cannot be shown by most browsers: its name stands instead.
  picture.addEventListener("error", () => picture.replaceWith(name));
  return picture;
}

function row(file, remove) {
  const item = document.createElement("li");
  file.meter = document.createElement("progress");
  file.meter.max = 100;
  file.meter.value = file.media ? 100 : 0;
  file.meter.hidden = !file.media;
  file.meter.setAttribute("aria-label", file.name);
  const away = document.createElement("button");
  away.type = "button";
  away.className = "away";
  away.setAttribute("aria-label", say("js-remove", { name: file.name }));
  away.textContent = "×";
  away.addEventListener("click", () => remove(file));
  item.append(preview(file), file.meter, away);
  return item;
}

export function showFiles(files, remove) {
  fileList.hidden = files.length === 0;
  fileList.replaceChildren(...files.map((file) => row(file, remove)));
}
