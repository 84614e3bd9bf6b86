// Short messages about something that was just done, read out by screen readers too.

import { X } from "lucide-react";
import { useEffect, useSyncExternalStore } from "react";

export interface Toast {
  id: number;
  text: string;
  bad: boolean;
  action?: { label: string; run: () => void } | undefined;
}

const SHOWN_MS = 8000;

let toasts: Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function set(next: Toast[]) {
  toasts = next;
  for (const listener of listeners) listener();
}

const dismiss = (id: number) => set(toasts.filter((toast) => toast.id !== id));

/** Where nobody is signed in nothing is said: whoever comes next did not do it. */
export function say(text: string, options: { bad?: boolean; action?: Toast["action"] } = {}) {
  if (listeners.size === 0) return;
  lastId += 1;
  set([...toasts.slice(-2), { id: lastId, text, bad: options.bad ?? false, action: options.action }]);
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) toasts = [];
  };
}

function Message({ toast }: { toast: Toast }) {
  useEffect(() => {
    // What went wrong, or can be undone, stays until it has been seen.
    if (toast.bad || toast.action !== undefined) return;
    const timer = setTimeout(() => dismiss(toast.id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [toast]);
  const { action } = toast;
  return (
    <div className={toast.bad ? "toast bad" : "toast"}>
      <span>{toast.text}</span>
      {action !== undefined && (
        <button
          type="button"
          className="button small"
          onClick={() => {
            dismiss(toast.id);
            action.run();
          }}
        >
          {action.label}
        </button>
      )}
      <button
        type="button"
        className="button quiet icon small"
        aria-label="Dismiss"
        onClick={() => dismiss(toast.id)}
      >
        <X aria-hidden size={14} />
      </button>
    </div>
  );
}

export function Toasts() {
  const all = useSyncExternalStore(subscribe, () => toasts);
  return (
    <div className="toasts no-print" role="status" aria-live="polite">
      {all.map((toast) => (
        <Message key={toast.id} toast={toast} />
      ))}
    </div>
  );
}
