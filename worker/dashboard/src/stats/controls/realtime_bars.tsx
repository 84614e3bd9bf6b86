// A bar for each minute, stacked by type; and the same as a table.

import type { BucketRow } from "../../api/stats.ts";
import { formatCount, formatTime } from "../../format.ts";
import { eventTypeLabels, eventTypes } from "../../words.ts";
import { kindsText, MINUTES } from "./realtime_words.ts";

/** "14:20", and of the minute that runs that it does. */
const minuteText = ({ start, partial }: BucketRow, timezone: string) =>
  `${formatTime(start, "time", timezone)}${partial ? " (still running)" : ""}`;

/** One submission alone is no mountain. */
const LOWEST_TOP = 4;
const WIDTH = 10;
const GAP = 2;
const HEIGHT = 100;

export function RealtimeBars({ rows, timezone }: { rows: readonly BucketRow[]; timezone: string }) {
  const most = rows.reduce((top, { total }) => Math.max(top, total), 0);
  const top = Math.max(LOWEST_TOP, most);
  const last = rows.at(-1);
  const label =
    most === 0 || last === undefined
      ? "No submissions in the last 30 minutes."
      : `Submissions by the minute until ${minuteText(last, timezone)}; at most ${formatCount(most)} in one.`;
  // The present minute stands at the right, however many there are.
  const empty = MINUTES - rows.length;
  return (
    <svg
      className="bars"
      viewBox={`0 0 ${MINUTES * WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {rows.map((row, index) => {
        const x = (empty + index) * WIDTH + GAP / 2;
        let y = HEIGHT;
        const kinds = kindsText(row);
        return (
          <g key={row.start} className={row.partial ? "running" : undefined}>
            <title>{`${minuteText(row, timezone)}: ${kinds === "" ? "none" : kinds}`}</title>
            {/* The whole column answers to the pointer. */}
            <rect x={x - GAP / 2} y={0} width={WIDTH} height={HEIGHT} className="column" />
            <rect x={x} y={HEIGHT - 2} width={WIDTH - GAP} height={2} className="floor" />
            {eventTypes.map((type) => {
              if (row[type] === 0) return null;
              const height = (row[type] / top) * HEIGHT;
              y -= height;
              return (
                <rect key={type} x={x} y={y} width={WIDTH - GAP} height={height} className={`bar ${type}`} />
              );
            })}
          </g>
        );
      })}
    </svg>
  );
}

export function RealtimeTable({ rows, timezone }: { rows: readonly BucketRow[]; timezone: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be in reach of the keyboard
    <section className="table-frame realtime-table" tabIndex={0} aria-label="Submissions by the minute">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Minute</th>
            <th scope="col" className="numeric">
              All
            </th>
            {eventTypes.map((type) => (
              <th key={type} scope="col" className="numeric">
                {eventTypeLabels[type]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...rows].reverse().map((row) => (
            <tr key={row.start}>
              <th scope="row">{minuteText(row, timezone)}</th>
              <td className="numeric">{formatCount(row.total)}</td>
              {eventTypes.map((type) => (
                <td key={type} className="numeric">
                  {formatCount(row[type])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
