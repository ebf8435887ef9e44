// A rendition that is still being made is answered 202, which a browser takes for a broken picture: ask again.
const LONGEST_WAIT_MS = 8000;
const TRIES = 8;

const broken = (img) => img.complete && img.naturalWidth === 0;

function askAgain(img, tried) {
  if (tried >= TRIES) {
    img.classList.remove("waiting");
    img.classList.add("missing");
    return;
  }
  img.classList.add("waiting");
  const wait = Math.min(700 * 2 ** tried, LONGEST_WAIT_MS);
  setTimeout(() => {
    const { srcset, src } = img;
    img.addEventListener("error", () => askAgain(img, tried + 1), { once: true });
    img.addEventListener("load", () => img.classList.remove("waiting", "missing"), { once: true });
    img.removeAttribute("srcset");
    img.removeAttribute("src");
    img.loading = "eager";
    img.srcset = srcset;
    img.src = src;
  }, wait);
}

for (const img of document.querySelectorAll("img[data-rendition]")) {
  if (broken(img)) askAgain(img, 0);
  else if (!img.complete) img.addEventListener("error", () => askAgain(img, 0), { once: true });
}
