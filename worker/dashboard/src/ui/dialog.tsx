// A modal dialog: the platform's own, so the page behind is out of reach and Escape closes it.

import { X } from "lucide-react";
import { createContext, type ReactNode, useContext, useEffect, useId, useRef } from "react";

/** What its buttons need: while what it was asked for is being done, it stays, since that is where the end is told. */
const DialogContext = createContext({ busy: false, close: () => {} });

/** Where one begins to type; where there is nothing to type, what does no harm. */
const firsts = [".body :is(input, textarea, select):not(:disabled)", ".ends .button"];

function show(dialog: HTMLDialogElement | null) {
  dialog?.showModal();
  const first = firsts.map((one) => dialog?.querySelector<HTMLElement>(one)).find(Boolean);
  first?.focus();
}

/** Render it only while it is open. `busy`: what it is for is being done. */
export function Dialog({
  title,
  wide = false,
  busy = false,
  onClose,
  children,
}: {
  title: ReactNode;
  wide?: boolean;
  busy?: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const opener = useRef<Element | null>(null);
  useEffect(() => {
    opener.current ??= document.activeElement;
    show(dialog.current);
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
  const close = () => {
    if (!busy) onClose();
  };
  return (
    <dialog
      ref={dialog}
      className={wide ? "dialog wide" : "dialog"}
      aria-labelledby={id}
      // Of Escape pressed twice a browser asks nobody.
      onClose={() => (busy ? show(dialog.current) : onClose())}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      <header>
        <h2 id={id}>{title}</h2>
        <button
          type="button"
          className="button quiet icon small"
          aria-label="Close"
          aria-disabled={busy}
          onClick={close}
        >
          <X aria-hidden size={16} />
        </button>
      </header>
      <div className="body">
        <DialogContext value={{ busy, close }}>{children}</DialogContext>
      </div>
    </dialog>
  );
}

/** Cancel, and beside it what the dialog is for. */
export function DialogEnds({ children }: { children: ReactNode }) {
  const { busy, close } = useContext(DialogContext);
  return (
    <div className="ends">
      <button type="button" className="button" aria-disabled={busy} onClick={close}>
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
    <Dialog title={title} busy={busy} onClose={onClose}>
      {children}
      <DialogEnds>
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
