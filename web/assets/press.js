// Presses are collected and sent together. Without this script each press is sent for itself.
const form = document.querySelector("form.pictures");
if (form) {
  const wanted = Number(form.dataset.wanted);
  let done = Number(form.dataset.done);
  const dots = form.querySelector(".dots");
  const words = dots.lastElementChild;
  form.addEventListener("submit", (event) => {
    const pressed = event.submitter;
    if (!pressed || done >= wanted) return event.preventDefault();
    done += 1;
    dots.querySelectorAll(".dot").forEach((dot, index) => dot.classList.toggle("full", index < done));
    words.textContent = dots.dataset.words.replace("DONE", done);
    if (done === wanted) return;
    event.preventDefault();
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "picture", value: pressed.value });
    // Before the pictures, so that what was pressed first is sent first.
    dots.before(field);
    pressed.classList.add("just");
    setTimeout(() => pressed.classList.remove("just"), 250);
  });
}
