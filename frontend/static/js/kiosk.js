// The checkout tablet. It waits for a visit, asks one question a screen, keeps the answer sealed, sends it, and forgets.
const { vault: vaultUrl, line: lineUrl, screens: screensUrl } = document.body.dataset;
const [vault, line, ui] = await Promise.all([import(vaultUrl), import(lineUrl), import(screensUrl)]);

const POLL = 4000;
const STILL = 70_000;
const CLEAR = 90_000;
const DONE = 20_000;
const QUESTIONS = ["score", "liked", "better", "worth", "elsewhere"];
const DRAFT = "draft";
const byId = (id) => document.getElementById(id);
const flow = byId("flow");

let step = "idle";
let visit = null; // { opening, submission, promises, order, answered } of the visit that is asked about
let touched = Date.now();
let online = navigator.onLine;
let busy = false;
const syncKeypad = ui.bindKeypads();

// --- Where we are -----------------------------------------------------------------------------------------------

function go(name) {
  step = name;
  const at = visit?.order.indexOf(name) ?? -1;
  const asks = at >= 0;
  ui.show(name, {
    number: asks ? at + 1 : 0,
    of: asks ? visit.order.length : 0,
    skip: name === "score" ? "Skip all" : "Skip",
    word: asks && at === visit.order.length - 1 ? "Finish" : undefined,
  });
  byId("next").removeAttribute("aria-disabled");
  if (name === "code" || name === "exit") {
    byId(name === "code" ? "code" : "pin").focus({ preventScroll: true });
    syncKeypad(name === "code" ? "code" : "pin");
  }
  showLine();
}

function clear() {
  visit = null;
  byId("who").textContent = "";
  flow.reset();
  ui.askPromises([]);
  document.querySelectorAll(".kiosk-wrong").forEach((words) => { words.textContent = ""; });
}

async function idle() {
  clear();
  await vault.drop(DRAFT);
  go("idle");
  await showKept();
}

async function showLine() {
  byId("offline").hidden = online || step === "gone";
  await showKept();
}

async function showKept() {
  const count = (await line.waiting(vault)).length;
  byId("kept").hidden = count === 0;
  byId("kept").querySelector("span").textContent = count === 1 ? "1 answer is waiting to be sent." : `${count} answers are waiting to be sent.`;
}

// --- A visit opens, and is asked about --------------------------------------------------------------------------

const newId = () => crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) =>
  (c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (c / 4)))).toString(16));

function begin({ opening, promises, submission = newId(), answered = false }) {
  visit = { opening, promises, submission, answered, order: [...QUESTIONS, ...ui.askPromises(promises)] };
}

async function hello(told) {
  begin(told);
  byId("who").textContent = told.name ? `, ${told.name}` : "";
  touched = Date.now();
  go("hello");
  await draft();
}

// Without the name: whoever reads the tablet's memory learns of nobody.
async function draft() {
  if (!visit) return;
  const { order: _order, ...kept } = visit;
  await vault.put(DRAFT, { ...kept, step, touched: Date.now(), fields: [...new FormData(flow)].filter(([name]) => name !== "csrfmiddlewaretoken" && name !== "pin" && name !== "code") });
}

async function resume() {
  const kept = await vault.get(DRAFT);
  if (!kept) return false;
  begin(kept);
  for (const [name, value] of kept.fields) {
    for (const field of flow.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (field.type === "radio" || field.type === "checkbox") field.checked ||= field.value === value;
      else field.value = value;
    }
  }
  if (Date.now() - kept.touched > CLEAR) await walkedAway();
  else go(kept.step);
  return true;
}

function given() {
  const fields = [...new FormData(flow)].filter(([name, value]) => value && (visit.order.includes(name) || name === "liked_more" || name === "better_more"));
  return [...fields, ["opening", visit.opening], ["submission", visit.submission]];
}

async function finish() {
  await line.keep(vault, visit.submission, "answers/", given());
  await vault.drop(DRAFT);
  clear();
  touched = Date.now();
  go("thanks");
  sendAll();
}

async function leaveUnsaid(skipped) {
  await line.keep(vault, visit.submission, "ending/", [["opening", visit.opening], ["skipped", skipped ? "yes" : "no"]]);
  await vault.drop(DRAFT);
  clear();
}

async function decline() {
  await leaveUnsaid(true);
  touched = Date.now();
  go("declined");
  sendAll();
}

// Whoever said how likely they are has answered; whoever did not was asked and left.
async function walkedAway() {
  if (visit?.answered) await line.keep(vault, visit.submission, "answers/", given());
  else if (visit) await leaveUnsaid(false);
  await idle();
  sendAll();
}

// Never waited for: nobody at the tablet has to wait for the line.
async function sendAll() {
  const line_is = await line.sendAll(vault);
  if (line_is === "gone") return gone();
  online = line_is === "ok";
  await showLine();
}

