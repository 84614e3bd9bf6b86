// When a blocked address is let in again.

import { parseDateTime, toZoned } from "@internationalized/date";

export type Expiry = "never" | "until" | `${number}d`;

export const expiries: readonly { value: Expiry; label: string }[] = [
  { value: "never", label: "Never" },
  { value: "1d", label: "In 24 hours" },
  { value: "7d", label: "In 7 days" },
  { value: "30d", label: "In 30 days" },
  { value: "until", label: "At a time…" },
];

const DAY_MS = 86_400_000;

/**
 * The instant to send, null for never. `local` is what a datetime-local input holds, in `timezone`; where that is no
 * time it goes to the API as it is, which then says what is allowed.
 */
export function expiresAt(expiry: Expiry, local: string, timezone: string, now: number): string | null {
  if (expiry === "never") return null;
  if (expiry !== "until") return new Date(now + Number.parseInt(expiry, 10) * DAY_MS).toISOString();
  try {
    return toZoned(parseDateTime(local), timezone).toDate().toISOString();
  } catch {
    return local;
  }
}
