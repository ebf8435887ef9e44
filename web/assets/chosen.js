// The files one has chosen, with small pictures of those a browser can show.
const fileList = document.getElementById("files");
const sentences = document.getElementById("sentences");

// The page's sentences stand in the page, so that a language is added in one place.
export function say(key, values = {}) {
  const words = sentences.querySelector(`[data-key="${key}"]`).textContent;
  return Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`%${name}%`, value), words);
}

const megabytes = (bytes) => `${Math.floor(bytes / 1e6)} MB`;

function limitOf({ type }, limits) {
  if (type.startsWith("image/")) return limits.photo;
  return /^(audio|video)\//.test(type) || !type ? limits.recording : limits.file;
}

const same = (one, other) => one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;

// Adds to `files`, the same file once; answers what to say about those that are too large.
export function addFiles(files, added, limits) {
  const tooLarge = [];
  for (const blob of added) {
    const limit = limitOf(blob, limits);
    const twin = files.findIndex((file) => same(file.blob, blob));
    if (blob.size > limit) tooLarge.push(say("js-too-large", { name: blob.name, limit: megabytes(limit) }));
    else if (twin < 0) files.push({ blob, name: blob.name });
    else if (files[twin].refused) files[twin] = { blob, name: blob.name };
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

// Where the file is: not under way yet, so and so far, there, or refused.
function sign(file) {
  if (file.refused) {
    const words = document.createElement("strong");
    words.textContent = say("js-refused-short");
    return words;
  }
  file.meter = document.createElement("progress");
  file.meter.setAttribute("aria-label", file.name);
  showMeter(file);
  return file.meter;
}

export const sentBytes = (file) => (file.media ? file.blob.size : file.sent ?? 0);

export function showMeter(file) {
  file.meter.max = file.blob.size;
  file.meter.value = sentBytes(file);
  file.meter.hidden = !sentBytes(file);
}

function row(file, remove) {
  const item = document.createElement("li");
  item.classList.toggle("refused", Boolean(file.refused));
  const away = document.createElement("button");
  away.type = "button";
  away.className = "away";
  away.setAttribute("aria-label", say("js-remove", { name: file.name }));
  away.textContent = "×";
  away.addEventListener("click", () => remove(file));
  item.append(preview(file), sign(file), away);
  return item;
}

export function showFiles(files, remove) {
  fileList.hidden = files.length === 0;
  fileList.replaceChildren(...files.map((file) => row(file, remove)));
}
