// The panels of the lead stats page and how they are laid out.

import { lazy, Suspense } from "react";
import { formatCount } from "../../format.ts";
import { Empty, FailuresContext } from "../../ui/states.tsx";
import { daysOfHours } from "../../view/query.ts";
import { countLabels } from "../../words.ts";
import { PageExport } from "../export/page_export.tsx";
import { ownAnswer } from "../queries.ts";
import { BreakdownBars, BreakdownControls, BreakdownTable, byTitle } from "./breakdown.tsx";
import { ByType } from "./by_type.tsx";
import { ChartPanel } from "./chart_panel.tsx";
import { type PageParts, useFailures } from "./failures.tsx";
import { CountSelect, HeatMap } from "./heat_map.tsx";
import { Kpis } from "./kpis.tsx";
import { OverTime } from "./over_time.tsx";
import { BucketsTable, CountriesTable, HoursTable } from "./tables.tsx";
import "../../styles/panels.css";

const InsightsPanel = lazy(() => import("../insights/panel.tsx"));

const NoHours = () => (
  <Empty title="The range is too long for this">
    <p>Choose a range of at most {formatCount(daysOfHours)} days.</p>
  </Empty>
);

export function Panels({ view, change, stats, breakdown, countries }: PageParts) {
  const heatOf = view.hours;
  const shared = { view, change };
  const failures = useFailures({ view, change, stats, breakdown, countries });
  return (
    <FailuresContext value={failures}>
      <div className="panels">
        <PageExport
          view={view}
          stats={ownAnswer(stats)}
          breakdown={ownAnswer(breakdown)}
          countries={ownAnswer(countries)}
        />
        <Kpis stats={stats} view={view} change={change} />
        <ChartPanel
          {...shared}
          title="Submissions over time"
          slug="over-time"
          query={stats}
          height={400}
          isEmpty={(data) => data.totals.total === 0 || data.buckets.length === 0}
          chart={(data) => <OverTime data={data} view={view} change={change} />}
          table={(data) => <BucketsTable data={data} compared />}
        />
        <ChartPanel
          {...shared}
          title="Each type on its own scale"
          slug="by-type"
          query={stats}
          height={180}
          isEmpty={(data) => data.totals.total === 0 || data.buckets.length === 0}
          chart={(data) => <ByType data={data} />}
          tableOnPaper={false}
          table={(data) => <BucketsTable data={data} />}
        />
        <ChartPanel
          {...shared}
          title="Breakdown"
          slug="breakdown"
          className="breakdown"
          query={breakdown}
          height={420}
          controls={<BreakdownControls view={view} change={change} />}
          chart={(data) => <BreakdownBars data={data} change={change} />}
          picturedAs={`by ${byTitle(breakdown.data?.meta.group_by ?? view.by)}`}
          beside={(data) => <BreakdownTable data={data} view={view} change={change} />}
        />
        <Suspense fallback={null}>
          <InsightsPanel
            {...shared}
            ready={![stats, breakdown, countries].some((query) => query.isPending)}
          />
        </Suspense>
        <ChartPanel
          {...shared}
          title="Hours of the week"
          slug="hours"
          query={stats}
          height={420}
          formats={["json"]}
          controls={
            <CountSelect
              label="Count of the hours of the week"
              value={heatOf}
              change={(hours) => change({ hours })}
            />
          }
          isEmpty={(data) => data.totals.total === 0 || data.hour_of_week === undefined}
          empty={(data) => (data.totals.total === 0 ? null : <NoHours />)}
          chart={(data) => <HeatMap data={data} name={heatOf} />}
          tableOnPaper={false}
          table={(data) => <HoursTable data={data} />}
          picturedAs={`(${countLabels[heatOf]})`}
        />
        <ChartPanel
          {...shared}
          title="Countries"
          slug="countries"
          query={countries}
          height={430}
          pictured={false}
          chart={(data) => <CountriesTable data={data} change={change} />}
        />
      </div>
    </FailuresContext>
  );
}
