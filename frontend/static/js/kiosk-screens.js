// Which screen is shown, and what stands around it: the leaves that count questions, the buttons that never move.
const flow = document.getElementById("flow");
const nav = document.getElementById("nav");
const next = document.querySelector("#next span");
const growth = document.getElementById("growth");
const main = document.getElementById("main");
const practice = document.title.split(" · ").at(-1);

export const screen = (name) => flow.querySelector(`[data-screen="${name}"]`);
export const say = (words) => { document.getElementById("live").textContent = words; };

export function show(name, { word, skip, number, of } = {}) {
  const one = screen(name);
  flow.querySelectorAll("[data-screen]").forEach((other) => { other.hidden = other !== one; });
  nav.hidden = !one.dataset.nav;
  next.textContent = word ?? one.dataset.nav ?? "";
  const skipping = document.getElementById("skip");
  skipping.textContent = skip ?? "Skip";
  // It keeps its place where there is nothing to skip.
  skipping.classList.toggle("away", !number);
  count(number, of);
  document.body.dataset.step = name;
  main.scrollTop = 0;
  const head = one.querySelector("h1");
  document.title = `${head.textContent} · ${practice}`;
  (one.querySelector("legend") ?? head).focus({ preventScroll: true });
}

function count(number, of) {
  growth.hidden = !number;
  if (!number) return;
  const leaf = document.getElementById("leaf").content;
  growth.replaceChildren(...Array.from({ length: of }, (_, n) => {
    const one = leaf.cloneNode(true).firstElementChild;
    one.setAttribute("class", n + 1 < number ? "grown" : n + 1 === number ? "growing" : "");
    return one;
  }));
  const words = document.createElement("span");
  words.setAttribute("aria-hidden", "true");
  words.textContent = `${number} of ${of}`;
  growth.append(words);
  growth.setAttribute("aria-valuemax", of);
  growth.setAttribute("aria-valuenow", number);
  growth.setAttribute("aria-valuetext", `Question ${number} of ${of}`);
}

// A screen for each promise, before the thanks; those of whoever was here before go.
export function askPromises(promises) {
  flow.querySelectorAll("[data-promise]").forEach((old) => old.remove());
  return promises.map(({ id, text }) => {
    const one = document.getElementById("promise").content.cloneNode(true).firstElementChild;
    const name = `promise-${id}`;
    one.dataset.screen = one.dataset.promise = name;
    one.querySelector(".told").textContent = `“${text}”`;
    one.querySelectorAll("input").forEach((input) => { input.name = name; });
    screen("thanks").before(one);
    return name;
  });
}

// The keypads write into the one field of their screen; a keyboard may do the same.
export function bindKeypads() {
  const sync = (field) => {
    if (field.closest("[data-screen]").hidden) return;
    document.getElementById("next").setAttribute("aria-disabled", String(field.value.length < Number(field.dataset.least)));
  };
  for (const pad of document.querySelectorAll("[data-keys]")) {
    const field = document.getElementById(pad.dataset.keys);
    field.addEventListener("input", () => { field.value = field.value.replace(/\D/g, ""); sync(field); });
    pad.addEventListener("click", (event) => {
      const key = event.target.closest("button")?.dataset.key;
      if (!key) return;
      field.value = key === "clear" ? "" : key === "back" ? field.value.slice(0, -1) : (field.value + key).slice(0, field.maxLength);
      sync(field);
      say(`${field.value.length} digits`);
    });
  }
  return (name) => sync(document.getElementById(name));
}
