// What a chart says of the place under the pointer, or of the one that arrow keys have reached.

import type { ReactNode } from "react";
import type { Counts } from "../../api/stats.ts";
import { formatCount, formatShare, formatSpan } from "../../format.ts";
import { countLabels, eventTypeLabels, eventTypes, flagCounts } from "../../words.ts";
import { type Point, partialWords } from "./series.ts";

export function CountsTip({
  title,
  counts,
  children,
}: {
  title: ReactNode;
  counts: Counts;
  children?: ReactNode;
}) {
  return (
    <div className="tip">
      <p className="when">{title}</p>
      <table>
        <tbody>
          {eventTypes.map((type) => (
            <tr key={type}>
              <th scope="row">
                <span className={`swatch ${type}`} aria-hidden /> {eventTypeLabels[type]}
              </th>
              <td className="numeric">{formatCount(counts[type])}</td>
              <td className="numeric soft">
                {formatShare(counts.total === 0 ? null : counts[type] / counts.total)}
              </td>
            </tr>
          ))}
          <tr className="sum">
            <th scope="row">Total</th>
            <td className="numeric">{formatCount(counts.total)}</td>
            <td />
          </tr>
        </tbody>
      </table>
      <p className="soft">
        {Object.values(flagCounts)
          .map((name) => `${countLabels[name]} ${formatCount(counts[name])}`)
          .join(" · ")}
      </p>
      {children}
    </div>
  );
}

export function PointTip({ point, timezone }: { point: Point; timezone: string }) {
  const partial = partialWords(point);
  return (
    <CountsTip title={formatSpan(point.start, point.end, timezone)} counts={point}>
      {point.before !== null && <p className="soft">Earlier time: {formatCount(point.before)}</p>}
      {partial !== null && <p className="partial">{partial}</p>}
    </CountsTip>
  );
}
