// Reading alone: requests are sent by programs, from where their secret is, and not from a browser.
const nothing = () => () => null;
SwaggerUIBundle({
  domNode: document.getElementById("reference"),
  url: document.getElementById("reference").dataset.document,
  presets: [SwaggerUIBundle.presets.apis],
  plugins: [{ wrapComponents: { authorizeBtn: nothing, authorizeOperationBtn: nothing, TryItOutButton: nothing } }],
  supportedSubmitMethods: [],
  validatorUrl: null,
  deepLinking: true,
  docExpansion: "list",
  filter: true,
});
