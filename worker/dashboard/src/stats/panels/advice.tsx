// What stands in a panel of which the view matches nothing, with buttons that help.

import { limits } from "~schema";
import { Empty } from "../../ui/states.tsx";
import { defaultView, type View } from "../../view/view.ts";

export type Change = (patch: Partial<View>) => void;

export function NothingMatches({ view, change }: { view: View; change: Change }) {
  const filtered = view.filters.length > 0;
  const longer = view.range !== "90d";
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
