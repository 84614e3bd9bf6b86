// Submissions over time, stacked by type, with a legend that hides types and a zoom for long series.

import { ChevronLeft, ChevronRight, ZoomIn, ZoomOut } from "lucide-react";
import { lazy, useDeferredValue, useMemo, useRef } from "react";
import { comparisonOf, type LeadStats } from "../../api/stats.ts";
import { formatMinutes, formatSpan } from "../../format.ts";
import { type Change, isSameSeries } from "../../view/use_view.ts";
import type { View } from "../../view/view.ts";
import { type EventType, eventTypeLabels, eventTypeMeanings, eventTypes } from "../../words.ts";
import { hatchWords, type Point, pointMinutes, pointsOf } from "./series.ts";
import { useWidth } from "./use_width.ts";
import { useZoom } from "./use_zoom.ts";
import type { Part } from "./zoom.ts";
import { isWhole, moved, wholeOf, zoomed } from "./zoom.ts";

const StackedChart = lazy(() => import("./stacked_chart.tsx"));
const ZoomBrush = lazy(() => import("./zoom_brush.tsx"));

const HEIGHT = 300;
const PIXELS_PER_POINT = 3;
const ZOOM_FROM = 60;
/** Whatever the width: other points would be another series for the handles. */
const OVERVIEW_POINTS = 200;

function Legend({
  hidden,
  toggle,
  compared,
}: {
  hidden: ReadonlySet<EventType>;
  toggle: (type: EventType) => void;
  compared: boolean;
}) {
  return (
    <ul className="legend" aria-label="Types drawn">
      {eventTypes.map((type) => (
        <li key={type}>
          <button
            type="button"
            className="legend-button"
            aria-pressed={!hidden.has(type)}
            title={eventTypeMeanings[type]}
            onClick={() => toggle(type)}
          >
            <span className={`swatch ${type}`} aria-hidden />
            {eventTypeLabels[type]}
          </button>
        </li>
      ))}
      {compared && (
        <li className="legend-line">
          <span className="dashes" aria-hidden /> Total of the earlier time
        </li>
      )}
    </ul>
  );
}

function Zoom({ part, count, set }: { part: Part; count: number; set: (part: Part) => void }) {
  const whole = isWhole(part, count);
  const buttons = [
    { label: "Zoom in", Icon: ZoomIn, to: zoomed(part, count, 0.5) },
    { label: "Zoom out", Icon: ZoomOut, to: zoomed(part, count, 2) },
    { label: "Earlier", Icon: ChevronLeft, to: moved(part, count, -0.5) },
    { label: "Later", Icon: ChevronRight, to: moved(part, count, 0.5) },
  ];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is drawn and laid out differently
    <div className="zoom no-print" role="group" aria-label="Zoom">
      {buttons.map(({ label, Icon, to }) => (
        <button
          key={label}
          type="button"
          className="button quiet icon small"
          aria-label={label}
          title={label}
          aria-disabled={to === null}
          onClick={() => to !== null && set(to)}
        >
          <Icon aria-hidden size={16} />
        </button>
      ))}
      {!whole && (
        <button type="button" className="button small" onClick={() => set(wholeOf(count))}>
          Whole range
        </button>
      )}
    </div>
  );
}

/** "Each point is 6 hours; zoom in for single buckets." */
function caption(points: Point[], minutes: number | null, all: LeadStats, part: Part): string {
  const said: string[] = [];
  const [first, last] = [points[0], points.at(-1)];
  if (!isWhole(part, all.buckets.length) && first !== undefined && last !== undefined) {
    said.push(`Shown: ${formatSpan(first.start, last.end, all.meta.timezone)}.`);
  }
  if (minutes !== null) said.push(`Each point is ${formatMinutes(minutes)}; zoom in for single buckets.`);
  const partial = hatchWords(points);
  if (partial !== null) said.push(partial);
  return said.join(" ");
}

export function OverTime({ data, view, change }: { data: LeadStats; view: View; change: Change }) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const count = data.buckets.length;
  const hidden = useMemo(() => new Set(view.hidden), [view.hidden]);
  const series = `${data.meta.from} ${data.meta.to} ${data.meta.bucket} ${count}`;
  // It comes to rest a moment later, when the view may have another series already.
  const [part, set] = useZoom(data.buckets, view.zoom, (zoom) =>
    change((now) => (isSameSeries(now, view) ? { zoom } : {})),
  );
  // The handles move at once; the large chart follows when there is time.
  const drawnPart = useDeferredValue(part);
  const columns = Math.max(24, Math.floor(width / PIXELS_PER_POINT));
  const earlier = comparisonOf(data)?.buckets;
  const { points, minutes } = useMemo(() => {
    const size = pointMinutes(data.meta.bucket, drawnPart.to - drawnPart.from, columns);
    return {
      minutes: size,
      points: pointsOf(data.buckets, earlier, {
        minutes: size,
        generatedAt: data.meta.generated_at,
        ...drawnPart,
      }),
    };
  }, [data, earlier, drawnPart, columns]);
  const overview = useMemo(
    () =>
      pointsOf(data.buckets, undefined, {
        minutes: pointMinutes(data.meta.bucket, count, OVERVIEW_POINTS),
        generatedAt: data.meta.generated_at,
      }),
    [data, count],
  );
  // The first bucket of each point of the overview, and the end.
  const bounds = useMemo(() => {
    const starts = [0];
    for (const { merged } of overview) starts.push((starts.at(-1) ?? 0) + merged);
    return starts;
  }, [overview]);
  const shown = useMemo(() => eventTypes.filter((type) => !hidden.has(type)), [hidden]);
  const toggle = (type: EventType) => {
    change((now) => {
      const next = new Set(now.hidden);
      if (!next.delete(type)) next.add(type);
      return { hidden: eventTypes.filter((one) => next.has(one)) };
    });
  };
  const at = (bucket: number) => {
    const index = bounds.findLastIndex((start) => start <= bucket);
    return Math.min(overview.length - 1, Math.max(0, index));
  };
  return (
    <div className="over-time" ref={frame}>
      <div className="legend-row">
        <Legend hidden={hidden} toggle={toggle} compared={earlier !== undefined} />
        {count >= ZOOM_FROM && <Zoom part={part} count={count} set={set} />}
      </div>
      <div style={{ blockSize: HEIGHT }}>
        {width > 0 && (
          <StackedChart
            points={points}
            shown={shown}
            width={width}
            height={HEIGHT}
            bucket={data.meta.bucket}
            timezone={data.meta.timezone}
            title="Submissions over time by type"
          />
        )}
      </div>
      {count >= ZOOM_FROM && width > 0 && (
        <div className="brush no-print">
          <ZoomBrush
            key={series}
            points={overview}
            width={width}
            from={at(part.from)}
            to={at(part.to - 1)}
            onChange={(from, to) => {
              const next = { from: bounds[from] ?? 0, to: bounds[to + 1] ?? count };
              if (next.from !== part.from || next.to !== part.to) set(next);
            }}
          />
        </div>
      )}
      <p className="caption" aria-live="polite">
        {caption(points, minutes, data, drawnPart)}
      </p>
    </div>
  );
}
