// A spot to be covered, drawn on a picture with finger, pen or mouse. The numbers beside it are the form; without this they are typed.
const board = document.querySelector("[data-spots]");
const fields = Object.fromEntries(["left", "top", "width", "height"].map((name) => [name, document.getElementById(name)]));
const drawn = board.querySelector(".new");

const show = () => {
  const { left, top, width, height } = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, Number(field.value) || 0]));
  for (const [name, value] of Object.entries({ x: left, y: top, width, height })) drawn.setAttribute(name, value);
};

// In thousandths of the picture, and inside it.
const at = (event) => {
  const box = board.getBoundingClientRect();
  const part = (value, length) => Math.round(Math.min(1, Math.max(0, value / length)) * 1000);
  return { x: part(event.clientX - box.left, box.width), y: part(event.clientY - box.top, box.height) };
};

let from = null;
board.addEventListener("pointerdown", (event) => {
  event.preventDefault();
  board.setPointerCapture(event.pointerId);
  from = at(event);
});
board.addEventListener("pointermove", (event) => {
  if (!from) return;
  const to = at(event);
  fields.left.value = Math.min(from.x, to.x);
  fields.top.value = Math.min(from.y, to.y);
  fields.width.value = Math.abs(to.x - from.x);
  fields.height.value = Math.abs(to.y - from.y);
  show();
});
for (const end of ["pointerup", "pointercancel"]) board.addEventListener(end, () => { from = null; });
for (const field of Object.values(fields)) field.addEventListener("input", show);
show();
