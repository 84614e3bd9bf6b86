// One small chart for each type: own scale, the same time below each.

import { memo, useId } from "react";
import { Area, Bar, ComposedChart, Tooltip, XAxis, YAxis } from "recharts";
import { formatCount, formatSpan, formatTick } from "../../format.ts";
import { type EventType, eventTypeLabels } from "../../words.ts";
import { tickLabel } from "./axis.ts";
import { Hatch, hatchedArea, PartialBar } from "./hatch.tsx";
import { FEWEST_OF_AREA, hatchedOf, type Point, partialWords } from "./series.ts";

function SmallChart({
  type,
  points,
  width,
  bucket,
  timezone,
}: {
  type: EventType;
  points: Point[];
  width: number;
  bucket: string;
  timezone: string;
}) {
  const ends = [
    ...new Set([points[0], points.at(-1)].flatMap((point) => (point === undefined ? [] : [point.start]))),
  ];
  const hatch = `url(#${useId()})`;
  const hatched = hatchedOf(points);
  const bars = points.length < FEWEST_OF_AREA;
  return (
    <ComposedChart
      data={points}
      width={width}
      height={120}
      margin={{ top: 6, right: 4, bottom: 0, left: 0 }}
      title={`${eventTypeLabels[type]} over time`}
      {...(bars ? { maxBarSize: 48 } : {})}
    >
      <Hatch address={hatch} />
      <XAxis
        dataKey="start"
        ticks={ends}
        interval={0}
        scale={bars ? "auto" : "point"}
        tickLine={false}
        tickMargin={6}
        // Labels of the two ends would be cut off if they were centred.
        tick={({ x, y, payload, index }) => (
          <text
            x={x}
            y={Number(y) + 9}
            textAnchor={bars ? "middle" : index === 0 ? "start" : "end"}
            className="small-tick"
          >
            {tickLabel(String(payload.value), bucket, timezone)}
          </text>
        )}
      />
      <YAxis
        width={34}
        tickCount={3}
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
          if (!active || point === undefined) return null;
          const partial = partialWords(point);
          return (
            <div className="tip small">
              <p className="when">{formatSpan(point.start, point.end, timezone)}</p>
              <p>
                <strong>{formatCount(point[type])}</strong> {eventTypeLabels[type]}
              </p>
              {partial !== null && <p className="partial">{partial}</p>}
            </div>
          );
        }}
      />
      {bars ? (
        <Bar
          dataKey={type}
          className={`of-type ${type}`}
          shape={(bar) => <PartialBar bar={bar} hatch={hatch} />}
          isAnimationActive={false}
        />
      ) : (
        <Area
          dataKey={type}
          type="linear"
          className={`of-type soft-area ${type}`}
          dot={false}
          activeDot={{ r: 3, className: `dot ${type}` }}
          isAnimationActive={false}
        />
      )}
      {!bars && hatched.size > 0 && (
        <Area dataKey={(point: Point) => (hatched.has(point) ? point[type] : null)} {...hatchedArea(hatch)} />
      )}
    </ComposedChart>
  );
}

export default memo(SmallChart);
