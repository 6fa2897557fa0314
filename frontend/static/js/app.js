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
document.addEventListener("htmx:after:swap", () => {
  focusMessage(document.querySelector("main"));
  const flash = document.getElementById("flash");
  const said = flash?.querySelector("strong")?.textContent;
  if (!said) return;
  // The page was not left, so what was said may be far above: it floats, and is read aloud.
  flash.classList.add("floating");
  document.getElementById("live").textContent = said;
});
