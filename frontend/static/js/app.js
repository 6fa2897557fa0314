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
document.addEventListener("htmx:after:swap", () => focusMessage(document.querySelector("main")));

document.body.addEventListener("announce", (event) => {
  document.getElementById("live").textContent = event.detail?.value ?? event.detail;
});
