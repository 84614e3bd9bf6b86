// Alerts, as docs/api/alerts.md describes them.

import type { Delivery } from "./deliveries.ts";
import type { Insight } from "./insights.ts";
import { usePages } from "./pages.ts";

export interface Alert {
  alert_id: string;
  /** ["*"] or slugs. */
  projects: string[];
  kind: string;
  dimension: string | null;
  value: string | null;
  state: "open" | "closed";
  opened_at: string;
  /** When it was last found to hold. */
  seen_at: string;
  closed_at: string | null;
  insight: Insight;
  deliveries: Delivery[];
}

/** They are checked every quarter of an hour. */
const EVERY_MS = 300_000;

// Both at once: one that ends goes from the one list to the other.
const useAlerts = (state: Alert["state"]) =>
  usePages<Alert>(["alerts", state], "/api/alerts", { state }, { every: EVERY_MS });
export const useOpenAlerts = () => useAlerts("open");
export const useClosedAlerts = () => useAlerts("closed");
