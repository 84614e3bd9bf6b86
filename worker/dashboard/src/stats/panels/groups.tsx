// Groups as rows of a table: a value is a button that filters by it.

import type { ReactNode } from "react";
import type { GroupRow } from "../../api/stats.ts";
import type { Change } from "../../view/use_view.ts";
import { type DimensionName, valueLabel } from "../../words.ts";
import type { CountsRow } from "./counts_table.tsx";
import { narrowed, narrowedTo } from "./filters.ts";
import { Country } from "./flag.tsx";

export const OTHER = "All others";
const SEPARATOR = "\u001f";

/** One for each group of an answer. */
export const groupId = (group: GroupRow, by: readonly DimensionName[]): string =>
  by.map((dimension) => group.key?.[dimension] ?? "").join(SEPARATOR);

export const groupLabel = (group: GroupRow, by: readonly DimensionName[]): string =>
  group.key === null
    ? OTHER
    : by.map((dimension) => valueLabel(dimension, group.key?.[dimension] ?? "")).join(" · ");

function Value({ dimension, value, pick }: { dimension: DimensionName; value: string; pick: () => void }) {
  const label = valueLabel(dimension, value);
  const shown: ReactNode = dimension === "country" ? <Country code={value} /> : label;
  return (
    <button type="button" className="pick" title={`Show only ${label}`} onClick={pick}>
      {shown}
      <span className="unseen">: show only these</span>
    </button>
  );
}

/** Rows, and the rest that the answer sums. */
export function groupRows(
  groups: readonly GroupRow[],
  by: readonly DimensionName[],
  change: Change,
): { rows: CountsRow[]; last: CountsRow | undefined } {
  const rows: CountsRow[] = [];
  let last: CountsRow | undefined;
  for (const group of groups) {
    const { key } = group;
    if (key === null) {
      last = {
        id: OTHER,
        labels: () => by.map((_, index) => (index === 0 ? OTHER : "")),
        counts: group,
        share: group.share,
      };
      continue;
    }
    rows.push({
      id: groupId(group, by),
      labels: () =>
        by.map((dimension, index) => (
          <Value
            key={dimension}
            dimension={dimension}
            value={key[dimension] ?? ""}
            pick={() =>
              change(({ filters }) => ({
                // The first value stands for the whole row.
                filters:
                  index === 0 ? narrowedTo(filters, key) : narrowed(filters, dimension, key[dimension] ?? ""),
              }))
            }
          />
        )),
      counts: group,
      share: group.share,
    });
  }
  return { rows, last };
}