async function gone() {
  clear();
  await vault.wipe();
  for (const name of await globalThis.caches?.keys() ?? []) if (name.startsWith("kiosk:")) await caches.delete(name);
  for (const one of await navigator.serviceWorker?.getRegistrations() ?? []) await one.unregister();
  go("gone");
}

// --- Buttons ----------------------------------------------------------------------------------------------------

async function onward({ skip = false } = {}) {
  if (step === "code") return enterCode();
  if (step === "exit") return leave();
  const at = visit.order.indexOf(step);
  const fields = ui.screen(step).querySelectorAll("input, textarea");
  if (skip && step === "score") return decline();
  if (skip) fields.forEach((field) => { if (field.type === "radio" || field.type === "checkbox") field.checked = false; else field.value = ""; });
  if (step === "score" && ![...fields].some((field) => field.checked)) {
    byId("score-wrong").textContent = "Choose a number from 0 to 10, or skip all.";
    return;
  }
  if (step === "score") visit.answered = true;
  byId("score-wrong").textContent = "";
  if (at === visit.order.length - 1) return finish();
  go(visit.order[at + 1]);
  return draft();
}

async function backward() {
  if (step === "code" || step === "exit") return idle();
  const at = visit.order.indexOf(step);
  go(at > 0 ? visit.order[at - 1] : "hello");
  return draft();
}

async function enterCode() {
  const field = byId("code");
  if (field.value.length < 6) return field.focus();
  const answer = await line.send("code/", [["code", field.value]]);
  if (answer.is === "gone") return gone();
  if (answer.is === "ok") return hello(answer.told);
  wrong("code", answer.is === "later" ? "There is no connection right now. A code needs one. Please ask the front desk." : answer.message);
}

async function leave() {
  const field = byId("pin");
  if (field.value.length < 4) return field.focus();
  const answer = await line.send("exit/", [["pin", field.value]]);
  if (answer.is === "gone") return gone();
  if (answer.is === "ok") {
    clear();
    return location.assign(answer.told.to);
  }
  wrong("pin", answer.is === "later" ? "There is no connection right now, and leaving needs one." : answer.message);
}

function wrong(name, words) {
  const field = byId(name);
  field.value = "";
  field.setAttribute("aria-invalid", "true");
  byId(`${name}-wrong`).textContent = words ?? "That did not work. Try again.";
  field.focus();
  syncKeypad(name);
}

// One press at a time: a second tap while the first is at work does nothing.
const once = (act) => async (event) => {
  event?.preventDefault();
  if (busy) return;
  busy = true;
  try { await act(event); } finally { busy = false; }
};

flow.addEventListener("submit", once(() => onward()));
byId("back").addEventListener("click", once(backward));
byId("skip").addEventListener("click", once(() => onward({ skip: true })));
byId("staff").addEventListener("click", once(async () => { if (step === "idle") go("exit"); }));
flow.addEventListener("click", (event) => {
  const to = event.target.closest("[data-go]")?.dataset.go;
  if (!to) return;
  once(async () => {
    if (to === "first") { go(visit.order[0]); return draft(); }
    if (to === "declined") return decline();
    if (to === "idle") return idle();
    go(to);
  })(event);
});

// --- Time ---------------------------------------------------------------------------------------------------------

const stillThere = () => { touched = Date.now(); byId("still").hidden = true; };
["pointerdown", "keydown", "input"].forEach((kind) => addEventListener(kind, stillThere, { passive: true, capture: true }));

setInterval(once(async () => {
  const quiet = Date.now() - touched;
  if (step === "idle" || step === "gone") return;
  if (step === "thanks" || step === "declined") { if (quiet > DONE) await idle(); return; }
  byId("still").hidden = quiet < STILL;
  if (quiet < CLEAR) return;
  byId("still").hidden = true;
  await walkedAway();
}), 1000);

async function poll() {
  const answer = await line.look();
  if (answer.is === "gone") return gone();
  const was = online;
  online = answer.is === "ok";
  if (online && (await line.waiting(vault)).length) await sendAll();
  if (was !== online) await showLine();
  if (online && step === "idle" && answer.told.opening && !busy) await once(() => takeUp(answer.told.opening))();
}

async function takeUp(opening) {
  for (let tries = 0; tries < 3; tries += 1) {
    const answer = await line.send("openings/", [["opening", opening]]);
    if (answer.is === "ok") return hello(answer.told);
    if (answer.is === "gone") return gone();
    if (answer.is === "refused") return;
  }
}

async function keepLooking() {
  if (document.visibilityState === "visible") await poll().catch(() => {});
  if (step !== "gone") setTimeout(keepLooking, POLL);
}

addEventListener("offline", () => { online = false; showLine(); });
addEventListener("online", () => { sendAll(); });

navigator.serviceWorker?.register("worker.js").catch(() => {});
if (!(await resume())) await idle();
keepLooking();
