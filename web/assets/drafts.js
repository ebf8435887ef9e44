// What is written and not yet sent, kept on this device: words, choices and the pictures themselves.
const STORE = "drafts";
const KEPT_DAYS = 30;

function open() {
  return new Promise((done, fail) => {
    const request = indexedDB.open("livsbog", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
}

async function withStore(mode, work) {
  const database = await open();
  try {
    return await new Promise((done, fail) => {
      const transaction = database.transaction(STORE, mode);
      const request = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => done(request.result);
      transaction.onerror = () => fail(transaction.error);
      transaction.onabort = () => fail(transaction.error);
    });
  } finally {
    database.close();
  }
}

// Private windows and full devices have no store; writing must work all the same.
const quietly = (promise) => promise.catch(() => undefined);

export const keep = (owner, draft) => quietly(withStore("readwrite", (store) => store.put({ ...draft, at: Date.now() }, owner)));

export const forget = (owner) => quietly(withStore("readwrite", (store) => store.delete(owner)));

export async function recall(owner) {
  const draft = await quietly(withStore("readonly", (store) => store.get(owner)));
  if (!draft) return undefined;
  if (Date.now() - draft.at < KEPT_DAYS * 24 * 3600 * 1000) return draft;
  await forget(owner);
  return undefined;
}
