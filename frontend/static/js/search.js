// "/" goes to the search field of the page.
const typing = (target) => target.closest("input,textarea,select,[contenteditable]");
const field = () => document.querySelector("main [type=search]");

document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !typing(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    field()?.focus();
  }
});
