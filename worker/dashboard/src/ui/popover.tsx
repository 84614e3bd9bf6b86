// A button that opens a box below itself: the platform's popover, so it closes on Escape and on a click elsewhere, and
// gives the focus back.

import { type ReactNode, useId, useLayoutEffect, useRef, useState } from "react";

const GAP = 6;
const EDGE = 8;

function place(box: HTMLElement, button: HTMLElement) {
  const at = button.getBoundingClientRect();
  // As large as it wants to be, not as it was made.
  box.style.maxHeight = "none";
  const { width, height } = box.getBoundingClientRect();
  const room = document.documentElement;
  const left = Math.max(EDGE, Math.min(at.left, room.clientWidth - width - EDGE));
  const below = at.bottom + GAP;
  const above = at.top - GAP - height;
  // Where it fits neither below nor above, it takes of the window what it needs.
  const lowest = Math.max(EDGE, room.clientHeight - EDGE - height);
  const top = below <= lowest ? below : above >= EDGE ? above : lowest;
  box.style.position = "fixed";
  box.style.inset = "auto";
  box.style.left = `${left}px`;
  box.style.top = `${top}px`;
  box.style.maxHeight = `${Math.max(160, room.clientHeight - top - EDGE)}px`;
  box.style.overflow = "auto";
}

export function Popover({
  label,
  className = "button",
  ariaLabel,
  children,
  disabled = false,
  kind = "dialog",
}: {
  label: ReactNode;
  className?: string;
  ariaLabel?: string;
  /** Called while it is open; `close` shuts it. */
  children: (close: () => void) => ReactNode;
  disabled?: boolean;
  kind?: "dialog" | "menu";
}) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);

  useLayoutEffect(() => {
    if (!open || box.current === null || button.current === null) return;
    const [element, anchor] = [box.current, button.current];
    const again = () => place(element, anchor);
    again();
    const observer = new ResizeObserver(again);
    observer.observe(element);
    window.addEventListener("resize", again);
    window.addEventListener("scroll", again, true);
    return () => {
      observer.disconnect();
      window.removeEventListener("resize", again);
      window.removeEventListener("scroll", again, true);
    };
  }, [open]);

  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        popoverTarget={id}
        aria-haspopup={kind === "menu" ? true : "dialog"}
        aria-expanded={open}
        aria-label={ariaLabel}
        disabled={disabled}
      >
        {label}
      </button>
      <div
        ref={box}
        id={id}
        popover="auto"
        className={kind === "menu" ? "popover menu" : "popover"}
        onToggle={(event) => setOpen(event.newState === "open")}
      >
        {open && children(() => box.current?.hidePopover())}
      </div>
    </>
  );
}
