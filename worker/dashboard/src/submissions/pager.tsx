// Below a page of submissions: how much there is, how many rows a page has, and the way to the others.

import { ChevronLeft, ChevronRight } from "lucide-react";
import { useId } from "react";
import type { SubmissionPage } from "../api/submissions.ts";
import { formatCount, formatTime } from "../format.ts";
import type { Change } from "./filters.tsx";
import { pageSizes, type Search } from "./search.ts";

export function Pager({
  page,
  search,
  pageNumber,
  lookedBackTo,
  timezone,
  change,
  turn,
  next,
  previous,
}: {
  page: SubmissionPage;
  search: Search;
  pageNumber: number;
  /** Where the search has stopped for now; null where it has seen all, or the page is full. */
  lookedBackTo: string | null;
  timezone: string;
  change: Change;
  /** Goes on, and to the top of the page. */
  turn: (go: () => void) => void;
  next: (cursor: string) => void;
  previous: () => void;
}) {
  const id = useId();
  const isFirst = pageNumber === 1;
  const cursor = page.next_cursor;
  return (
    <div className="pager">
      <p className="soft" role="status">
        {formatCount(page.data.length)} on this page
        {!isFirst && `, page ${formatCount(pageNumber)}`}
        {page.data.length > 0 && lookedBackTo !== null
          ? `, looked back to ${formatTime(lookedBackTo, "moment", timezone)}`
          : ""}
        . Times in {timezone}.
      </p>
      <div className="field inline no-print">
        <label htmlFor={id}>Rows</label>
        <select
          id={id}
          className="input"
          value={search.limit}
          onChange={(event) => change({ limit: Number(event.target.value) })}
        >
          {pageSizes.map((size) => (
            <option key={size}>{size}</option>
          ))}
        </select>
      </div>
      <div className="turn no-print">
        {isFirst && search.cursor !== "" && (
          <button type="button" className="button" onClick={() => change({})}>
            First page
          </button>
        )}
        <button type="button" className="button" disabled={isFirst} onClick={() => turn(previous)}>
          <ChevronLeft aria-hidden size={16} />
          Previous
        </button>
        <button
          type="button"
          className="button"
          disabled={cursor === null}
          onClick={() => turn(() => cursor !== null && next(cursor))}
        >
          Next
          <ChevronRight aria-hidden size={16} />
        </button>
      </div>
    </div>
  );
}
