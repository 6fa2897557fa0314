// The writing desk: the card follows the words, J and K walk the queue, W, X and H go to what they name.
const words = document.querySelector("#id_words");
const card = document.querySelector("#card-words");
const count = document.querySelector("#count");
const longest = Number(count?.dataset.longest);

const follow = () => {
  card.textContent = words.value || card.dataset.blank;
  count.textContent = `${words.value.trim().split(/\s+/).filter(Boolean).length} of ${longest} words`;
};
if (words && card && count) {
  words.addEventListener("input", follow);
  follow();
}
document.addEventListener("click", (event) => {
  const line = event.target.closest("[data-line]");
  if (!line || !words) return;
  words.value = `${words.value.trim()} ${line.dataset.line}`.trim();
  follow();
  words.focus();
});

const step = (by) => {
  const rows = [...document.querySelectorAll("#queue .pick a")];
  const here = rows.indexOf(document.activeElement.closest("a"));
  const from = here < 0 ? rows.findIndex((row) => row.hasAttribute("aria-current")) : here;
  rows[Math.max(0, Math.min(rows.length - 1, from + by))]?.focus();
};
const keys = {
  j: () => step(1),
  k: () => step(-1),
  w: () => document.querySelector("#written")?.focus(),
  x: () => document.querySelector("#skip")?.focus(),
  h: () => document.querySelector("#hand")?.focus(),
};
document.addEventListener("keydown", (event) => {
  if (event.target.closest("input,textarea,select") || event.ctrlKey || event.metaKey || event.altKey) return;
  keys[event.key.toLowerCase()]?.();
});
