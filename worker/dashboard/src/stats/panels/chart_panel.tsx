// A panel with a chart and the table of the same numbers, an export menu, and every state that an answer can be in.

import { ChartNoAxesCombined, Table2 } from "lucide-react";
import { type ReactNode, Suspense, useDeferredValue, useRef } from "react";
import type { LeadStats } from "../../api/stats.ts";
import { Answer, Panel } from "../../ui/panel.tsx";
import type { Change } from "../../view/use_view.ts";
import type { View } from "../../view/view.ts";
import { zoneOf } from "../../view/zone.ts";
import { ExportMenu } from "../export/export_menu.tsx";
import type { TextFormat } from "../export/files.ts";
import { type LeadStatsQuery, ownAnswer } from "../queries.ts";
import { NothingMatches } from "./advice.tsx";
import { usePrinting } from "./use_printing.ts";

type Shown = "chart" | "table";

function Switch({ shown, show, title }: { shown: Shown; show: (next: Shown) => void; title: string }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is drawn and laid out differently
    <div className="segments" role="group" aria-label={`${title}: shown as`}>
      <button
        type="button"
        className="button small"
        aria-pressed={shown === "chart"}
        onClick={() => show("chart")}
      >
        <ChartNoAxesCombined aria-hidden size={15} />
        <span className="wide-only">Chart</span>
      </button>
      <button
        type="button"
        className="button small"
        aria-pressed={shown === "table"}
        onClick={() => show("table")}
      >
        <Table2 aria-hidden size={15} />
        <span className="wide-only">Table</span>
      </button>
    </div>
  );
}

/** What was clicked answers at once; charts are drawn anew when there is time. */
const Later = ({ data, children }: { data: LeadStats; children: (data: LeadStats) => ReactNode }) =>
  children(useDeferredValue(data));

export const skeleton = (blockSize: number) => <div className="skeleton" style={{ blockSize }} />;

export function ChartPanel({
  title,
  slug,
  about,
  controls,
  query,
  view,
  change,
  formats,
  className = "",
  height,
  isEmpty = (data) => data.totals.total === 0,
  empty,
  chart,
  table,
  tableOnPaper = true,
  beside,
  pictured = true,
  picturedAs,
}: {
  title: string;
  /** Part of the names of files. */
  slug: string;
  about?: ReactNode;
  controls?: ReactNode;
  query: LeadStatsQuery;
  view: View;
  change: Change;
  formats?: readonly TextFormat[];
  className?: string;
  /** Of the skeleton: about that of the chart. */
  height: number;
  isEmpty?: (data: LeadStats) => boolean;
  /** What stands there then; null: that nothing matches. */
  empty?: (data: LeadStats) => ReactNode;
  chart: (data: LeadStats) => ReactNode;
  /** undefined: the chart has its table beside it, or is one. */
  table?: (data: LeadStats) => ReactNode;
  /** false: the chart has every number in words, or another table has them. */
  tableOnPaper?: boolean;
  /** Always shown with the chart, but not part of its picture. */
  beside?: (data: LeadStats) => ReactNode;
  /** false: it is a table, of which a picture would show a part. */
  pictured?: boolean;
  /** What the picture's title says besides. */
  picturedAs?: string;
}) {
  const shown: Shown = table !== undefined && view.tables.includes(slug) ? "table" : "chart";
  const show = (next: Shown) => {
    change(({ tables }) => {
      const others = tables.filter((name) => name !== slug);
      return { tables: next === "table" ? [...others, slug].sort() : others };
    });
  };
  const figure = useRef<HTMLDivElement>(null);
  const printing = usePrinting();
  const { data } = query;
  const there = data !== undefined && !isEmpty(data);
  return (
    <Panel
      title={title}
      {...(about === undefined ? {} : { about })}
      className={`chart-panel ${className}`}
      actions={
        <>
          {controls}
          {there && table !== undefined && <Switch shown={shown} show={show} title={title} />}
          {there && (
            <ExportMenu
              title={picturedAs === undefined ? title : `${title} ${picturedAs}`}
              slug={slug}
              answer={ownAnswer(query)}
              formats={formats}
              picture={pictured && shown === "chart" ? figure : undefined}
            />
          )}
        </>
      }
    >
      <Answer query={query} loading={skeleton(height)} height={height} part={slug} timezone={zoneOf(view)}>
        {(answer) =>
          isEmpty(answer) ? (
            (empty?.(answer) ?? <NothingMatches view={view} change={change} />)
          ) : (
            <>
              {(shown === "chart" || printing) && (
                <div ref={figure} className="figure">
                  <Suspense fallback={skeleton(height)}>
                    <Later data={answer}>{chart}</Later>
                  </Suspense>
                </div>
              )}
              {beside?.(answer)}
              {table !== undefined && (shown === "table" || (printing && tableOnPaper)) && table(answer)}
            </>
          )
        }
      </Answer>
    </Panel>
  );
}
