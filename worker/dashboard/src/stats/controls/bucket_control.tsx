// How fine time is cut. What is impossible stays in reach of the keyboard, and says why.

import { useId } from "react";
import { bucketChoices, bucketOf, defaultBucket } from "../../view/buckets.ts";
import type { Change } from "../../view/use_view.ts";
import type { View } from "../../view/view.ts";
import { zoneOf } from "../../view/zone.ts";

export function BucketControl({ view, now, change }: { view: View; now: Date; change: Change }) {
  const id = useId();
  const zone = zoneOf(view);
  const used = bucketOf(view, now, zone);
  return (
    <fieldset className="control">
      <legend>By</legend>
      <div className="segments even">
        {bucketChoices(view.range, now, zone).map(({ name, label, reason }) => (
          <span key={name} className="with-tip">
            <button
              type="button"
              className="button small"
              aria-pressed={name === used}
              aria-disabled={reason !== null}
              aria-describedby={reason === null ? undefined : id + name}
              onClick={() => {
                if (reason !== null || name === used) return;
                // What the range would choose anyway goes on changing with the range.
                change({ bucket: name === defaultBucket(view.range, now, zone) ? null : name });
              }}
            >
              {label}
            </button>
            {reason !== null && (
              <span id={id + name} role="tooltip" className="tip">
                {reason}
              </span>
            )}
          </span>
        ))}
      </div>
    </fieldset>
  );
}
