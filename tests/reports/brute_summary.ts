// What a summary must say, by counting every point one by one, from section 7 of the design.

import {
  asksBeyond,
  type Comparison,
  type Counts,
  changeOf,
  comparedSpan,
  countAll,
  grouped,
  inSpan,
  type Refusal,
  type Scope,
  spanOf,
  wanted,
} from "./brute.ts";
import type { Dimension, Point } from "./dataset.ts";
import type { Question } from "./question.ts";
import { clockOf } from "./wall_clock.ts";

export interface Summary {
  from: string;
  to: string;
  totals: Counts;
  rates: Record<string, number>;
  change: Comparison["change"];
  top: Record<string, unknown>;
  busiest_hour: { hour: number; total: number } | null;
}

const lists: Dimension[] = ["project", "country", "source", "utm_campaign"];
const shown = 5;

export function bruteSummary(
  points: readonly Point[],
  asked: Question,
  now: number,
  scope: Scope,
): Summary | Refusal {
  // It is read hour by hour, so it ends with the running hour, and is compared with as much as has passed.
  const question: Question = { ...asked, bucket: "60min", compare: "previous" };
  const clock = clockOf(question.timezone);
  if (asksBeyond(question, scope)) return { status: 403 };
  const span = spanOf(clock, question, now);
  if (span === undefined) return { status: 400 };
  const candidates = wanted(points, question, scope);
  const counted = inSpan(candidates, span);
  const totals = countAll(counted);
  const before = countAll(inSpan(candidates, comparedSpan(clock, question, span, now)));
  const part = (count: number) => (totals.total === 0 ? 0 : count / totals.total);

  const hours = Array.from({ length: 24 }, () => 0);
  for (const point of counted) {
    const hour = Math.floor(clock.local(point.timestamp) / 3600) % 24;
    hours[hour] = (hours[hour] as number) + point.sample_interval;
  }
  const most = Math.max(...hours);

  const top = Object.fromEntries(
    lists.map((dimension) => [
      dimension,
      grouped(counted, [dimension])
        .slice(0, shown)
        .map(({ texts, counts }) => ({ key: texts[0] as string, share: part(counts.total), ...counts })),
    ]),
  );
  return {
    from: clock.text(span.from),
    to: clock.text(span.to),
    totals,
    rates: {
      actual: part(totals.primary),
      hot: part(totals.hot_count),
      bot: part(totals.bot),
      blocked: part(totals.blocked),
      rejected: part(totals.bot + totals.blocked),
    },
    change: changeOf(totals, before),
    top,
    busiest_hour: most === 0 ? null : { hour: hours.indexOf(most), total: most },
  };
}
