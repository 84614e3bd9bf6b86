// Says to those who do not see the page that a changed view has been answered.

import { useEffect, useRef, useState } from "react";
import { formatCount } from "../../format.ts";
import { statsQuery } from "../../view/query.ts";
import type { View } from "../../view/view.ts";
import type { LeadStatsQuery } from "../queries.ts";

export function Answered({ view, now, stats }: { view: View; now: Date; stats: LeadStatsQuery }) {
  const question = statsQuery(view, now).toString();
  const last = useRef<string>(undefined);
  const [text, setText] = useState("");
  const { data, isPlaceholderData } = stats;
  const isFiltered = view.filters.length > 0;
  useEffect(() => {
    if (data === undefined || isPlaceholderData || last.current === question) return;
    // The first answer is what the page was opened for.
    if (last.current !== undefined) {
      const { total } = data.totals;
      const counted = `${formatCount(total)} ${total === 1 ? "submission" : "submissions"}`;
      setText(isFiltered ? `Filtered: ${counted}` : counted);
    }
    last.current = question;
  }, [data, isPlaceholderData, question, isFiltered]);
  return (
    <p className="unseen" aria-live="polite">
      {text}
    </p>
  );
}
