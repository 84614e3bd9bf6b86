// Whatever has the focus may be taken out of the page or disabled by what it did. The browser then gives the focus to
// nobody, and whoever uses the keyboard begins at the top. Here it goes on with the part of the page that is left.

import { useEffect } from "react";

const parts = "dialog, section, search, form, fieldset, main";

const isGone = (element: Element) => !element.isConnected || element.matches(":disabled");

/** Focuses a part of the page, which need not be in the order of Tab. */
function focusPart(part: HTMLElement) {
  if (!part.hasAttribute("tabindex")) part.tabIndex = -1;
  part.focus({ preventScroll: true });
}

export function useKeptFocus() {
  useEffect(() => {
    let last: Element | null = null;
    let around: HTMLElement[] = [];
    // Where the focus went because `last` was disabled: it goes back as soon as that is over.
    let stand: Element | null = null;
    // Seen at once: a button may be enabled again before the next frame.
    let lost = false;
    let frame = 0;

    const onFocus = ({ target }: FocusEvent) => {
      if (!(target instanceof Element) || target === stand) return;
      stand = null;
      lost = false;
      last = target;
      around = [];
      for (let part = target.parentElement; part !== null; part = part.parentElement) {
        if (part.matches(parts)) around.push(part);
      }
    };
    const onBlur = ({ target }: FocusEvent) => {
      // What is taken out is still there while it loses the focus; what is there later was left: that is no loss.
      requestAnimationFrame(() => {
        if (target === last && !lost && document.activeElement !== last) last = null;
        if (target === stand && stand?.isConnected && document.activeElement !== stand) last = null;
      });
    };
    const look = () => {
      if (last === null) return;
      if (stand !== null && document.activeElement === stand && !isGone(last)) {
        stand = null;
        if (last instanceof HTMLElement) last.focus({ preventScroll: true });
        return;
      }
      if (document.activeElement !== document.body || !lost) return;
      if (!isGone(last)) {
        if (last instanceof HTMLElement) last.focus({ preventScroll: true });
        return;
      }
      const part = around.find((one) => one.isConnected) ?? document.getElementById("content");
      if (part === null) return;
      stand = part;
      focusPart(part);
    };
    // After a dialog has given the focus back, which takes a frame too.
    const soon = () => {
      if (last === null) return;
      lost ||= isGone(last);
      if (!lost) return;
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        frame = requestAnimationFrame(look);
      });
    };
    const observer = new MutationObserver(soon);
    observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ["disabled"] });
    document.addEventListener("focusin", onFocus);
    document.addEventListener("focusout", onBlur);
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
      document.removeEventListener("focusin", onFocus);
      document.removeEventListener("focusout", onBlur);
    };
  }, []);
}
