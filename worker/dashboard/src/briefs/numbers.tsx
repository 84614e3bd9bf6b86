// The numbers that a brief was written from, with the way to each in the lead stats.

import { type ReactNode, useId } from "react";
import { Link } from "react-router";
import { counts } from "~schema";
import type { Brief, Summary } from "../api/briefs.ts";
import { formatChange, formatCount, formatHourSpan, formatShare } from "../format.ts";
import { statsLink } from "../view/links.ts";
import { type CountName, countLabels, type DimensionName, dimensionLabels, valueLabel } from "../words.ts";

/** The lead stats of a brief's days, narrowed to one value. */
export const statsAddress = (
  { projects, from, to, timezone }: Pick<Brief, "projects" | "from" | "to" | "timezone">,
  narrowed?: Parameters<typeof statsLink>[2],
): string => statsLink({ from: from.slice(0, 10), to: to.slice(0, 10), timezone }, projects, narrowed);

const rateLabels: Record<keyof Summary["rates"], string> = {
  actual: "Actual",
  hot: "Hot",
  bot: "Bot",
  blocked: "Blocked",
  rejected: "Rejected",
};

function Part({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="brief-part">
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  );
}

function Counts({ summary }: { summary: Summary }) {
  return (
    <table className="table plain">
      <caption className="unseen">Counts of the week</caption>
      <thead>
        <tr>
          <th scope="col">Count</th>
          <th scope="col" className="numeric">
            This week
          </th>
          <th scope="col" className="numeric">
            Change
          </th>
        </tr>
      </thead>
      <tbody>
        {counts.map((name: CountName) => (
          <tr key={name}>
            <th scope="row">{countLabels[name]}</th>
            <td className="numeric">{formatCount(summary.totals[name])}</td>
            <td className="numeric">{formatChange(summary.change?.[name] ?? null)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function BriefNumbers({ brief }: { brief: Brief }) {
  const { summary } = brief;
  const tops = (
    Object.entries(summary.top) as [DimensionName, NonNullable<Summary["top"]["source"]>][]
  ).filter(([, rows]) => rows.length > 0);
  return (
    <div className="brief-numbers">
      <Part title="Counts">
        <Counts summary={summary} />
      </Part>
      <Part title="Parts of all">
        <dl className="facts">
          {(Object.keys(rateLabels) as (keyof Summary["rates"])[]).map((name) => (
            <div key={name}>
              <dt>{rateLabels[name]}</dt>
              <dd>{formatShare(summary.rates[name])}</dd>
            </div>
          ))}
          {summary.busiest_hour !== null && (
            <div>
              <dt>Busiest hour</dt>
              <dd>
                {formatHourSpan(summary.busiest_hour.hour)}: {formatCount(summary.busiest_hour.total)}
              </dd>
            </div>
          )}
        </dl>
      </Part>
      {tops.map(([dimension, rows]) => (
        <Part key={dimension} title={dimensionLabels[dimension] ?? dimension}>
          <table className="table plain">
            <caption className="unseen">Largest by {dimensionLabels[dimension]?.toLowerCase()}</caption>
            <thead>
              <tr>
                <th scope="col">{dimensionLabels[dimension]}</th>
                <th scope="col" className="numeric">
                  {countLabels.total}
                </th>
                <th scope="col" className="numeric">
                  Part
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ key, share, total }) => (
                <tr key={key}>
                  <th scope="row" dir="auto">
                    <Link className="value" to={statsAddress(brief, { dimension, value: key })}>
                      {valueLabel(dimension, key)}
                    </Link>
                  </th>
                  <td className="numeric">{formatCount(total)}</td>
                  <td className="numeric">{formatShare(share)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Part>
      ))}
    </div>
  );
}
