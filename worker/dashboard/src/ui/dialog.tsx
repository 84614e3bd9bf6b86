// A modal dialog: the platform's own, so the page behind is out of reach and Escape closes it.

import { X } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";

/** Render it only while it is open. */
export function Dialog({
  title,
  wide = false,
  onClose,
  children,
}: {
  title: ReactNode;
  wide?: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const opener = useRef<Element | null>(null);
  useEffect(() => {
    opener.current ??= document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (dialog.current?.isConnected) return;
      // A dialog that is taken out of the page gives the focus to nobody. What was done in it may take its button out
      // as well, a moment later.
      requestAnimationFrame(() => {
        if (document.activeElement !== document.body) return;
        const next = opener.current?.isConnected ? opener.current : document.getElementById("content");
        if (next instanceof HTMLElement) next.focus();
      });
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={wide ? "dialog wide" : "dialog"}
      aria-labelledby={id}
      onClose={onClose}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header>
        <h2 id={id}>{title}</h2>
        <button type="button" className="button quiet icon small" aria-label="Close" onClick={onClose}>
          <X aria-hidden size={16} />
        </button>
      </header>
      <div className="body">{children}</div>
    </dialog>
  );
}

/** Cancel, and beside it what the dialog is for. */
export function DialogEnds({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  return (
    <div className="ends">
      <button type="button" className="button" onClick={onClose}>
        Cancel
      </button>
      {children}
    </div>
  );
}

/** Asks before something that cannot be taken back. */
export function Confirm({
  title,
  action,
  busy = false,
  danger = true,
  onConfirm,
  onClose,
  children,
}: {
  title: string;
  action: string;
  busy?: boolean;
  danger?: boolean;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      <DialogEnds onClose={onClose}>
        <button
          type="button"
          className={danger ? "button danger" : "button main"}
          disabled={busy}
          onClick={onConfirm}
        >
          {busy ? "Working…" : action}
        </button>
      </DialogEnds>
    </Dialog>
  );
}
