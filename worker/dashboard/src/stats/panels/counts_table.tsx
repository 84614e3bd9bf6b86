// A table of rows with the nine counts: the numbers behind every chart. Only the rows in sight are in the document where
// there are many; on paper a first part of them is.

import {
  type ColumnDef,
  createSortedRowModel,
  rowSortingFeature,
  sortFn_basic,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { Fragment, memo, type ReactNode, useMemo, useRef } from "react";
import { counts } from "~schema";
import type { Counts } from "../../api/stats.ts";
import { formatCount, formatShare } from "../../format.ts";
import { type CountName, countLabels } from "../../words.ts";
import { usePrinting } from "./use_printing.ts";

export interface CountsRow {
  id: string;
  /** One for each of `heads`; called for rows in sight. */
  labels: () => ReactNode[];
  counts: Counts;
  /** 0 to 1, with a bar, beside the total where there is room. */
  share?: number | null;
  note?: string | null;
}

const ROW_HEIGHT = 36;
const MANY = 80;
const MOST_ON_PAPER = 150;
const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { basic: sortFn_basic },
});
type Column = ColumnDef<typeof features, CountsRow>;

const columns: Column[] = counts.map((name) => ({
  id: name,
  accessorFn: (row: CountsRow) => row.counts[name],
  header: countLabels[name],
  sortFn: "basic",
  sortDescFirst: true,
}));

const Row = memo(function Row({
  row,
  index,
  withShare,
}: {
  row: CountsRow;
  index: number | undefined;
  withShare: boolean;
}) {
  return (
    <tr aria-rowindex={index}>
      {row.labels().map((label, place) =>
        place === 0 ? (
          <th key="0" scope="row">
            {label}
            {row.note && <span className="row-note">{row.note}</span>}
          </th>
        ) : (
          // The labels of a row stand in a fixed order.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <td key={place}>{label}</td>
        ),
      )}
      {counts.map((name, place) => (
        <Fragment key={name}>
          <td className={row.counts[name] === 0 ? "numeric zero" : "numeric"}>
            {formatCount(row.counts[name])}
          </td>
          {withShare && place === 0 && (
            <td className="share">
              <span className="share-bar" aria-hidden>
                {row.share != null && row.share > 0 && (
                  <span style={{ inlineSize: `${Math.min(100, row.share * 100)}%` }} />
                )}
              </span>
              <span className="numeric">{formatShare(row.share ?? null)}</span>
            </td>
          )}
        </Fragment>
      ))}
    </tr>
  );
});

export function CountsTable({
  caption,
  heads,
  rows,
  last,
  sort,
  height = 420,
}: {
  caption: string;
  heads: string[];
  rows: CountsRow[];
  /** Stands below all others, wherever they are sorted to. */
  last?: CountsRow | undefined;
  /** By whom rows are ranked: the server (then `by` of all there are), or this table; null: they keep their order. */
  sort: { by: CountName; change: (by: CountName) => void } | "here" | null;
  height?: number;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const printing = usePrinting();
  const byServer = sort !== null && sort !== "here";
  const serverBy = byServer ? sort.by : null;
  const state = useMemo(
    () => (serverBy === null ? {} : { sorting: [{ id: serverBy, desc: true }] }),
    [serverBy],
  );
  const table = useTable({
    features,
    columns,
    data: rows,
    getRowId: (row) => row.id,
    manualSorting: sort !== "here",
    enableSorting: sort !== null,
    state,
  });
  const sorted = table.getRowModel().rows;
  const many = sorted.length > MANY && !printing;
  const virtualizer = useVirtualizer({
    count: many ? sorted.length : 0,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
  });
  const items = virtualizer.getVirtualItems();
  const shown = many
    ? items.map(({ index }) => index)
    : sorted.slice(0, printing ? MOST_ON_PAPER : undefined).map((_, i) => i);
  const above = many ? (items[0]?.start ?? 0) : 0;
  const below = many ? virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0) : 0;
  const withShare = rows.some(({ share }) => share !== undefined);
  const width = heads.length + counts.length + (withShare ? 1 : 0);
  const spacer = (size: number) =>
    size > 0 && (
      <tr aria-hidden className="spacer">
        <td colSpan={width} style={{ blockSize: size }} />
      </tr>
    );
  return (
    <>
      {/* Scrolled with the arrow keys, so it must be reachable. */}
      <section
        className="table-frame counts-frame"
        ref={frame}
        style={{ maxBlockSize: printing ? "none" : height }}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling part must be reachable by keyboard
        tabIndex={0}
        aria-label={caption}
      >
        <table
          className={many ? "table counts many" : "table counts"}
          aria-rowcount={many ? sorted.length + 1 : undefined}
        >
          <caption className="unseen">{caption}</caption>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
              {table.getFlatHeaders().map((header, place) => {
                const name = header.column.id as CountName;
                const isSorted = byServer ? sort.by === name && "desc" : header.column.getIsSorted();
                return (
                  <Fragment key={name}>
                    <th
                      scope="col"
                      className="numeric"
                      aria-sort={
                        isSorted === "desc" ? "descending" : isSorted === "asc" ? "ascending" : undefined
                      }
                    >
                      {sort === null ? (
                        countLabels[name]
                      ) : (
                        <button
                          type="button"
                          className="sort"
                          onClick={() => (byServer ? sort.change(name) : header.column.toggleSorting())}
                        >
                          {countLabels[name]}
                          {isSorted === "desc" && <ArrowDown aria-hidden size={13} />}
                          {isSorted === "asc" && <ArrowUp aria-hidden size={13} />}
                        </button>
                      )}
                    </th>
                    {withShare && place === 0 && (
                      <th scope="col" className="share">
                        Share
                      </th>
                    )}
                  </Fragment>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {spacer(above)}
            {shown.map((index) => {
              const row = sorted[index];
              return (
                row !== undefined && (
                  <Row
                    key={row.id}
                    row={row.original}
                    index={many ? index + 2 : undefined}
                    withShare={withShare}
                  />
                )
              );
            })}
            {spacer(below)}
          </tbody>
          {last !== undefined && (
            <tfoot>
              <Row row={last} index={undefined} withShare={withShare} />
            </tfoot>
          )}
        </table>
      </section>
      {printing && sorted.length > MOST_ON_PAPER && (
        <p className="about">
          The first {formatCount(MOST_ON_PAPER)} of {formatCount(sorted.length)} rows. An export has all of
          them.
        </p>
      )}
    </>
  );
}
