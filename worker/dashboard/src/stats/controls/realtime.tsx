// The last half hour by the minute, kept up to date by itself. It asks for nothing but itself, and is quiet for screen
// readers: what changes every twenty seconds is there to be read, not announced.

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { requestJson } from "../../api/http.ts";
import { mayPass } from "../../api/query_client.ts";
import type { LeadStats } from "../../api/stats.ts";
import { formatCount, formatTime } from "../../format.ts";
import { Popover } from "../../ui/popover.tsx";
import { realtimeQuery } from "../../view/query.ts";
import type { View } from "../../view/view.ts";
import { type EventType, eventTypeLabels, eventTypes } from "../../words.ts";
import { reportPath } from "../queries.ts";
import { RealtimeBars, RealtimeTable } from "./realtime_bars.tsx";
import { lagText, MINUTES } from "./realtime_words.ts";
import "../../styles/controls.css";

const REFRESH_MS = 20_000;
const TICK_MS = 10_000;

/** "40 seconds ago" goes on without a new answer. */
function useClock(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") setNow(Date.now());
    }, TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

function useRealtime(view: View) {
  // The filters make the question; the half hour that it is of moves on beneath it.
  const question = realtimeQuery(view, new Date(0)).toString();
  return useQuery({
    queryKey: ["realtime", question],
    queryFn: ({ signal }) =>
      requestJson<LeadStats>(`${reportPath}?${realtimeQuery(view, new Date())}`, {
        signal,
        timeoutMs: REFRESH_MS,
      }),
    // In a tab that nobody sees it rests, and goes on as soon as somebody does.
    refetchInterval: ({ state }) => (state.error === null || mayPass(state.error) ? REFRESH_MS : false),
    refetchOnWindowFocus: true,
    staleTime: REFRESH_MS / 2,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

function State({ query, now }: { query: ReturnType<typeof useRealtime>; now: number }) {
  const { data } = query;
  const again = mayPass(query.error) ? " It is tried again by itself." : "";
  if (data === undefined) {
    return (
      <p className="realtime-state">
        {query.isError ? `This could not be counted: ${query.error.message}${again}` : "Counting…"}
      </p>
    );
  }
  const counted = formatTime(data.meta.generated_at, "time", data.meta.timezone);
  if (query.isError) {
    return (
      <p className="realtime-state bad">
        Could not be refreshed; shown is {counted}.{again}
      </p>
    );
  }
  if (data.meta.cache === "stale") {
    return (
      <p className="realtime-state bad">
        Analytics Engine gives no answer; shown is the last good one, of {counted}.
      </p>
    );
  }
  return <p className="realtime-state">{lagText(data.meta, Math.max(now, query.dataUpdatedAt))}.</p>;
}

export function Realtime({ view }: { view: View }) {
  const query = useRealtime(view);
  const now = useClock();
  const { data } = query;
  const isLive = data !== undefined && !query.isError && data.meta.cache !== "stale";
  const rows = data?.buckets.slice(-MINUTES) ?? [];
  // Of the rows, not of the answer: where this clock is behind the server's, the answer has some minutes more.
  const sum = (name: "total" | EventType) => rows.reduce((counted, row) => counted + row[name], 0);
  return (
    <section className="realtime" aria-labelledby="realtime-title">
      <div className="realtime-head">
        <h2 id="realtime-title">
          <span className={isLive ? "pulse" : "pulse off"} aria-hidden />
          Last 30 minutes
        </h2>
        <p className="realtime-total">
          <strong>{data === undefined ? "–" : formatCount(sum("total"))}</strong>
          <span className="soft"> {sum("total") === 1 ? "submission" : "submissions"}</span>
        </p>
      </div>
      <div className="realtime-bars" aria-busy={query.isPlaceholderData}>
        {data === undefined ? (
          <div className="bars" />
        ) : (
          <RealtimeBars rows={rows} timezone={data.meta.timezone} />
        )}
      </div>
      <div className="realtime-foot">
        <ul className="realtime-kinds">
          {eventTypes.map((type) => (
            <li key={type}>
              <span className={`swatch ${type}`} aria-hidden />
              {eventTypeLabels[type]} <b>{data === undefined ? "–" : formatCount(sum(type))}</b>
            </li>
          ))}
          {data !== undefined && (
            <li className="no-print">
              <Popover
                className="link-button"
                label="By minute"
                ariaLabel="By minute: the last 30 minutes as a table"
              >
                {() => <RealtimeTable rows={rows} timezone={data.meta.timezone} />}
              </Popover>
            </li>
          )}
        </ul>
        <State query={query} now={now} />
      </div>
    </section>
  );
}
