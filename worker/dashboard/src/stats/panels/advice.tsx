// What stands in a panel of which the view matches nothing, with buttons that help.

import { Link } from "react-router";
import { limits } from "~schema";
import { useSession } from "../../api/session.ts";
import { Empty } from "../../ui/states.tsx";
import type { Change } from "../../view/use_view.ts";
import { defaultView, type View } from "../../view/view.ts";

/** The one project that the view is of, where nothing else narrows it. */
function onlyProjectOf({ filters }: View): string | undefined {
  const [filter] = filters;
  const isOne =
    filters.length === 1 && filter?.dimension === "project" && !filter.negated && !filter.contains;
  return isOne && filter.values.length === 1 ? filter.values[0] : undefined;
}

export function NothingMatches({ view, change }: { view: View; change: Change }) {
  const filtered = view.filters.length > 0;
  const longer = view.range !== "90d";
  const isAdmin = useSession().data?.role === "admin";
  const project = onlyProjectOf(view);
  return (
    <Empty title={filtered ? "Nothing matches" : "No submissions in this range"}>
      <p>
        {filtered && longer
          ? "Remove a filter or take a longer range."
          : filtered
            ? "Remove a filter."
            : longer
              ? "Take a longer range."
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
        {longer && (
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
