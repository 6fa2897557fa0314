// Runs before the first paint: marks that scripts work, and applies a chosen theme.
document.documentElement.dataset.js = "";
try {
  const theme = localStorage.getItem("theme");
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be forbidden; then the system's scheme applies.
}
