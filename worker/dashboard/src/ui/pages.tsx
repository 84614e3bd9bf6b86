// A list that is read page by page: its states, and the button for more.

import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Page } from "../api/pages.ts";
import { Failed, Old } from "./states.tsx";

type Query<T> = UseInfiniteQueryResult<InfiniteData<Page<T>>>;

export function Pages<T>({ query, children }: { query: Query<T>; children: (rows: T[]) => ReactNode }) {
  if (query.data !== undefined) {
    return (
      <>
        {/* What fails below the rows, `More` says. */}
        {query.isRefetchError && (
          <Old error={query.error} since={query.dataUpdatedAt} retry={() => void query.refetch()} />
        )}
        {children(query.data.pages.flatMap(({ data }) => data))}
      </>
    );
  }
  if (query.isError) return <Failed error={query.error} retry={() => query.refetch()} />;
  return (
    <div role="status">
      <span className="unseen">Loading…</span>
      <div className="skeleton" />
    </div>
  );
}

export function More<T>({ query }: { query: Query<T> }) {
  if (query.isFetchNextPageError) {
    return <Failed error={query.error} retry={() => query.fetchNextPage()} />;
  }
  if (!query.hasNextPage) return null;
  return (
    <p className="more-rows no-print">
      <button
        type="button"
        className="button"
        disabled={query.isFetchingNextPage}
        onClick={() => query.fetchNextPage()}
      >
        {query.isFetchingNextPage ? "Loading…" : "Show more"}
      </button>
    </p>
  );
}
