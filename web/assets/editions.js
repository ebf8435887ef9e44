// Asks for prints that are being made, and shows the page anew when one is done.
const ASK_EVERY_MS = 3000;
const waiting = document.querySelectorAll("[data-edition]");

async function ask() {
  for (const row of waiting) {
    const answer = await fetch(`/api/v1/editions/${row.dataset.edition}`, { credentials: "same-origin" }).catch(() => null);
    if (!answer || !answer.ok) continue;
    const { status } = await answer.json();
    if (status === "ready" || status === "failed") return window.location.reload();
  }
  setTimeout(ask, ASK_EVERY_MS);
}

if (waiting.length) setTimeout(ask, ASK_EVERY_MS);
