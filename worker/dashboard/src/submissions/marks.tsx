// Small marks of a submission: its type, its flags, when it came.

import { flags } from "~schema";
import type { Submission } from "../api/submissions.ts";
import { formatAgo, formatTime } from "../format.ts";
import { countLabels, type EventType, eventTypeLabels, eventTypeMeanings } from "../words.ts";

export function TypeBadge({ type }: { type: EventType }) {
  return (
    <span className="badge" title={eventTypeMeanings[type]}>
      <span className={`swatch ${type}`} aria-hidden />
      {eventTypeLabels[type] ?? type}
    </span>
  );
}

export function FlagBadges({ submission }: { submission: Submission }) {
  const set = flags.filter((flag) => submission.flags[flag]);
  if (set.length === 0) return <span className="soft">–</span>;
  return (
    <span className="badges">
      {set.map((flag) => (
        <span key={flag} className="badge">
          {countLabels[`${flag}_count`]}
        </span>
      ))}
    </span>
  );
}

export function Moment({ at, timezone }: { at: string; timezone: string }) {
  return (
    <time dateTime={at} title={formatAgo(at, Date.now())}>
      {formatTime(at, "moment", timezone)}
    </time>
  );
}

/** Who it was, in one line. */
export function whoOf({ name, email, phone, erased_at }: Submission): string {
  if (erased_at !== null) return "Erased";
  return name ?? email ?? phone ?? "No contact given";
}
