// The theme button, focus for messages of a form, words for those who listen.
const root = document.documentElement;
const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
const toggle = document.querySelector("[data-theme-toggle]");

const show = () => toggle?.setAttribute("aria-pressed", String(dark()));
toggle?.addEventListener("click", () => {
  root.dataset.theme = dark() ? "light" : "dark";
  try {
    localStorage.setItem("theme", root.dataset.theme);
  } catch {
    // Without storage the choice holds for this page.
  }
  show();
});
show();

// What a form could not accept is read first, after a reload and after a swap.
const focusMessage = (within) => within.querySelector("[data-focus]")?.focus();
focusMessage(document);
// What was said stands before all else: whoever works by keyboard goes on from there, and it is read aloud.
const focusSaid = () => {
  const flash = document.getElementById("flash");
  if (!flash?.firstElementChild || document.activeElement !== document.body) return;
  flash.tabIndex = -1;
  flash.focus({ preventScroll: true });
};
if (!document.querySelector("main [autofocus]")) focusSaid();
document.addEventListener("htmx:after:swap", () => {
  focusMessage(document.querySelector("main"));
  const flash = document.getElementById("flash");
  const said = flash?.querySelector("strong")?.textContent;
  if (!said) return;
  // The page was not left, so what was said may be far above: it floats, and is read aloud.
  flash.classList.add("floating");
  document.getElementById("live").textContent = said;
});

// Focus is never lost: what was pressed may be gone after the swap. Then it goes to what is left of the same row,
// else to the words that say what happened.
const pressed = new WeakMap();
document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  const at = document.activeElement;
  if (at === document.body || !ctx.sourceElement?.contains(at)) return;
  const row = at.closest("li,tr") ?? at;
  pressed.set(ctx, [...row.querySelectorAll("a[id],button[id],summary[id]")].map((one) => one.id));
});
document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  const left = pressed.get(ctx);
  if (!left || document.activeElement !== document.body) return;
  const place = left.map((id) => document.getElementById(id)).find(Boolean);
  if (place) place.focus();
  else focusSaid();
});
