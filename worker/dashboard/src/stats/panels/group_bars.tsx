// The largest groups as bars, each made of the five types.

import { memo, useEffect, useRef } from "react";
import { Bar, BarChart, LabelList, Tooltip, useActiveTooltipDataPoints, XAxis, YAxis } from "recharts";
import type { Counts } from "../../api/stats.ts";
import { formatCompact, formatTick } from "../../format.ts";
import { eventTypeLabels, eventTypes } from "../../words.ts";
import { fittedLabel } from "../fit_text.ts";
import { CountsTip } from "./chart_tip.tsx";

export interface GroupBar extends Counts {
  id: string;
  label: string;
}

const ROW = 30;
const TICK_GAP = 10;
const TICK_REM = 0.75;

/** The one at the end of the bar, behind which the total stands. */
const lastType = (bar: GroupBar) => eventTypes.findLast((type) => bar[type] > 0);

/** Keeps which bar the pointer or the arrow keys are at. */
function Active({ at }: { at: { current: GroupBar | undefined } }) {
  const bar = useActiveTooltipDataPoints<GroupBar>()?.[0];
  useEffect(() => {
    at.current = bar;
  }, [at, bar]);
  return null;
}

function GroupBars({
  bars,
  width,
  title,
  onPick,
}: {
  bars: GroupBar[];
  width: number;
  title: string;
  onPick: (id: string) => void;
}) {
  const active = useRef<GroupBar>(undefined);
  const names = Math.min(150, Math.round(width * 0.36));
  const labels = new Map(bars.map(({ id, label }) => [id, label]));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the chart within takes the focus
    <div
      onKeyDown={(event) => {
        if (event.key === "Enter" && active.current !== undefined) onPick(active.current.id);
      }}
    >
      <BarChart
        layout="vertical"
        data={bars}
        width={width}
        height={bars.length * ROW + 34}
        margin={{ top: 0, right: 44, bottom: 0, left: 0 }}
        barCategoryGap="22%"
        title={title}
        desc="Arrow keys go from bar to bar, Enter shows only that one. The table beside it has the same numbers."
      >
        <Active at={active} />
        <XAxis
          type="number"
          tickFormatter={(value: number) => formatTick(value)}
          allowDecimals={false}
          tickLine={false}
          axisLine={false}
        />
        <YAxis
          type="category"
          dataKey="id"
          width={names}
          tick={({ x, y, payload }) => {
            const label = labels.get(String(payload.value)) ?? "";
            return (
              <text x={x} y={y} dy="0.32em" textAnchor="end" className="small-tick">
                <title>{label}</title>
                {fittedLabel(label, names - TICK_GAP, TICK_REM)}
              </text>
            );
          }}
          tickLine={false}
          interval={0}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ className: "cursor-bar" }}
          wrapperClassName="tip-frame"
          content={({ active, payload }) => {
            const bar = payload[0]?.payload as GroupBar | undefined;
            return active && bar !== undefined ? <CountsTip title={bar.label} counts={bar} /> : null;
          }}
        />
        {eventTypes.map((type) => (
          <Bar
            key={type}
            dataKey={type}
            name={eventTypeLabels[type]}
            stackId="types"
            className={`of-type ${type}`}
            isAnimationActive={false}
            onClick={(bar) => {
              const { id } = bar.payload as GroupBar;
              onPick(id);
            }}
          >
            <LabelList
              position="right"
              className="bar-label"
              dataKey={(bar: GroupBar) => (lastType(bar) === type ? formatCompact(bar.total) : "")}
            />
          </Bar>
        ))}
      </BarChart>
    </div>
  );
}

export default memo(GroupBars);
