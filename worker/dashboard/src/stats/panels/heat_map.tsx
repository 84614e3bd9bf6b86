// Hours of the week: a grid of seven days and 24 hours, dark where much came. Arrow keys move between the cells.

import { type KeyboardEvent, memo, type SyntheticEvent, useMemo, useRef, useState } from "react";
import { counts } from "~schema";
import type { HourOfWeek, LeadStats } from "../../api/stats.ts";
import {
  formatCompact,
  formatCount,
  formatHour,
  formatHourSpan,
  formatList,
  formatMinutes,
  formatShare,
  formatWeekday,
} from "../../format.ts";
import { type CountName, countLabels } from "../../words.ts";
import { busiest, daysOf, neighbour, type Shade, shadesOf, stepOf, timesOf, weekOf } from "./heat.ts";
import { useWidth } from "./use_width.ts";

interface Cell {
  weekday: number;
  hour: number;
}

const weekdays = [1, 2, 3, 4, 5, 6, 7];
const hours = Array.from({ length: 24 }, (_, hour) => hour);
/** Narrower, days stand side by side and hours below each other. */
const WIDE = 620;
const BEST = 3;
/** Longer numbers have no room in a cell; screen readers get them whole. */
const COMPACT_FROM = 1000;

const NOT_IN_RANGE = "Not in this range";

const cellOf = (target: EventTarget): Cell | null => {
  const { weekday, hour } = (target as HTMLElement).closest<HTMLElement>("[data-hour]")?.dataset ?? {};
  return weekday === undefined ? null : { weekday: Number(weekday), hour: Number(hour) };
};

const named = ({ weekday, hour }: Cell) => `${formatWeekday(weekday, "long")} ${formatHourSpan(hour)}`;

const Grid = memo(function Grid({
  week,
  times,
  shades,
  wide,
  entry,
  label,
}: {
  week: number[][];
  times: number[][];
  shades: readonly Shade[];
  wide: boolean;
  /** The cell that Tab leads to. */
  entry: Cell;
  label: string;
}) {
  const dayHead = (weekday: number) => (
    <th key={weekday} scope={wide ? "row" : "col"} aria-label={formatWeekday(weekday, "long")}>
      {formatWeekday(weekday, "short")}
    </th>
  );
  const hourHead = (hour: number) => (
    <th key={hour} scope={wide ? "col" : "row"}>
      <span className={!wide || hour % 3 === 0 ? "hour" : "unseen"}>{formatHour(hour)}</span>
    </th>
  );
  const cell = (weekday: number, hour: number) => {
    const value = week[weekday - 1]?.[hour] ?? 0;
    const came = value > 0 || (times[weekday - 1]?.[hour] ?? 0) > 0;
    return (
      <td
        key={`${weekday} ${hour}`}
        className={came ? `heat-${stepOf(shades, value)}` : "heat-none"}
        data-weekday={weekday}
        data-hour={hour}
        tabIndex={weekday === entry.weekday && hour === entry.hour ? 0 : -1}
      >
        {!came ? (
          <>
            <span aria-hidden>–</span>
            <span className="unseen">{NOT_IN_RANGE}</span>
          </>
        ) : value < COMPACT_FROM ? (
          formatCount(value)
        ) : (
          <>
            <span aria-hidden>{formatCompact(value)}</span>
            <span className="unseen">{formatCount(value)}</span>
          </>
        )}
      </td>
    );
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: cells take the focus, so the table is a grid
    <table className={wide ? "heat wide" : "heat"} role="grid" aria-label={label} aria-readonly>
      <thead>
        <tr>
          <td />
          {wide ? hours.map(hourHead) : weekdays.map(dayHead)}
        </tr>
      </thead>
      <tbody>
        {wide
          ? weekdays.map((weekday) => (
              <tr key={weekday}>
                {dayHead(weekday)}
                {hours.map((hour) => cell(weekday, hour))}
              </tr>
            ))
          : hours.map((hour) => (
              <tr key={hour}>
                {hourHead(hour)}
                {weekdays.map((weekday) => cell(weekday, hour))}
              </tr>
            ))}
      </tbody>
    </table>
  );
});

function Best({ rows, name }: { rows: HourOfWeek[]; name: CountName }) {
  const best = busiest(rows, name, BEST);
  if (best.length === 0) return <p className="caption">None in this range.</p>;
  return (
    <p className="caption">
      Most: {best.map((hour) => `${named(hour)} (${formatCount(hour[name])})`).join("; ")}.
    </p>
  );
}

