// Small multiples: a type that is rare in the stack can be read here.

import { lazy, useMemo, useRef } from "react";
import type { LeadStats } from "../../api/stats.ts";
import { formatCount, formatMinutes, formatSpan } from "../../format.ts";
import { type EventType, eventTypeLabels, eventTypes } from "../../words.ts";
import { hatchWords, peakOf, pointMinutes, pointsOf } from "./series.ts";
import { useWidth } from "./use_width.ts";

const SmallChart = lazy(() => import("./small_charts.tsx"));

const PIXELS_PER_POINT = 2;

export function ByType({ data }: { data: LeadStats }) {
  const frame = useRef<HTMLLIElement>(null);
  const width = useWidth(frame);
  const { bucket, timezone, generated_at: generatedAt } = data.meta;
  const columns = Math.max(24, Math.floor(width / PIXELS_PER_POINT));
  const minutes = pointMinutes(bucket, data.buckets.length, columns);
  const points = useMemo(
    () => pointsOf(data.buckets, undefined, { minutes, generatedAt }),
    [data, minutes, generatedAt],
  );
  const words = (type: EventType) => {
    const peak = peakOf(points, type);
    if (peak === undefined) return "None in this range.";
    return `${formatCount(data.totals[type])} in all; most ${formatCount(peak[type])} on ${formatSpan(peak.start, peak.end, timezone)}.`;
  };
  const below = [
    ...(minutes === null ? [] : [`Each point is ${formatMinutes(minutes)}.`]),
    ...[hatchWords(points) ?? []].flat(),
  ];
  return (
    <>
      <ul className="multiples">
        {eventTypes.map((type, index) => (
          <li key={type} ref={index === 0 ? frame : undefined}>
            <h3>
              <span className={`swatch ${type}`} aria-hidden /> {eventTypeLabels[type]}
            </h3>
            <p className="caption">{words(type)}</p>
            <div className="small-chart">
              {width > 0 && (
                <SmallChart type={type} points={points} width={width} bucket={bucket} timezone={timezone} />
              )}
            </div>
          </li>
        ))}
      </ul>
      {below.length > 0 && <p className="caption below">{below.join(" ")}</p>}
    </>
  );
}
