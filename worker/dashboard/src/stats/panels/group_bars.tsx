// The largest groups as bars, each made of the five types.

import { memo } from "react";
import { Bar, BarChart, LabelList, Tooltip, XAxis, YAxis } from "recharts";
import type { Counts } from "../../api/stats.ts";
import { formatCompact } from "../../format.ts";
import { eventTypeLabels, eventTypes } from "../../words.ts";
import { CountsTip } from "./chart_tip.tsx";

export interface GroupBar extends Counts {
  id: string;
  label: string;
}

const ROW = 30;
const CHARS = 22;
const shortened = (label: string) => (label.length > CHARS ? `${label.slice(0, CHARS - 1)}…` : label);

/** The one at the end of the bar, behind which the total stands. */
const lastType = (bar: GroupBar) => eventTypes.findLast((type) => bar[type] > 0);

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
  const labels = new Map(bars.map(({ id, label }) => [id, label]));
  return (
    <BarChart
      layout="vertical"
      data={bars}
      width={width}
      height={bars.length * ROW + 34}
      margin={{ top: 0, right: 44, bottom: 0, left: 0 }}
      barCategoryGap="22%"
      title={title}
      desc="Arrow keys go from bar to bar. The table beside it has the same numbers."
    >
      <XAxis
        type="number"
        tickFormatter={(value: number) => formatCompact(value)}
        allowDecimals={false}
        tickLine={false}
        axisLine={false}
      />
      <YAxis
        type="category"
        dataKey="id"
        width={Math.min(150, Math.round(width * 0.36))}
        tickFormatter={(id: string) => shortened(labels.get(id) ?? id)}
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
  );
}

export default memo(GroupBars);
