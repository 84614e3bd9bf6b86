// The view that the address holds, and the present that it is seen from.

import { useCallback, useEffect, useMemo, useSyncExternalStore } from "react";
import { useLocation, useNavigate } from "react-router";
import { queryClient } from "../api/query_client.ts";
import { addressText, droppedOf, isOfView, readView, writeView } from "./address.ts";
import { dateIn } from "./range.ts";
import type { View } from "./view.ts";
import { zoneOf } from "./zone.ts";

let now = new Date();
const listeners = new Set<() => void>();

/** Every report is asked for again, from the present. */
export function refresh(): Promise<void> {
  now = new Date();
  for (const listener of listeners) listener();
  return queryClient.invalidateQueries({ queryKey: ["lead-stats"] });
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The present that the page is seen from. */
export const useNow = (): Date => useSyncExternalStore(subscribe, () => now);

const DAY_CHECK_MS = 30_000;

/** "The last seven days" are others from midnight on, while the question reads the same. */
function useDayChange(zone: string) {
  useEffect(() => {
    const check = () => {
      if (dateIn(new Date(), zone).compare(dateIn(now, zone)) !== 0) void refresh();
    };
    // Midnight may have passed while another page was open.
    check();
    const timer = setInterval(check, DAY_CHECK_MS);
    document.addEventListener("visibilitychange", check);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", check);
    };
  }, [zone]);
}

/** Steps of one control that follow each other within this time, as with arrow keys in a list, are one step back. */
const ONE_STEP_MS = 800;
let last = { parts: "", at: 0 };

/** Whether somebody goes through values with the keyboard: what was pressed or clicked was meant. */
let isStepping = false;
const heed = (event: Event) => {
  isStepping = event instanceof KeyboardEvent && event.key !== "Enter" && event.key !== " ";
};
window.addEventListener("keydown", heed, true);
window.addEventListener("pointerdown", heed, true);

/** A part that follows from what it was is given as a function: of two clicks in a row the second must not undo the first. */
export type Change = (patch: Partial<View> | ((view: View) => Partial<View>)) => void;

export interface ViewState {
  /** The same object as long as the address says the same. */
  view: View;
  /** What the address asks for besides, as it is written there, and cannot be understood. */
  dropped: readonly string[];
  /** Changes parts of the view. Each change is a step that Back undoes. */
  change: Change;
  /** Renewed when the local day changes, and by `refresh`. */
  now: Date;
}

/** A zoom belongs to the series that it was made in. */
const ofSeries = ["range", "timezone", "bucket"] as const;
const movesSeries = (patch: Partial<View>) => ofSeries.some((name) => name in patch);
export const isSameSeries = (a: View, b: View): boolean =>
  ofSeries.every((name) => JSON.stringify(a[name]) === JSON.stringify(b[name]));

export function useView(): ViewState {
  const { search } = useLocation();
  const navigate = useNavigate();
  const view = useMemo(() => readView(new URLSearchParams(search)), [search]);
  const dropped = useMemo(() => droppedOf(new URLSearchParams(search)), [search]);
  const change = useCallback<Change>(
    (wanted) => {
      // Not what was drawn last: two changes in a row must both hold.
      const current = new URLSearchParams(window.location.search);
      const before = readView(current);
      const patch = typeof wanted === "function" ? wanted(before) : wanted;
      const next = writeView({
        ...before,
        ...(movesSeries(patch) ? { zoom: null } : {}),
        ...patch,
      });
      for (const [name, value] of current) if (!isOfView(name)) next.append(name, value);
      if (next.toString() === current.toString()) return;
      const step = { parts: Object.keys(patch).sort().join(), at: Date.now() };
      // A handle that is dragged rests on its way.
      const isOnItsWay = isStepping || "zoom" in patch;
      const isSameStep = isOnItsWay && step.parts === last.parts && step.at - last.at < ONE_STEP_MS;
      last = step;
      void navigate({ search: addressText(next) }, { replace: isSameStep, preventScrollReset: true });
    },
    [navigate],
  );
  useDayChange(zoneOf(view));
  return { view, dropped, change, now: useNow() };
}
