// Taking the view elsewhere, and asking for it again.

import { Code2, Link2, RefreshCw } from "lucide-react";
import { copy } from "../../ui/copy.ts";
import { statsQuery } from "../../view/query.ts";
import { refresh } from "../../view/use_view.ts";
import type { View } from "../../view/view.ts";
import { type LeadStatsQuery, reportPath } from "../queries.ts";

export function Share({ view, now, stats }: { view: View; now: Date; stats: LeadStatsQuery }) {
  return (
    <fieldset className="control-actions no-print">
      <legend className="unseen">This view</legend>
      <button
        type="button"
        className="button quiet small"
        title="Asks again; an answer may be up to five minutes old"
        onClick={() => void refresh()}
      >
        <RefreshCw aria-hidden size={15} className={stats.isFetching ? "turning" : undefined} />
        Refresh
      </button>
      <button
        type="button"
        className="button quiet small"
        title="The address of this view, for someone with a key"
        onClick={() => void copy(window.location.href, "The link to this view is copied.")}
      >
        <Link2 aria-hidden size={15} />
        Copy link
      </button>
      <button
        type="button"
        className="button quiet small"
        title="The address of the API that answers this, for scripts and AI agents"
        onClick={() =>
          void copy(
            `${window.location.origin}${reportPath}?${statsQuery(view, now)}`,
            "The API call is copied. Send it with Authorization: Bearer and a key.",
          )
        }
      >
        <Code2 aria-hidden size={15} />
        API call
      </button>
    </fieldset>
  );
}
