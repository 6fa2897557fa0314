// Passkeys: asks the browser for one and sends what it answers. A form says which: data-passkey="create" or "get", with
// its options in data-options, or at the address in data-options-at.
const { create, get } = window.webauthnJSON;

const optionsOf = async (form) => {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const answer = await fetch(form.dataset.optionsAt, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error("no options");
  return (await answer.json()).request_options;
};

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const said = form.querySelector("[data-passkey-said]");
    said.hidden = true;
    try {
      const ask = form.dataset.passkey === "create" ? create : get;
      form.elements.credential.value = JSON.stringify(await ask(await optionsOf(form)));
      form.submit();
    } catch {
      // Turned down, timed out, or none there: the browser has shown which.
      said.hidden = false;
    }
  });
}
