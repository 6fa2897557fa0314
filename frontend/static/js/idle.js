// Leads an open page to the lock when nobody has touched it for a while, so that no patient stays on the screen.
// The server keeps the time that counts (tenants/sessions/lock.py); this tells it of use that asks for no page.
const form = document.querySelector("form[data-idle]");
const idle = Number(form.dataset.idle) * 1000;
const warnBefore = Math.min(60_000, idle / 2);
const KEY = "touched";
let touched = Date.now();
let told = touched;

// Other tabs of this host are the same desk.
const latest = () => {
  try {
    return Math.max(touched, Number(localStorage.getItem(KEY)) || 0);
  } catch {
    return touched;
  }
};
const tell = () => {
  told = Date.now();
  const token = form.elements.csrfmiddlewaretoken.value;
  fetch(form.dataset.seen, { method: "POST", headers: { "X-CSRFToken": token } }).catch(() => {
    // Without a connection the server locks in its own time.
  });
};
const touch = () => {
  const now = Date.now();
  if (now - touched < 1000) return;
  touched = now;
  try {
    localStorage.setItem(KEY, String(now));
  } catch {
    // Then each tab counts for itself.
  }
  if (now - told > 60_000) tell();
};
for (const kind of ["pointerdown", "keydown", "scroll", "input"]) addEventListener(kind, touch, { capture: true, passive: true });

const notice = document.getElementById("idle-notice");
const look = () => {
  const left = latest() + idle - Date.now();
  if (left <= 0) {
    form.elements.back.value = location.pathname;
    const mark = document.createElement("input");
    Object.assign(mark, { type: "hidden", name: "idle", value: "1" });
    form.append(mark);
    document.getElementById("main").hidden = true;
    form.submit();
    return;
  }
  notice.hidden = left > warnBefore;
  setTimeout(look, Math.max(250, notice.hidden ? left - warnBefore : Math.min(left, 1000)));
};
look();
