// "?" shows the keys, "g" and a letter goes to a page. Single keys can be turned off: for people who speak to their
// computer a word would press a dozen of them.
const ON = "keys";
const off = () => {
  try {
    return localStorage.getItem(ON) === "off";
  } catch {
    return false;
  }
};
const typing = (target) => target.closest?.("input,textarea,select,[contenteditable]");
const plain = (event) => event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;

// Before anybody else hears it: this is the one place that knows whether keys are on.
window.addEventListener(
  "keydown",
  (event) => {
    if (plain(event) && event.key !== " " && off() && !typing(event.target)) event.stopImmediatePropagation();
  },
  true,
);

let going = 0;
document.addEventListener("keydown", (event) => {
  if (!plain(event) || typing(event.target) || document.querySelector("dialog[open]")) return;
  if (event.key === "?") {
    event.preventDefault();
    sheet();
  } else if (event.key === "g") {
    going = Date.now();
  } else if (Date.now() - going < 1500) {
    going = 0;
    const way = document.querySelector(`.rail [data-go="${CSS.escape(event.key.toLowerCase())}"]`);
    if (way) {
      event.preventDefault();
      way.click();
    }
  }
});

const sheet = async () => {
  const place = document.body.dataset.shortcuts;
  if (!place) return;
  const answer = await fetch(place);
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const dialog = document.createElement("dialog");
  dialog.className = "keys-sheet";
  dialog.setAttribute("aria-label", "Keys");
  const style = page.querySelector('link[href*="shortcuts"]');
  const close = document.createElement("button");
  close.className = "btn small";
  close.type = "button";
  close.textContent = "Close";
  close.addEventListener("click", () => dialog.close());
  dialog.append(...(style ? [style] : []), page.getElementById("shortcuts"), close);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  ready(dialog);
  dialog.showModal();
};

const ready = (within) => {
  const button = within.querySelector("[data-keys-toggle]");
  if (!button) return;
  const show = () => {
    button.setAttribute("aria-pressed", String(!off()));
    button.textContent = off() ? "Single keys are off" : "Single keys are on";
  };
  button.addEventListener("click", () => {
    try {
      localStorage.setItem(ON, off() ? "on" : "off");
    } catch {
      // Without storage they stay on.
    }
    show();
  });
  show();
};
ready(document);
