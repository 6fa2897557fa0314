// The list of calls by keyboard: J and K walk it, the other letters go to what they name.
const step = (by) => {
  // What is folded away is not on the way.
  const rows = [...document.querySelectorAll(".pick a")].filter((row) => row.checkVisibility());
  const here = rows.indexOf(document.activeElement.closest("a"));
  const from = here < 0 ? rows.findIndex((row) => row.hasAttribute("aria-current")) : here;
  rows[Math.max(0, Math.min(rows.length - 1, from + by))]?.focus();
};
const go = (selector) => () => document.querySelector(selector)?.focus();
const keys = {
  j: () => step(1),
  k: () => step(-1),
  r: go("#reached,#done"),
  n: go("#no-answer"),
  v: go("#voicemail"),
  p: go("#id_promises"),
  x: go("#skip,#set-aside"),
};
document.addEventListener("keydown", (event) => {
  if (event.target.closest("input,textarea,select") || event.ctrlKey || event.metaKey || event.altKey) return;
  const act = keys[event.key.toLowerCase()];
  if (!act) return;
  // Else the letter would be typed into the field that it leads to.
  event.preventDefault();
  act();
});
