// A page that is open while a new build is deployed asks for parts that are gone. Loading it anew brings the new ones,
// and loses nothing: the view is in the address.

const KEY = "leadledger-reloaded-at";
/** A part that fails again so soon is not mended by loading once more. */
const PATIENCE_MS = 60_000;

export function reloadForNewBuild() {
  window.addEventListener("vite:preloadError", (event) => {
    try {
      if (Date.now() - Number(sessionStorage.getItem(KEY) ?? 0) < PATIENCE_MS) return;
      sessionStorage.setItem(KEY, String(Date.now()));
    } catch {
      return; // without storage nobody could tell the second time from the first
    }
    event.preventDefault();
    location.reload();
  });
}
