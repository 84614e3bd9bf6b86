// Whether the page is being printed: paper shows tables beside the charts, and no scrolling parts.

import { useSyncExternalStore } from "react";
import { flushSync } from "react-dom";

let printing = false;
const listeners = new Set<() => void>();

function set(next: boolean) {
  printing = next;
  // The browser takes its picture as soon as the event is over.
  flushSync(() => {
    for (const listener of listeners) listener();
  });
}

window.addEventListener("beforeprint", () => set(true));
window.addEventListener("afterprint", () => set(false));

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const usePrinting = () => useSyncExternalStore(subscribe, () => printing);
