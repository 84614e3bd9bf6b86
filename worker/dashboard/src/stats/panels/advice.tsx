// What stands in a panel of which the view matches nothing, with buttons that help.

import { Link } from "react-router";
import { limits } from "~schema";
import { useSession } from "../../api/session.ts";
import { Empty } from "../../ui/states.tsx";
import { datesOf } from "../../view/range.ts";
import { type Change, useNow } from "../../view/use_view.ts";
import { defaultView, type View } from "../../view/view.ts";
import { zoneOf } from "../../view/zone.ts";

/** The one project that the view is of, where nothing else narrows it. */
function onlyProjectOf({ filters }: View): string | undefined {
  const [filter] = filters;
  const isOne =
    filters.length === 1 && filter?.dimension === "project" && !filter.negated && !filter.contains;
  return isOne && filter.values.length === 1 ? filter.values[0] : undefined;
}

const DAY_MS = 86_400_000;

/** What a view's range is beside the longest one at hand; null where it has all of that already. */
function otherRange(view: View, now: Date): "a longer range" | "another range" | null {
  const zone = zoneOf(view);
  const { from, to } = datesOf(view.range, now, zone);
  const longest = datesOf("90d", now, zone);
  if (from <= longest.from && to >= longest.to) return null;
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS;
  return days < limits.report_days_max ? "a longer range" : "another range";
}

export function NothingMatches({ view, change }: { view: View; change: Change }) {
  const filtered = view.filters.length > 0;
  const other = otherRange(view, useNow());
  const isAdmin = useSession().data?.role === "admin";
  const project = onlyProjectOf(view);
  return (
    <Empty title={filtered ? "Nothing matches" : "No submissions in this range"}>
      <p>
        {filtered && other !== null
          ? `Remove a filter or take ${other}.`
          : filtered
            ? "Remove a filter."
            : other !== null
              ? `Take ${other}.`
              : "As soon as a form is sent, it is counted here."}
      </p>
      <div className="advice no-print">
        {filtered && (
          <button type="button" className="button" onClick={() => change({ filters: [] })}>
            Remove all filters
          </button>
        )}
        {isAdmin && project !== undefined && (
          <Link className="button" to={`/projects/${encodeURIComponent(project)}`}>
            Send a test lead
          </Link>
        )}
        {other !== null && (
          <button
            type="button"
            className="button"
            onClick={() => change({ range: "90d", bucket: defaultView.bucket })}
          >
            Show {limits.report_days_max} days
          </button>
        )}
      </div>
    </Empty>
  );
}
