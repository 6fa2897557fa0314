// Keeps the keyboard's place in a queue: when a row is taken away, focus goes to the row that follows it,
// also where the whole list was drawn anew.
let waiting = null;

document.addEventListener("htmx:before:request", () => {
  const row = document.activeElement?.closest("[data-queue] > li");
  const heir = row?.nextElementSibling ?? row?.previousElementSibling;
  waiting = row && { row: row.id, heir: heir?.id, section: row.closest("section")?.id };
});
document.addEventListener("htmx:finally:request", () => {
  if (waiting && !document.getElementById(waiting.row)) {
    const row = waiting.heir && document.getElementById(waiting.heir);
    const heading = document.querySelector(`#${waiting.section} h2`);
    if (!row && heading) heading.tabIndex = -1;
    (row?.querySelector("button,a,summary") ?? heading)?.focus();
  }
  waiting = null;
});
