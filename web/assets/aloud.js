// Reads the page aloud: with the voice of somebody who read it, where there is one, else with the browser's own, sentence
// by sentence, and marks the sentence being read. The button is shown only where there is a voice for the text.
const button = document.getElementById("aloud");
const text = document.querySelector("[data-aloud]");
const speech = window.speechSynthesis;
const marks = window.Highlight && window.CSS && CSS.highlights;

const language = text ? text.lang || document.documentElement.lang : "";
const voice = () => speech.getVoices().find((each) => each.lang.toLowerCase().startsWith(language.toLowerCase()));

// Every sentence as a range of the page, so that nothing in it has to change for being marked.
const sentences = () => {
  const blocks = [document.querySelector("main h1:not(.hidden)"), ...text.querySelectorAll("h2, h3, p, li:not(:has(p))")].filter(Boolean);
  return blocks.flatMap((block) => {
    const words = block.textContent;
    const parts = window.Intl && Intl.Segmenter
      ? [...new Intl.Segmenter(language, { granularity: "sentence" }).segment(words)].map((part) => [part.index, part.segment])
      : [[0, words]];
    return parts.filter(([, part]) => part.trim()).map(([from, part]) => ({ block, from, part }));
  });
};

const place = (block, offset) => {
  const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let left = offset;
  let node = walk.nextNode();
  while (node && left > node.length) {
    left -= node.length;
    node = walk.nextNode();
  }
  return node && [node, left];
};

const mark = ({ block, from, part }) => {
  if (!marks) return;
  const start = place(block, from);
  const end = place(block, from + part.length);
  if (!start || !end) return;
  const range = new Range();
  range.setStart(...start);
  range.setEnd(...end);
  CSS.highlights.set("aloud", new Highlight(range));
};

// Somebody's own voice; none where it cannot be played.
let player = button && button.dataset.voice ? new Audio() : null;

let reading = 0;

const stop = () => {
  reading += 1;
  if (speech) speech.cancel();
  if (player) player.pause();
  if (marks) CSS.highlights.delete("aloud");
  button.setAttribute("aria-pressed", "false");
};

const read = (left, mine) => {
  if (mine !== reading) return;
  const next = left.shift();
  if (!next) {
    stop();
    return;
  }
  mark(next);
  const said = new SpeechSynthesisUtterance(next.part);
  said.lang = language;
  said.voice = voice() || null;
  said.rate = 0.9;
  said.onend = () => read(left, mine);
  said.onerror = () => { if (mine === reading) stop(); };
  speech.speak(said);
};

const toggle = () => {
  const speaking = button.getAttribute("aria-pressed") === "true";
  stop();
  if (speaking) return;
  button.setAttribute("aria-pressed", "true");
  if (player) play(reading);
  else read(sentences(), reading);
};

const play = (mine) => {
  player.src = button.dataset.voice;
  player.play().catch(() => {
    if (mine !== reading) return;
    player = null;
    if (speech && voice()) read(sentences(), mine);
    else stop();
  });
};

if (button && text && (speech || player)) {
  const offer = () => { button.hidden = !player && !voice(); };
  offer();
  if (speech) speech.addEventListener("voiceschanged", offer);
  if (player) player.addEventListener("ended", stop);
  button.addEventListener("click", toggle);
  window.addEventListener("pagehide", stop);
}
