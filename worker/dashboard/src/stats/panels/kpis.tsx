// The cards: what came, of which kind, and how that differs from the time compared with.

import { ArrowDown, ArrowRight, ArrowUp } from "lucide-react";
import type { LeadStats } from "../../api/stats.ts";
import { formatChange, formatCount, formatPoints, formatShare } from "../../format.ts";
import { Answer } from "../../ui/panel.tsx";
import type { View } from "../../view/view.ts";
import { eventTypes } from "../../words.ts";
import type { LeadStatsQuery } from "../queries.ts";
import type { Change } from "./advice.tsx";
import { countFigure, type Figure, noChangeWhy, shareFigure } from "./figures.ts";
import { isOn, toggled } from "./filters.ts";

const written = (figure: Figure, value: number | null) =>
  figure.kind === "share" || value === null ? formatShare(value) : formatCount(value);

function ChangeOf({ figure, why }: { figure: Figure; why: string }) {
  const { change, earlier } = figure;
  if (change === null) {
    return (
      <span className="change" title={why}>
        <span aria-hidden>–</span>
        <span className="unseen">No change can be told. {why}</span>
        {earlier !== null && <span className="earlier">from {written(figure, earlier)}</span>}
      </span>
    );
  }
  const Arrow = change > 0 ? ArrowUp : change < 0 ? ArrowDown : ArrowRight;
  const tone =
    figure.riseIsGood === null || change === 0 ? "" : change > 0 === figure.riseIsGood ? "good" : "bad";
  return (
    <span className={`change ${tone}`}>
      <Arrow aria-hidden size={14} strokeWidth={2.5} />
      <span className="by">
        {figure.kind === "share" ? `${formatPoints(change)} points` : formatChange(change)}
      </span>
      <span className="earlier">from {written(figure, earlier)}</span>
    </span>
  );
}

function Inside({ figure, why, compared }: { figure: Figure; why: string; compared: boolean }) {
  const type = figure.filter?.dimension === "event_type" ? figure.id : undefined;
  const margin =
    figure.margin === null || figure.margin === 0
      ? null
      : figure.kind === "share"
        ? formatShare(figure.margin)
        : formatCount(figure.margin);
  return (
    <>
      <span className="label">
        {type !== undefined && <span className={`swatch ${type}`} aria-hidden />}
        {figure.label}
      </span>
      <span className="value">
        {written(figure, figure.value)}
        {margin !== null && (
          <span className="margin" title="The true count lies within this in 19 of 20 cases">
            {" "}
            ± {margin}
          </span>
        )}
      </span>
      {figure.part !== null && (
        <span className="part">
          <span className="bar" aria-hidden>
            <span className={type ?? "flag"} style={{ inlineSize: `${Math.min(100, figure.part * 100)}%` }} />
          </span>
          {formatShare(figure.part)}
          <span className="unseen"> of all</span>
        </span>
      )}
      {compared && <ChangeOf figure={figure} why={why} />}
    </>
  );
}

function Card({
  figure,
  data,
  view,
  change,
}: {
  figure: Figure;
  data: LeadStats;
  view: View;
  change: Change;
}) {
  const inside = <Inside figure={figure} why={noChangeWhy(data)} compared={data.comparison !== null} />;
  const { filter } = figure;
  if (filter === null) {
    return (
      <li className={`kpi ${figure.id}`} title={figure.about}>
        {inside}
      </li>
    );
  }
  return (
    <li className={`kpi ${figure.id}`}>
      <button
        type="button"
        title={figure.about}
        aria-pressed={isOn(view.filters, filter.dimension, filter.value)}
        onClick={() => change({ filters: toggled(view.filters, filter.dimension, filter.value) })}
      >
        {inside}
        <span className="unseen">. Show only these</span>
      </button>
    </li>
  );
}

const flagCards = [
  ["vpn_count", "vpn"],
  ["suspicious_count", "suspicious"],
  ["hot_count", "hot"],
] as const;

function figuresOf(data: LeadStats): [types: Figure[], others: Figure[]] {
  return [
    [
      countFigure(data, "total"),
      ...eventTypes.map((type) => countFigure(data, type, { dimension: "event_type", value: type })),
    ],
    [
      shareFigure(data, "primary"),
      shareFigure(data, "hot_count"),
      ...flagCards.map(([name, flag]) => countFigure(data, name, { dimension: flag, value: "true" })),
    ],
  ];
}

const Skeletons = () => (
  <>
    <div className="kpis types">
      {["total", ...eventTypes].map((id) => (
        <div key={id} className={`kpi skeleton ${id}`} />
      ))}
    </div>
    <div className="kpis others">
      {["primary_share", "hot_count_share", "vpn_count", "suspicious_count", "hot_count"].map((id) => (
        <div key={id} className={`kpi skeleton ${id}`} />
      ))}
    </div>
  </>
);

export function Kpis({ stats, view, change }: { stats: LeadStatsQuery; view: View; change: Change }) {
  return (
    <section className="kpi-section" aria-label="Key figures">
      <Answer query={stats} loading={<Skeletons />}>
        {(data) => {
          const [types, others] = figuresOf(data);
          const card = (figure: Figure) => (
            <Card key={figure.id} figure={figure} data={data} view={view} change={change} />
          );
          return (
            <>
              <ul className="kpis types">{types.map(card)}</ul>
              <ul className="kpis others">{others.map(card)}</ul>
            </>
          );
        }}
      </Answer>
    </section>
  );
}
