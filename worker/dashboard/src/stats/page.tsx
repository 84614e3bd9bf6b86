// Lead stats: controls above, panels below.

import type { Session } from "../api/session.ts";
import { useTitle } from "../ui/title.ts";
import { useView } from "../view/use_view.ts";
import { Answered } from "./controls/answered.tsx";
import { Controls } from "./controls/controls.tsx";
import { Notices } from "./controls/notices.tsx";
import { Realtime } from "./controls/realtime.tsx";
import { Panels } from "./panels/panels.tsx";
import { PrintHead } from "./print_head.tsx";
import { useBreakdown, useCountries, useStats } from "./queries.ts";

export default function StatsPage({ session }: { session: Session }) {
  useTitle("Lead stats");
  const { view, dropped, change, now } = useView();
  const stats = useStats(view, now);
  const breakdown = useBreakdown(view, now);
  const countries = useCountries(view, now);
  return (
    <>
      <h1 className="unseen">Lead stats</h1>
      <PrintHead title="Lead stats" />
      <Realtime view={view} />
      <Controls session={session} view={view} change={change} stats={stats} />
      <Answered view={view} now={now} stats={stats} />
      <Notices stats={stats} dropped={dropped} />
      <Panels view={view} change={change} stats={stats} breakdown={breakdown} countries={countries} />
    </>
  );
}
