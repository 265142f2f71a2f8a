// Photographs that no server has confirmed yet, in the browser's database: a lost connection, a closed tab or
// an empty battery loses none of them. Each belongs to a visit and to the person who took it.

const DATABASE = "facialis-unsent";
const STORE = "photographs";

let opened;
const inMemory = new Map(); // where the browser keeps nothing, such as in a private window
export let isKept = true;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error("blocked"));
  });
  return opened;
}

async function run(mode, act) {
  const store = (await database()).transaction(STORE, mode, { durability: "strict" });
  const request = act(store.objectStore(STORE));
  return new Promise((resolve, reject) => {
    store.oncomplete = () => resolve(request.result);
    store.onabort = store.onerror = () => reject(store.error);
  });
}

/** Keep a photograph; comes back when it is on the disk. */
export async function keep(photograph) {
  try {
    await run("readwrite", (store) => store.put(photograph));
    inMemory.delete(photograph.key);
  } catch {
    isKept = false;
    inMemory.set(photograph.key, photograph);
  }
}

/** Forget one that the server confirmed or a person threw away. */
export async function forget(key) {
  inMemory.delete(key);
  try {
    await run("readwrite", (store) => store.delete(key));
  } catch {
    // It was never kept, or is sent once more later, which changes nothing.
  }
}

/** All of one person. */
export async function all(user) {
  let found = [];
  try {
    found = await run("readonly", (store) => store.getAll());
  } catch {
    isKept = false;
  }
  return [...found, ...inMemory.values()].filter((photograph) => photograph.user === user);
}
