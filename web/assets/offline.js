// Lets the worker keep the book that is being read, and forget it again. Where there are no workers nothing is kept.
const { serviceWorker } = navigator;
const keeps = document.querySelector("meta[name=keeps]");
const forget = document.getElementById("forget-copy");

if (serviceWorker && keeps) {
  serviceWorker.register("/worker.js").then(() => serviceWorker.ready).then(({ active }) => {
    active.postMessage({ take: window.location.pathname + window.location.search });
  }).catch(() => {});
}

if (forget) {
  forget.addEventListener("click", async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith("bog-")).map((name) => caches.delete(name)));
    window.location.replace("/uden-net");
  });
}
