// Keeps the keyboard's place in a queue: when a row is taken away, focus goes to the row that follows it,
// also where the whole list was drawn anew. Each request remembers its own: two may be under way at once.
const places = new WeakMap();

document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  const row = document.activeElement?.closest("[data-queue] > li");
  if (!row?.contains(ctx.sourceElement)) return;
  const heir = row.nextElementSibling ?? row.previousElementSibling;
  places.set(ctx, { row: row.id, heir: heir?.id, section: row.closest("section")?.id });
});
document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  const place = places.get(ctx);
  if (!place || document.getElementById(place.row)) return;
  const row = place.heir && document.getElementById(place.heir);
  const heading = document.querySelector(`#${place.section} h2`);
  if (!row && heading) heading.tabIndex = -1;
  (row?.querySelector("button,a,summary") ?? heading)?.focus();
});
