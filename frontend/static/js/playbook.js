// Leaves out of a rule's form what does not go with the moment chosen. Without it everything stands there, and the
// answer says what does not fit.
const form = document.querySelector("#rule-form");
const trigger = form?.elements.namedItem("trigger");
const fits = (element) => element.dataset.fits.split(" ").includes(trigger.value);
const fit = () => {
  for (const part of form.querySelectorAll("div[data-fits]")) part.hidden = !fits(part);
  for (const option of form.querySelectorAll("option[data-fits]")) {
    option.hidden = option.disabled = !fits(option);
  }
  const kind = form.elements.namedItem("kind");
  if (kind.selectedOptions[0]?.disabled) kind.value = [...kind.options].find((option) => !option.disabled)?.value;
};
if (trigger) {
  trigger.addEventListener("change", fit);
  fit();
}
