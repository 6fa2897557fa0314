// The line to the practice. Each answer is one of: ok, refused (for good), later (no network, or it is busy), gone.
const SECONDS = 8000;
const WEEK = 7 * 24 * 3600 * 1000;
const BUSY = new Set([403, 408, 425, 429]);
const OUT = "out:";

let token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
let sending;

async function asked(path, options) {
  try {
    const answer = await fetch(path, { redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(SECONDS), ...options });
    token = answer.headers.get("X-CSRF-Token") ?? token;
    if (answer.type === "opaqueredirect" || answer.status === 410) return { is: "gone" };
    if (answer.ok) return { is: "ok", told: answer.status === 204 ? {} : await answer.json() };
    if (answer.status >= 500 || BUSY.has(answer.status)) return { is: "later", status: answer.status };
    return { is: "refused", ...(await answer.json().catch(() => ({}))) };
  } catch {
    return { is: "later", status: 0 };
  }
}

export const look = () => asked("waiting/", {});

export async function send(path, fields) {
  const post = () => asked(path, { method: "POST", body: new URLSearchParams(fields), headers: { "X-CSRFToken": token } });
  const answer = await post();
  if (answer.status !== 403) return answer;
  // The token of a page that was kept for long may be too old: a look brings a new one.
  await look();
  return post();
}

// Keeps what must reach the practice, and sends it as soon as it can. The id makes that once, however often it is sent.
export async function keep(vault, id, path, fields) {
  await vault.put(OUT + id, { path, fields, at: Date.now() });
}

export const waiting = async (vault) => (await vault.ids()).filter((id) => id.startsWith(OUT));

// What became of the line: ok, later or gone. One at a time; who asks meanwhile gets the answer of the one at work.
export function sendAll(vault) {
  sending ??= sendEach(vault).finally(() => { sending = undefined; });
  return sending;
}

async function sendEach(vault) {
  for (const id of await waiting(vault)) {
    const kept = await vault.get(id);
    if (!kept) continue;
    const age = Math.max(0, Date.now() - kept.at);
    const answer = age > WEEK
      ? { is: "refused" }
      : await send(kept.path, [...kept.fields, ["seconds_ago", String(Math.round(age / 1000))]]);
    if (answer.is === "gone" || answer.is === "later") return answer.is;
    await vault.drop(id);
  }
  return "ok";
}
