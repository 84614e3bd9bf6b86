// The zone that a view's days are those of.

import { queryClient, sessionKey } from "../api/query_client.ts";
import type { Session } from "../api/session.ts";
import type { View } from "./view.ts";

/** Names of the IANA database as far as this browser knows them. Offsets are none: the API refuses them. */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** What the deployment reports in, as the session says. */
export function deploymentZone(): string {
  const zone = queryClient.getQueryData<Session | null>(sessionKey)?.reporting_timezone;
  return zone !== undefined && isZone(zone) ? zone : "UTC";
}

export const zoneOf = (view: View): string => view.timezone ?? deploymentZone();
