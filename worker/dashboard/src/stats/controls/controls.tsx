// Everything that changes the view of the lead stats page. On a phone it is folded behind one line that says what is
// shown.

import { SlidersHorizontal } from "lucide-react";
import { useId, useState } from "react";
import type { Session } from "../../api/session.ts";
import { comparisonOf } from "../../api/stats.ts";
import { formatSpan, formatTime } from "../../format.ts";
import { readView } from "../../view/address.ts";
import { bucketLabel, bucketOf } from "../../view/buckets.ts";
import { presetLabels } from "../../view/range.ts";
import { type Change, useNow } from "../../view/use_view.ts";
import type { View } from "../../view/view.ts";
import { deploymentZone, zoneOf } from "../../view/zone.ts";
import { type LeadStatsQuery, sourceOf } from "../queries.ts";
import { BucketControl } from "./bucket_control.tsx";
import { CompareControl } from "./compare_control.tsx";
import { FilterBar } from "./filter_bar.tsx";
import { ProjectControl } from "./project_control.tsx";
import { datesText, RangeControl } from "./range_control.tsx";
import { Share } from "./share.tsx";
import { projectsText, spanText } from "./used_words.ts";
import { ZoneControl } from "./zone_control.tsx";
import { zoneText } from "./zones.ts";
import "../../styles/controls.css";

/** What the answer below really is of. */
function Used({ stats, session }: { stats: LeadStatsQuery; session: Session }) {
  const { data } = stats;
  if (data === undefined) return <p className="used soft">{stats.isPending ? "Counting…" : ""}</p>;
  const { meta } = data;
  const comparison = comparisonOf(data);
  // Of the question, not of the view: that one is ahead of the answer.
  const { filters } = readView(new URLSearchParams(sourceOf(data)?.question));
  return (
    <p className="used" aria-busy={stats.isPlaceholderData}>
      <strong>
        <bdi>{projectsText(filters, session)}</bdi>, <bdi>{spanText(meta)}</bdi>
      </strong>
      <span className="soft">
        {" "}
        in {zoneText(meta.timezone)}
        {comparison !== null && (
          <>
            , compared with <bdi>{formatSpan(comparison.from, comparison.to, meta.timezone)}</bdi>
          </>
        )}
        . Counted at <bdi>{formatTime(meta.generated_at, "time", meta.timezone)}</bdi>.
      </span>
    </p>
  );
}

export function Controls({
  session,
  view,
  change,
  stats,
}: {
  session: Session;
  view: View;
  change: Change;
  stats: LeadStatsQuery;
}) {
  const id = useId();
  const now = useNow();
  const [isOpen, setOpen] = useState(false);
  const zone = zoneOf(view);
  const parts = { view, now, change };
  const range = typeof view.range === "string" ? presetLabels[view.range] : datesText(view.range);
  return (
    <section className="controls" aria-label="What is shown">
      <button
        type="button"
        className="button fold no-print"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <SlidersHorizontal aria-hidden size={16} />
        {range}, by {bucketLabel(bucketOf(view, now, zone)).toLowerCase()}
      </button>
      <div id={id} className={isOpen ? "control-body no-print open" : "control-body no-print"}>
        <RangeControl {...parts} />
        <BucketControl {...parts} />
        <CompareControl view={view} change={change} />
        <ZoneControl {...parts} deployment={deploymentZone()} />
      </div>
      <FilterBar {...parts} first={<ProjectControl {...parts} session={session} />} />
      <div className="control-foot">
        <Used stats={stats} session={session} />
        <Share view={view} now={now} stats={stats} />
      </div>
    </section>
  );
}
