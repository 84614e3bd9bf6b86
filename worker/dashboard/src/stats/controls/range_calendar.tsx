// A range of one's own: its first and its last day, typed or picked. Loaded when it is opened.

import { CalendarDate, parseDate } from "@internationalized/date";
import { useId, useState } from "react";
import { DayPicker, type DateRange as Picked } from "react-day-picker";
import { limits } from "~schema";
import { formatCalendarWeekday, formatTime } from "../../format.ts";
import { dateIn, readDate } from "../../view/range.ts";
import type { DateRange } from "../../view/view.ts";
import "react-day-picker/style.css";

// The picker's days are those of the browser's own clock; at noon no change of it moves a date.
const toPicker = (date: CalendarDate) => new Date(date.year, date.month - 1, date.day, 12);
const fromPicker = (date: Date) => new CalendarDate(date.getFullYear(), date.getMonth() + 1, date.getDate());

const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const weekdayOf = (date: Date) => date.getDay() || 7;

export default function RangeCalendar({
  dates,
  now,
  zone,
  onChoose,
}: {
  dates: DateRange;
  now: Date;
  zone: string;
  onChoose: (range: DateRange) => void;
}) {
  const id = useId();
  const today = dateIn(now, zone);
  const earliest = new CalendarDate(1970, 1, 1);
  const until = parseDate(dates.to).subtract({ days: 1 });
  const [first, setFirst] = useState(dates.from);
  const [last, setLast] = useState((until.compare(today) > 0 ? today : until).toString());
  const from = readDate(first);
  const to = readDate(last);
  const held = today.subtract({ days: limits.retention_days - 1 });

  let fault: string | null = null;
  if (from === undefined || to === undefined) fault = "Give a first and a last day.";
  else if (from.compare(today) > 0 || to.compare(today) > 0) fault = "These days are still to come.";
  else if (from.compare(to) > 0) fault = "The last day is before the first.";

  const pick = (range: Picked | undefined) => {
    setFirst(range?.from === undefined ? "" : fromPicker(range.from).toString());
    setLast(range?.to === undefined ? "" : fromPicker(range.to).toString());
  };
  const selected: Picked | undefined =
    from === undefined
      ? undefined
      : { from: toPicker(from), to: to === undefined ? undefined : toPicker(to) };

  return (
    <form
      className="range-own"
      onSubmit={(event) => {
        event.preventDefault();
        if (fault !== null || from === undefined || to === undefined) return;
        onChoose({ from: from.toString(), to: to.add({ days: 1 }).toString() });
      }}
    >
      <div className="range-ends">
        {(
          [
            ["First day", "first", first, setFirst],
            ["Last day", "last", last, setLast],
          ] as const
        ).map(([label, name, value, set]) => (
          <div className="field" key={name}>
            <label htmlFor={id + name}>{label}</label>
            <input
              id={id + name}
              type="date"
              className="input"
              value={value}
              min={earliest.toString()}
              max={today.toString()}
              aria-describedby={`${id}note`}
              onChange={({ target }) => set(target.value)}
            />
          </div>
        ))}
      </div>
      <DayPicker
        mode="range"
        selected={selected}
        onSelect={pick}
        resetOnSelect
        defaultMonth={toPicker(to ?? today)}
        startMonth={toPicker(earliest)}
        endMonth={toPicker(today)}
        disabled={{ after: toPicker(today) }}
        today={toPicker(today)}
        weekStartsOn={1}
        showOutsideDays
        formatters={{
          formatCaption: (month) => formatTime(month.getTime(), "month", browserZone),
          formatWeekdayName: (date) => formatCalendarWeekday(weekdayOf(date), "short"),
        }}
        labels={{
          labelDayButton: (date, { selected: isSelected, today: isToday }) =>
            `${formatCalendarWeekday(weekdayOf(date), "long")}, ${formatTime(date.getTime(), "date", browserZone)}${isToday ? ", today" : ""}${isSelected ? ", chosen" : ""}`,
          labelWeekday: (date) => formatCalendarWeekday(weekdayOf(date), "long"),
        }}
      />
      <p id={`${id}note`} className="hint" role="status">
        {fault ??
          (from !== undefined && from.compare(held) < 0
            ? `Analytics Engine keeps ${limits.retention_days} days: what came before ${formatTime(toPicker(held).getTime(), "date", browserZone)} may be missing.`
            : `Days of ${zone.replaceAll("_", " ")}, both included.`)}
      </p>
      <button
        type="submit"
        className="button main"
        aria-disabled={fault !== null}
        aria-describedby={`${id}note`}
      >
        Show these days
      </button>
    </form>
  );
}
