// The five types over time, stacked to the total; a dashed line for the time compared with. The part that is not over,
// or cut, is hatched. With one or two points there is no area, so they are bars.

import { memo, useId } from "react";
import { Area, Bar, CartesianGrid, ComposedChart, Line, Tooltip, XAxis, YAxis } from "recharts";
import { formatTick } from "../../format.ts";
import { type EventType, eventTypeLabels, eventTypes } from "../../words.ts";
import { tickLabel } from "./axis.ts";
import { PointTip } from "./chart_tip.tsx";
import { Hatch, hatchedArea, PartialBar } from "./hatch.tsx";
import { FEWEST_OF_AREA, hatchedOf, type Point, tickStarts } from "./series.ts";

const PIXELS_PER_TICK = 84;
/** From so many points on, full lines would hide the areas. */
const DENSE = 120;

function StackedChart({
  points,
  shown,
  width,
  height,
  bucket,
  timezone,
  title,
}: {
  points: Point[];
  shown: readonly EventType[];
  width: number;
  height: number;
  bucket: string;
  timezone: string;
  title: string;
}) {
  const hatch = `url(#${useId()})`;
  const bars = points.length < FEWEST_OF_AREA;
  const dense = points.length > DENSE;
  const compared = points.some(({ before }) => before !== null);
  // Of a type that never came there would be a line along the top of the others.
  const drawn = eventTypes.filter((type) => shown.includes(type) && points.some((point) => point[type] > 0));
  const hatched = hatchedOf(points);
  return (
    <ComposedChart
      data={points}
      width={width}
      height={height}
      margin={{ top: 8, right: 24, bottom: 0, left: 0 }}
      title={title}
      desc="Arrow keys go from point to point. The table has the same numbers."
      {...(bars ? { maxBarSize: 72 } : {})}
    >
      <Hatch address={hatch} />
      <CartesianGrid vertical={false} className="grid" />
      <XAxis
        dataKey="start"
        ticks={tickStarts(points, Math.max(2, Math.floor(width / PIXELS_PER_TICK)), bucket)}
        interval="preserveStartEnd"
        tickFormatter={(start: string) => tickLabel(start, bucket, timezone, points)}
        tickLine={false}
        tickMargin={8}
        padding={bars ? { left: 40, right: 40 } : { left: 0, right: 0 }}
        scale={bars ? "auto" : "point"}
      />
      <YAxis
        width={44}
        tickFormatter={(value: number) => formatTick(value)}
        allowDecimals={false}
        tickLine={false}
        axisLine={false}
      />
      <Tooltip
        isAnimationActive={false}
        cursor={{ className: "cursor" }}
        wrapperClassName="tip-frame"
        content={({ active, payload }) => {
          const point = payload[0]?.payload as Point | undefined;
          return active && point !== undefined ? <PointTip point={point} timezone={timezone} /> : null;
        }}
      />
      {drawn.map((type) =>
        bars ? (
          <Bar
            key={type}
            dataKey={type}
            name={eventTypeLabels[type]}
            stackId="types"
            className={`of-type ${type}`}
            shape={(bar) => <PartialBar bar={bar} hatch={hatch} />}
            isAnimationActive={false}
          />
        ) : (
          <Area
            key={type}
            dataKey={type}
            name={eventTypeLabels[type]}
            stackId="types"
            type="linear"
            className={dense ? `of-type dense ${type}` : `of-type ${type}`}
            dot={false}
            activeDot={{ r: 3.5, className: `dot ${type}` }}
            isAnimationActive={false}
          />
        ),
      )}
      {!bars && hatched.size > 0 && (
        <Area
          dataKey={(point: Point) =>
            hatched.has(point) ? drawn.reduce((sum, type) => sum + point[type], 0) : null
          }
          {...hatchedArea(hatch)}
        />
      )}
      {compared && (
        <Line
          dataKey="before"
          name="Compared with"
          type="linear"
          className={dense ? "before dense" : "before"}
          dot={bars && { r: 4, className: "dot earlier" }}
          activeDot={false}
          isAnimationActive={false}
        />
      )}
    </ComposedChart>
  );
}

export default memo(StackedChart);
