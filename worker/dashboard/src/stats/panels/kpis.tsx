// The cards: what came, of which kind, and how that differs from the time compared with.

import { ArrowDown, ArrowRight, ArrowUp } from "lucide-react";
import { flags } from "~schema";
import { comparisonOf, type LeadStats } from "../../api/stats.ts";
import { formatChange, formatCount, formatPoints, formatShare } from "../../format.ts";
import { Answer } from "../../ui/panel.tsx";
import type { Change } from "../../view/use_view.ts";
import type { View } from "../../view/view.ts";
import { eventTypes, flagCounts } from "../../words.ts";
import type { LeadStatsQuery } from "../queries.ts";
import { countFigure, type Figure, isLikeForLike, shareFigure } from "./figures.ts";
import { isOn, toggled } from "./filters.ts";

const written = (figure: Figure, value: number | null) =>
  figure.kind === "share" || value === null ? formatShare(value) : formatCount(value);

function ChangeOf({ figure, judged }: { figure: Figure; judged: boolean }) {
  const { change, earlier } = figure;
  if (change === null) {
    const none = figure.kind === "share" ? earlier === null : earlier === 0;
    return (
      <span className="change">
        <span className="earlier">{none ? "none before" : `from ${written(figure, earlier)}`}</span>
      </span>
    );
  }
  const Arrow = change > 0 ? ArrowUp : change < 0 ? ArrowDown : ArrowRight;
  const tone =
    !judged || figure.riseIsGood === null || change === 0
      ? ""
      : change > 0 === figure.riseIsGood
        ? "good"
        : "bad";
  return (
    <span className={`change ${tone}`}>
      <Arrow aria-hidden size={14} strokeWidth={2.5} />
      <span className="by">{figure.kind === "share" ? `${formatPoints(change)}` : formatChange(change)}</span>
      <span className="earlier">from {written(figure, earlier)}</span>
    </span>
  );
}

function Inside({ figure, compared, judged }: { figure: Figure; compared: boolean; judged: boolean }) {
  const type = figure.filter?.dimension === "event_type" ? figure.id : undefined;
  const margin = figure.margin === null || figure.margin === 0 ? null : formatCount(figure.margin);
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
            {figure.part > 0 && (
              <span
                className={type ?? "flag"}
                style={{ inlineSize: `${Math.min(100, figure.part * 100)}%` }}
              />
            )}
          </span>
          {formatShare(figure.part)}
          <span className="unseen"> of all</span>
        </span>
      )}
      {compared && <ChangeOf figure={figure} judged={judged} />}
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
  const inside = (
    <Inside figure={figure} compared={comparisonOf(data) !== null} judged={isLikeForLike(data)} />
  );
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
        onClick={() =>
          change(({ filters }) => ({ filters: toggled(filters, filter.dimension, filter.value) }))
        }
      >
        {inside}
        <span className="unseen">. Show only these</span>
      </button>
    </li>
  );
}

function figuresOf(data: LeadStats): [types: Figure[], others: Figure[]] {
  return [
    [
      countFigure(data, "total"),
      ...eventTypes.map((type) => countFigure(data, type, { dimension: "event_type", value: type })),
    ],
    [
      shareFigure(data, "primary"),
      shareFigure(data, "hot_count"),
      ...flags.map((flag) => countFigure(data, flagCounts[flag], { dimension: flag, value: "true" })),
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
      {["primary_share", "hot_count_share", ...Object.values(flagCounts)].map((id) => (
        <div key={id} className={`kpi skeleton ${id}`} />
      ))}
    </div>
  </>
);

export function Kpis({ stats, view, change }: { stats: LeadStatsQuery; view: View; change: Change }) {
  return (
    <section className="kpi-section" aria-label="Key figures">
      <Answer query={stats} loading={<Skeletons />} height="14rem" part="figures">
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
