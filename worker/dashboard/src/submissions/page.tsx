// Submissions of all five types: searched, a page at a time.

import { Download } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import { Problem } from "../api/http.ts";
import type { Session } from "../api/session.ts";
import { exportPath, type SubmissionPage, useSubmissions } from "../api/submissions.ts";
import { formatTime } from "../format.ts";
import { Notice } from "../ui/notice.tsx";
import { Answer } from "../ui/panel.tsx";
import { Empty, type Failures, FailuresContext } from "../ui/states.tsx";
import { useTitle } from "../ui/title.ts";
import { droppedText } from "../view/dropped.ts";
import { Filters, labelOf } from "./filters.tsx";
import { Pager } from "./pager.tsx";
import { daysFault, emptySearch, isNarrowed, questionOf, type Search } from "./search.ts";
import { SubmissionTable } from "./table.tsx";
import { useSearch } from "./use_search.ts";
import "../styles/admin.css";

function Nothing({
  page,
  search,
  timezone,
  lookedBackTo,
  onNext,
  onClear,
}: {
  page: SubmissionPage;
  search: Search;
  timezone: string;
  lookedBackTo: string | null;
  onNext: (cursor: string) => void;
  onClear: () => void;
}) {
  const cursor = page.next_cursor;
  if (cursor !== null) {
    return (
      <Empty
        title={
          lookedBackTo === null
            ? "Nothing found so far"
            : `Nothing found back to ${formatTime(lookedBackTo, "date", timezone)}`
        }
      >
        <p>A search reads the ledger a stretch at a time. Older submissions have not been looked at yet.</p>
        <button type="button" className="button main" onClick={() => onNext(cursor)}>
          Look further back
        </button>
      </Empty>
    );
  }
  if (search.cursor !== "") {
    return (
      <Empty title="There is nothing older">
        <p>The search has reached the oldest submission.</p>
      </Empty>
    );
  }
  if (isNarrowed(search)) {
    return (
      <Empty title="No submission matches">
        <p>Search for less, or for other days.</p>
        <button type="button" className="button" onClick={onClear}>
          Clear all
        </button>
      </Empty>
    );
  }
  return (
    <Empty title="No submission has come yet">
      <p>
        Put the form on your website: its snippet is in <Link to="/projects">your project</Link>, and a test
        lead can be sent from there.
      </p>
    </Empty>
  );
}

export default function SubmissionsPage({ session }: { session: Session }) {
  useTitle("Submissions");
  const { search, dropped, change, pageNumber, next, previous } = useSearch();
  // A letter that is no search yet is in the box alone.
  const [clearings, setClearings] = useState(0);
  const clear = () => {
    change({ ...emptySearch, limit: search.limit });
    setClearings(clearings + 1);
  };
  const timezone = session.reporting_timezone;
  const question = questionOf(search, timezone);
  const fault = daysFault(search);
  const query = useSubmissions(question, fault === null);
  const isShort = query.data !== undefined && query.data.data.length < search.limit;
  const lookedBackTo = (isShort && query.data?.searched_to) || null;
  const failures: Failures = {
    labelOf,
    saidBy: () => undefined,
    help: (error) => {
      if (!(error instanceof Problem) || error.invalidParams.length === 0) return null;
      const isOfPage = error.invalidParams.every(({ name }) => name === "cursor");
      return (
        <button type="button" className="button" onClick={isOfPage ? () => change({}) : clear}>
          {isOfPage ? "First page" : "Clear all"}
        </button>
      );
    },
  };
  const turn = (go: () => void) => {
    go();
    document.getElementById("content")?.scrollIntoView();
  };
  const exported = (
    <>
      <Download aria-hidden size={16} />
      Export NDJSON
    </>
  );
  return (
    <>
      <div className="page-head">
        <h1>Submissions</h1>
        <div className="actions no-print">
          {fault === null ? (
            <a
              className="button"
              href={exportPath(question)}
              download="submissions.ndjson"
              title="All that match, one JSON object a line, not only this page"
            >
              {exported}
            </a>
          ) : (
            <button type="button" className="button" disabled>
              {exported}
            </button>
          )}
        </div>
      </div>
      <section className="panel" aria-label="Submissions">
        <div className="body">
          <Filters key={clearings} session={session} search={search} change={change} clear={clear} />
          {dropped.length > 0 && <Notice tone="warn">{droppedText(dropped)}</Notice>}
          <FailuresContext value={failures}>
            {fault !== null ? (
              <Empty title="There are no such days">
                <p>Choose other days.</p>
              </Empty>
            ) : (
              <Answer query={query}>
                {(page) => (
                  <>
                    {page.data.length === 0 ? (
                      <Nothing
                        page={page}
                        search={search}
                        timezone={timezone}
                        lookedBackTo={lookedBackTo}
                        onNext={next}
                        onClear={clear}
                      />
                    ) : (
                      <SubmissionTable rows={page.data} timezone={timezone} />
                    )}
                    <Pager
                      page={page}
                      search={search}
                      pageNumber={pageNumber}
                      lookedBackTo={lookedBackTo}
                      timezone={timezone}
                      change={change}
                      turn={turn}
                      next={next}
                      previous={previous}
                    />
                  </>
                )}
              </Answer>
            )}
          </FailuresContext>
        </div>
      </section>
    </>
  );
}
