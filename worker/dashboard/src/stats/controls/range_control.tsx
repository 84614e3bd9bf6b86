// Which days: the common ranges at hand, the others and a calendar behind a button.

import { parseDate } from "@internationalized/date";
import { CalendarDays, ChevronDown } from "lucide-react";
import { lazy, Suspense } from "react";
import { formatRange } from "../../format.ts";
import { Popover } from "../../ui/popover.tsx";
import { datesOf, presetDays, presetLabels, presets } from "../../view/range.ts";
import type { Change } from "../../view/use_view.ts";
import type { DateRange, View } from "../../view/view.ts";
import { zoneOf } from "../../view/zone.ts";

const RangeCalendar = lazy(() => import("./range_calendar.tsx"));

const running = presets.filter((name) => presetDays[name] !== undefined);
const whole = presets.filter((name) => presetDays[name] === undefined);

/** "9 – 15 Nov 2026". */
export function datesText({ from, to }: DateRange): string {
  const midnight = (text: string) => parseDate(text).toDate("UTC").toISOString();
  return formatRange(midnight(from), midnight(to), "UTC");
}

export function RangeControl({ view, now, change }: { view: View; now: Date; change: Change }) {
  const zone = zoneOf(view);
  const { range } = view;
  const other =
    typeof range !== "string" ? datesText(range) : whole.includes(range) ? presetLabels[range] : null;
  return (
    <fieldset className="control">
      <legend>Range</legend>
      <div className="control-row">
        <div className="segments">
          {running.map((name) => (
            <button
              key={name}
              type="button"
              className="button small"
              aria-pressed={range === name}
              onClick={() => change({ range: name })}
            >
              {presetLabels[name]}
            </button>
          ))}
        </div>
        <Popover
          className={other === null ? "button small" : "button small chosen"}
          ariaLabel={other === null ? "Other ranges" : `Other ranges, now ${other}`}
          label={
            <>
              <CalendarDays aria-hidden size={15} />
              {other ?? "Other"}
              <ChevronDown aria-hidden size={14} />
            </>
          }
        >
          {(close) => (
            <div className="range-box">
              <div className="range-presets">
                {whole.map((name) => (
                  <button
                    key={name}
                    type="button"
                    className="button small"
                    aria-pressed={range === name}
                    onClick={() => {
                      change({ range: name });
                      close();
                    }}
                  >
                    {presetLabels[name]}
                    <span className="soft">{datesText(datesOf(name, now, zone))}</span>
                  </button>
                ))}
              </div>
              <Suspense fallback={<div className="skeleton" />}>
                <RangeCalendar
                  dates={datesOf(range, now, zone)}
                  now={now}
                  zone={zone}
                  onChoose={(chosen) => {
                    change({ range: chosen });
                    close();
                  }}
                />
              </Suspense>
            </div>
          )}
        </Popover>
      </div>
    </fieldset>
  );
}
