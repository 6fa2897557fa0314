// Keeps the keyboard's place in a queue: when a row is taken away, focus goes to the row that follows it.
const heirOf = (row) => {
  const next = row.nextElementSibling ?? row.previousElementSibling;
  return next?.querySelector("button,a,summary") ?? row.closest("section")?.querySelector("h2");
};
let waiting = null;

document.addEventListener("htmx:before:request", () => {
  const row = document.activeElement?.closest("[data-queue] > li");
  waiting = row && { row, heir: heirOf(row) };
});
document.addEventListener("htmx:finally:request", () => {
  if (waiting?.heir && !waiting.row.isConnected && waiting.heir.isConnected) {
    if (!waiting.heir.matches("a,button,summary")) waiting.heir.tabIndex = -1;
    waiting.heir.focus();
  }
  waiting = null;
});
