// The quick way out takes this page's place, so that "back" does not lead here.
const exit = document.getElementById("quick-exit");
exit.addEventListener("click", (event) => {
  event.preventDefault();
  window.location.replace(exit.href);
});
