// What is written and not yet sent, kept on this device: words, choices and the pictures themselves.
const STORE = "drafts";
const KEPT_DAYS = 30;
// A film would be copied at every pause in the writing: it must be chosen again.
const MOST_BYTES = 50e6;

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

// `lacks` says that files were left out. Where there is no room for pictures there is for words.
export function keep(owner, draft) {
  const put = (files) => withStore("readwrite", (store) => store.put({ ...draft, files, lacks: files.length < draft.files.length, at: Date.now() }, owner));
  return quietly(put(draft.files.filter(({ blob }) => blob.size <= MOST_BYTES)).catch(() => put([])));
}

export const forget = (owner) => quietly(withStore("readwrite", (store) => store.delete(owner)));

export async function recall(owner) {
  const draft = await quietly(withStore("readonly", (store) => store.get(owner)));
  if (!draft) return undefined;
  if (Date.now() - draft.at < KEPT_DAYS * 24 * 3600 * 1000) return draft;
  await forget(owner);
  return undefined;
}
