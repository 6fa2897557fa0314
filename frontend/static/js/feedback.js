// The answers by keyboard: J and K walk the list, R, A and O go to what they name.
const step = (by) => {
  const rows = [...document.querySelectorAll("#inbox .pick a")];
  const here = rows.indexOf(document.activeElement.closest("a"));
  const from = here < 0 ? rows.findIndex((row) => row.hasAttribute("aria-current")) : here;
  rows[Math.max(0, Math.min(rows.length - 1, from + by))]?.focus();
};
const keys = {
  j: () => step(1),
  k: () => step(-1),
  r: () => document.querySelector("#mark-read")?.focus(),
  a: () => document.querySelector("#assign")?.focus(),
  o: () => document.querySelector("#open-patient")?.focus(),
};
document.addEventListener("keydown", (event) => {
  if (event.target.closest("input,textarea,select") || event.ctrlKey || event.metaKey || event.altKey) return;
  keys[event.key.toLowerCase()]?.();
});
