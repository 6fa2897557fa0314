// What a page says when a request in the background did not end as hoped. Without script the browser shows it itself.
const say = (text) => {
  document.getElementById("live").textContent = text;
  const box = document.getElementById("flash");
  const note = document.createElement("div");
  note.className = "say warn";
  const words = document.createElement("strong");
  words.textContent = text;
  note.append(words);
  box.replaceChildren(note);
  box.classList.add("floating");
};

document.addEventListener("htmx:before:response", (event) => {
  const { raw, status } = event.detail.ctx.response;
  if (raw.redirected && new URL(raw.url).pathname.startsWith("/account/")) {
    // Signed out in the meantime: the whole page must show it, not one panel.
    event.preventDefault();
    location.reload();
  } else if (status >= 400 && !raw.headers.has("HX-Refused")) {
    event.preventDefault();
    say("That did not work, and nothing was changed. Reload the page and try again.");
  }
});
document.addEventListener("htmx:error", () => say("No connection. Nothing was changed; try again in a moment."));
