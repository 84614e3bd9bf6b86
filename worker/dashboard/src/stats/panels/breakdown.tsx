// The breakdown by one or two dimensions: bars of the largest, a table of all.

import { lazy, Suspense, useCallback, useMemo, useRef } from "react";
import type { LeadStats } from "../../api/stats.ts";
import type { Change } from "../../view/use_view.ts";
import { dimensionNames, type View } from "../../view/view.ts";
import {
  countLabels,
  type DimensionName,
  dimensionLabels,
  eventTypeLabels,
  eventTypes,
} from "../../words.ts";
import { skeleton } from "./chart_panel.tsx";
import { CountsTable } from "./counts_table.tsx";
import { narrowedTo } from "./filters.ts";
import { groupId, groupLabel, groupRows } from "./groups.tsx";
import { CountSelect } from "./heat_map.tsx";
import { useWidth } from "./use_width.ts";

const GroupBars = lazy(() => import("./group_bars.tsx"));

const BARS = 12;

export const byTitle = (by: readonly DimensionName[]) =>
  by.map((name) => dimensionLabels[name]).join(" and ");

export function BreakdownControls({ view, change }: { view: View; change: Change }) {
  const [first = "source", second] = view.by;
  const names = [...dimensionNames].sort((a, b) => dimensionLabels[a].localeCompare(dimensionLabels[b]));
  const options = (without?: DimensionName) =>
    names
      .filter((name) => name !== without)
      .map((name) => (
        <option key={name} value={name}>
          {dimensionLabels[name]}
        </option>
      ));
  return (
    <div className="by">
      <label>
        By
        <select
          className="input compact"
          aria-label="Break down by"
          value={first}
          onChange={(event) => {
            const name = event.target.value as DimensionName;
            change(({ by: [, and] }) => ({ by: and === undefined || and === name ? [name] : [name, and] }));
          }}
        >
          {options()}
        </select>
      </label>
      <label>
        and
        <select
          className="input compact"
          aria-label="And break down by"
          value={second ?? ""}
          onChange={(event) => {
            const name = event.target.value as DimensionName | "";
            change(({ by: [by = first] }) => ({ by: name === "" || name === by ? [by] : [by, name] }));
          }}
        >
          <option value="">nothing else</option>
          {options(first)}
        </select>
      </label>
      <span>
        ranked by
        <CountSelect label="Ranked by" value={view.sort} change={(sort) => change({ sort })} />
      </span>
    </div>
  );
}

export function BreakdownBars({ data, change }: { data: LeadStats; change: Change }) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  // What the answer was asked by: while another one is coming, the view is ahead of it.
  const by = data.meta.group_by;
  const largest = useMemo(() => data.groups.filter(({ key }) => key !== null).slice(0, BARS), [data]);
  const bars = useMemo(
    () => largest.map((group) => ({ ...group, id: groupId(group, by), label: groupLabel(group, by) })),
    [largest, by],
  );
  const pick = useCallback(
    (id: string) => {
      const key = largest.find((group) => groupId(group, by) === id)?.key;
      if (key) change(({ filters }) => ({ filters: narrowedTo(filters, key) }));
    },
    [largest, by, change],
  );
  return (
    <div ref={frame} className="bars">
      <ul className="legend still" aria-label="Colours">
        {eventTypes.map((type) => (
          <li key={type}>
            <span className={`swatch ${type}`} aria-hidden /> {eventTypeLabels[type]}
          </li>
        ))}
      </ul>
      {width > 0 && bars.length > 0 && (
        <Suspense fallback={skeleton(360)}>
          <GroupBars
            bars={bars}
            width={width}
            title={`The largest ${bars.length} by ${byTitle(by)}`}
            onPick={pick}
          />
        </Suspense>
      )}
    </div>
  );
}

export function BreakdownTable({ data, view, change }: { data: LeadStats; view: View; change: Change }) {
  const by = data.meta.group_by;
  const { rows, last } = useMemo(() => groupRows(data.groups, by, change), [data, by, change]);
  const sort = useMemo(
    () => ({ by: view.sort, change: (name: View["sort"]) => change({ sort: name }) }),
    [view.sort, change],
  );
  return (
    <CountsTable
      caption={`Submissions by ${byTitle(by)}, ranked by ${countLabels[view.sort]}`}
      heads={by.map((name) => dimensionLabels[name])}
      rows={rows}
      last={last}
      sort={sort}
      height={BARS * 36 + 40}
    />
  );
}
