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

export const useOpenAlerts = () =>
  usePages<Alert>(["alerts", "open"], "/api/alerts", { state: "open" }, { every: EVERY_MS });
export const useClosedAlerts = () =>
  usePages<Alert>(["alerts", "closed"], "/api/alerts", { state: "closed" });
