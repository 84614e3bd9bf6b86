// A page that is open while a new build is deployed asks for parts that are gone. Loading it anew brings the new ones,
// and loses nothing: the view is in the address. Without the server it would lose everything.

import { Problem } from "../api/http.ts";

const KEY = "leadledger-reloaded-at";
/** A part that fails again so soon is not mended by loading once more. */
const PATIENCE_MS = 60_000;
const ANSWERS_WITHIN_MS = 10_000;

/** What parts failed with that could not be loaded. */
const lost = new WeakSet<object>();
let leaving = false;

/** Whether a reload would bring the page, and not the browser's own about a server that is not there. */
export async function isReachable(): Promise<boolean> {
  if (!navigator.onLine) return false;
  try {
    const signal = AbortSignal.timeout(ANSWERS_WITHIN_MS);
    return (await fetch("/", { method: "HEAD", cache: "no-store", signal })).ok;
  } catch {
    return false;
  }
}

/** Loads the page anew, unless that was done just now. */
function reloadOnce(): boolean {
  if (leaving) return true;
  try {
    if (Date.now() - Number(sessionStorage.getItem(KEY) ?? 0) < PATIENCE_MS) return false;
    sessionStorage.setItem(KEY, String(Date.now()));
  } catch {
    return false; // without storage nobody could tell the second time from the first
  }
  leaving = true;
  location.reload();
  return true;
}

/** What to tell about an error; no answer where the page is loaded anew for it. */
export async function mend(error: unknown): Promise<unknown> {
  if (!(error instanceof Error && lost.has(error))) return error;
  if (!(await isReachable())) {
    return new Problem({
      status: 0,
      code: "unreachable",
      detail: "This could not be loaded: the server could not be reached. Check your connection.",
    });
  }
  return reloadOnce() ? new Promise(() => {}) : error;
}

export function reloadForNewBuild() {
  window.addEventListener("vite:preloadError", ({ payload }) => {
    lost.add(payload);
    void mend(payload);
  });
}
