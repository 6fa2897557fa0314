// What a tablet keeps of its own: sealed with a key that no script can read out, and without names. AES-GCM in IndexedDB.
const NAME = "kiosk";
const memory = new Map();
let opened;

// Without a secure context there is no key: then nothing is written, and what waits lives as long as the page.
const canSeal = () => Boolean(globalThis.crypto?.subtle && globalThis.indexedDB);

const asked = (request) => new Promise((done, failed) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
});

async function database() {
  opened ??= new Promise((done, failed) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => ["keys", "kept"].forEach((store) => request.result.createObjectStore(store));
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  return opened;
}

const store = async (name, mode) => (await database()).transaction(name, mode).objectStore(name);

async function key() {
  const known = await asked((await store("keys", "readonly")).get("answers"));
  if (known) return known;
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await asked((await store("keys", "readwrite")).put(made, "answers"));
  return made;
}

export async function put(id, value) {
  if (!canSeal()) return void memory.set(id, value);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(value));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(), plain);
  await asked((await store("kept", "readwrite")).put({ iv, sealed }, id));
}

export async function get(id) {
  if (!canSeal()) return memory.get(id);
  const found = await asked((await store("kept", "readonly")).get(id));
  if (!found) return undefined;
  try {
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: found.iv }, await key(), found.sealed);
    return JSON.parse(new TextDecoder().decode(plain));
  } catch {
    // Sealed by a key that is gone: nobody can read it any more.
    await drop(id);
    return undefined;
  }
}

export async function ids() {
  if (!canSeal()) return [...memory.keys()];
  return asked((await store("kept", "readonly")).getAllKeys());
}

export async function drop(id) {
  if (!canSeal()) return void memory.delete(id);
  await asked((await store("kept", "readwrite")).delete(id));
}

// The tablet is enrolled no more: what waits goes, and its key with it.
export async function wipe() {
  memory.clear();
  if (!canSeal()) return;
  await asked((await store("kept", "readwrite")).clear());
  await asked((await store("keys", "readwrite")).clear());
}
