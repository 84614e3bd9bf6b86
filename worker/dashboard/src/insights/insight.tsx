// One insight: how much it matters in a sign and a word, what was found, why that is told, and the numbers behind it.

import { Info, Lightbulb, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { insightKinds, type severities } from "~schema";
import type { Compared, Insight, Severity } from "../api/insights.ts";
import { valueLabel } from "../words.ts";
import {
  columnHead,
  earlierRows,
  factsOf,
  isCompared,
  type Looked,
  placesOf,
  subjectLabel,
  windowText,
  writerOf,
} from "./numbers.ts";
import "../styles/insights.css";

const severityWords = {
  warning: { label: "Warning", Icon: TriangleAlert },
  notice: { label: "Notice", Icon: Lightbulb },
  info: { label: "Info", Icon: Info },
} as const satisfies Record<(typeof severities)[number], unknown>;

function SeverityBadge({ severity }: { severity: Severity }) {
  const { label, Icon } = severityWords[severity] ?? severityWords.info;
  return (
    <span className={`badge severity of-${severity}`}>
      <Icon aria-hidden size={14} />
      {label}
    </span>
  );
}

const titles = new Map<string, string>(insightKinds.map(({ name, title }) => [name, title]));
/** "Sudden rise"; the API's own name of a kind that is not known here. */
const kindTitle = (kind: string) => titles.get(kind) ?? kind.replaceAll("_", " ");

/** Where now lies among what was usual; the numbers stand beside it in words. */
function RangeBar({ numbers }: { numbers: Compared }) {
  const { current, expected, low, high, baseline } = placesOf(numbers);
  return (
    <div className="range-bar" aria-hidden>
      <span
        className="usual"
        style={{ insetInlineStart: `${low}%`, inlineSize: `${Math.max(0.5, high - low)}%` }}
      />
      {baseline.map((place, index) => (
        // Windows stand in a fixed order.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <span key={index} className="earlier" style={{ insetInlineStart: `${place}%` }} />
      ))}
      <span className="expected" style={{ insetInlineStart: `${expected}%` }} />
      <span className="current" style={{ insetInlineStart: `${current}%` }} />
    </div>
  );
}

function Earlier({
  insight,
  numbers,
  looked,
  timezone,
}: {
  insight: Insight;
  numbers: Compared;
  looked: Looked | null;
  timezone: string;
}) {
  const write = writerOf(insight.numbers);
  const head = columnHead(insight);
  return (
    <details className="earlier-windows">
      <summary>
        Earlier times<span className="unseen"> of {insight.headline}</span>
      </summary>
      <table className="table">
        <caption className="unseen">{head} in the times compared with</caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col" className="numeric">
              {head}
            </th>
          </tr>
        </thead>
        <tbody>
          <tr className="now">
            <th scope="row">Now: {windowText(insight, timezone)}</th>
            <td className="numeric">{write(numbers.current)}</td>
          </tr>
          {earlierRows({ ...insight, numbers }, looked, timezone).map(({ label, value }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td className="numeric">{write(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

export interface InsightParts {
  insight: Insight;
  /** What it was compared with, where that is known. */
  looked: Looked | null;
  timezone: string;
  /** What stands for its value: a button or a link that leads to it. */
  subject?: ((label: string) => ReactNode) | undefined;
  /** In front of what was found. */
  before?: ReactNode;
  children?: ReactNode;
}

export function InsightCard({ insight, looked, timezone, subject, before, children }: InsightParts) {
  const { numbers, dimension, value } = insight;
  const of = subjectLabel(insight);
  return (
    <article className={`insight of-${insight.severity}`}>
      <p className="marks">
        {before}
        <SeverityBadge severity={insight.severity} />
        <span className="kind">{kindTitle(insight.kind)}</span>
      </p>
      <h3 dir="auto">{insight.headline}</h3>
      <p className="why" dir="auto">
        {insight.explanation}
      </p>
      {isCompared(numbers) && <RangeBar numbers={numbers} />}
      <dl className="insight-facts">
        {dimension !== null && value !== null && of !== null && (
          <div>
            <dt>{of}</dt>
            <dd dir="auto">{subject?.(valueLabel(dimension, value)) ?? valueLabel(dimension, value)}</dd>
          </div>
        )}
        {factsOf(insight).map(({ label, text }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      {isCompared(numbers) && (
        <Earlier insight={insight} numbers={numbers} looked={looked} timezone={timezone} />
      )}
      {children}
    </article>
  );
}
