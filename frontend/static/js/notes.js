// The writing desk by keyboard, and words for the card. Every key does what a link or button on the page does.
const rows = () => [...document.querySelectorAll("#queue .pick a")];
const step = (by) => {
  const all = rows();
  const focused = all.indexOf(document.activeElement?.closest("a"));
  const from = focused < 0 ? all.findIndex((row) => row.hasAttribute("aria-current")) : focused;
  const row = all[Math.max(0, Math.min(all.length - 1, from + by))];
  row?.focus();
};
// What was reached by J or K but not opened is opened first: no key settles a note that is not on the desk.
const elsewhere = () => {
  const row = document.activeElement?.closest("#queue .pick a");
  if (!row || row.hasAttribute("aria-current")) return false;
  row.click();
  return true;
};
const press = (selector) => {
  const found = document.querySelector(selector);
  found?.click();
  return Boolean(found);
};
const keys = {
  j: () => step(1),
  arrowdown: () => step(1),
  k: () => step(-1),
  arrowup: () => step(-1),
  w: () => elsewhere() || document.querySelector("#write")?.requestSubmit(),
  n: () => {
    if (elsewhere()) return;
    const skip = document.querySelector("#skip");
    if (!skip) return;
    skip.open = true;
    skip.querySelector("input[type=radio]")?.focus();
  },
  h: () => elsewhere() || document.querySelector(".hand-over select")?.focus(),
  u: () => press("#flash .say form button") || press("[data-undo]"),
  p: () => elsewhere() || press("#print"),
  e: () => elsewhere() || document.querySelector("#words")?.focus(),
};
document.addEventListener("keydown", (event) => {
  const field = event.target.closest("input:not([type=radio]),textarea,select");
  if (event.key === "Escape" && field) {
    field.blur();
    document.querySelector("#desk-h")?.focus();
    return;
  }
  if (field || event.ctrlKey || event.metaKey || event.altKey) return;
  const radio = event.target.matches("input[type=radio]");
  const key = event.key.toLowerCase();
  if (!(key in keys) || (radio && key.startsWith("arrow"))) return;
  event.preventDefault();
  keys[key]();
});

const words = document.querySelector("#words");
const card = document.querySelector("#card-words");
const mirror = () => {
  if (card) card.textContent = words.value.trim() || card.dataset.otherwise || "";
};
words?.addEventListener("input", mirror);
document.querySelectorAll("[data-line]").forEach((chip) =>
  chip.addEventListener("click", () => {
    if (!words) return;
    words.value = [words.value.trim(), chip.dataset.line].filter(Boolean).join(" ");
    words.dispatchEvent(new Event("input", { bubbles: true }));
    words.focus();
  }),
);