/** "30 days: Thursday and Friday came 5 times, other weekdays 4 times." A busy weekday may only have come more often. */
function Days({ meta }: { meta: LeadStats["meta"] }) {
  const { count, most, least, often } = daysOf(meta);
  if (most === least) return null;
  // The fewer are named.
  const few = least === 0 || often.length < 4;
  const named = few ? often : weekdays.filter((weekday) => !often.includes(weekday));
  const names = formatList(named.map((weekday) => formatWeekday(weekday, "long")));
  const times = (number: number) =>
    number === 1 ? "once" : number === 2 ? "twice" : `${formatCount(number)} times`;
  return (
    <p className="caption">
      {formatMinutes(count * 1440, "day")}:{" "}
      {least === 0
        ? `only ${names}.`
        : `${names} came ${times(few ? most : least)}, other weekdays ${times(few ? least : most)}.`}
    </p>
  );
}

function Tip({
  cell,
  came,
  value,
  total,
  of,
  frame,
}: {
  cell: Cell;
  came: boolean;
  value: number;
  total: number;
  of: string;
  frame: HTMLElement | null;
}) {
  const at = frame
    ?.querySelector(`[data-weekday="${cell.weekday}"][data-hour="${cell.hour}"]`)
    ?.getBoundingClientRect();
  const box = frame?.getBoundingClientRect();
  if (at === undefined || box === undefined) return null;
  const left = Math.min(Math.max(at.left - box.left + at.width / 2, 96), Math.max(96, box.width - 96));
  return (
    <div
      className="tip heat-tip"
      style={{ insetInlineStart: left, insetBlockStart: at.top - box.top - 6 }}
      aria-hidden
    >
      <p className="when">{named(cell)}</p>
      {came ? (
        <>
          <p>
            <strong>{formatCount(value)}</strong> {of}
          </p>
          <p className="soft">{formatShare(total === 0 ? null : value / total)} of the week</p>
        </>
      ) : (
        <p className="soft">{NOT_IN_RANGE}</p>
      )}
    </div>
  );
}

export function CountSelect({
  value,
  change,
  label,
}: {
  value: CountName;
  change: (name: CountName) => void;
  label: string;
}) {
  return (
    <select
      className="input compact"
      aria-label={label}
      value={value}
      onChange={(event) => change(event.target.value as CountName)}
    >
      {counts.map((name) => (
        <option key={name} value={name}>
          {countLabels[name]}
        </option>
      ))}
    </select>
  );
}

export function HeatMap({ data, name }: { data: LeadStats; name: CountName }) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const [entry, setEntry] = useState<Cell>({ weekday: 1, hour: 9 });
  const [pointed, point] = useState<Cell | null>(null);
  const rows = data.hour_of_week ?? [];
  const week = useMemo(() => weekOf(data.hour_of_week ?? [], name), [data, name]);
  const shades = useMemo(() => shadesOf(week.flat()), [week]);
  const times = useMemo(() => timesOf(data.meta), [data]);
  const valueAt = ({ weekday, hour }: Cell) => week[weekday - 1]?.[hour] ?? 0;
  const cameAt = (cell: Cell) => valueAt(cell) > 0 || (times[cell.weekday - 1]?.[cell.hour] ?? 0) > 0;
  const gaps = times.some((day) => day.includes(0));
  const total = data.totals[name];
  const wide = width === 0 || width >= WIDE;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") point(null);
    const cell = cellOf(event.target);
    const next = cell === null ? null : neighbour(cell, event.key, !wide);
    if (next === null) return;
    event.preventDefault();
    frame.current
      ?.querySelector<HTMLElement>(`[data-weekday="${next.weekday}"][data-hour="${next.hour}"]`)
      ?.focus();
  };
  const onOver = (event: SyntheticEvent) => point(cellOf(event.target));
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the cells within are what is focused and pointed at */}
      <div
        className="heat-frame"
        ref={frame}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          const cell = cellOf(event.target);
          if (cell !== null) setEntry(cell);
          point(cell);
        }}
        onBlur={() => point(null)}
        onMouseOver={onOver}
        onMouseLeave={() => point(null)}
      >
        <Grid
          week={week}
          times={times}
          shades={shades}
          wide={wide}
          entry={entry}
          label={`${countLabels[name]} by hour of the week`}
        />
        {pointed !== null && (
          <Tip
            cell={pointed}
            came={cameAt(pointed)}
            value={valueAt(pointed)}
            total={total}
            of={countLabels[name]}
            frame={frame.current}
          />
        )}
      </div>
      <ul className="heat-legend" aria-label="Shades">
        {shades.map(({ step, from, to }) => (
          <li key={step}>
            <span className={`heat-swatch heat-${step}`} aria-hidden />
            {from === to ? formatCount(from) : `${formatCount(from)}–${formatCount(to)}`}
          </li>
        ))}
        {gaps && (
          <li>
            <span aria-hidden>–</span> {NOT_IN_RANGE.toLowerCase()}
          </li>
        )}
      </ul>
      <Days meta={data.meta} />
      <Best rows={rows} name={name} />
    </>
  );
}
