// Turning pages with the arrow keys and by swiping. The links do the same without this file.
const onward = document.documentElement.dir === "rtl" ? "left" : "right";

// `side` is the page's own edge: what lies there comes next, or came before.
const turn = (side) => {
  const way = side === onward ? "next" : "prev";
  const link = document.querySelector(`.turn a[rel="${way}"]`);
  if (link) link.click();
};

const busy = (target) => target.closest("input, textarea, select, audio, video, details[open], [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || busy(event.target)) return;
  if (event.key === "ArrowRight") turn("right");
  if (event.key === "ArrowLeft") turn("left");
});

const FAR_ENOUGH_PX = 60;
let from = null;

document.addEventListener("touchstart", (event) => {
  const zoomed = window.visualViewport && window.visualViewport.scale > 1.05;
  const one = event.touches.length === 1 && !zoomed && !busy(event.target);
  from = one ? { x: event.touches[0].clientX, y: event.touches[0].clientY } : null;
}, { passive: true });

document.addEventListener("touchend", (event) => {
  if (!from) return;
  const x = event.changedTouches[0].clientX - from.x;
  const y = event.changedTouches[0].clientY - from.y;
  from = null;
  if (Math.abs(x) > FAR_ENOUGH_PX && Math.abs(x) > 2 * Math.abs(y)) turn(x < 0 ? "right" : "left");
}, { passive: true });
