// Before the first paint, so that the page does not flash in the other theme. A file of its own: inline scripts are
// forbidden by the page's Content-Security-Policy.
try {
  const theme = localStorage.getItem("leadledger-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be forbidden; then the system decides.
}
