// A titled part of a page that shows one answer: loading, failed, empty or there.

import type { UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, useId } from "react";
import { Failed, Old } from "./states.tsx";

export function Panel({
  title,
  about,
  actions,
  className = "",
  children,
}: {
  title: ReactNode;
  about?: ReactNode;
  actions?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section className={`panel ${className}`} aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {actions !== undefined && <div className="actions no-print">{actions}</div>}
        {about !== undefined && <p className="about">{about}</p>}
      </header>
      <div className="body">{children}</div>
    </section>
  );
}

/** The body of a panel: `children` is called with the answer once it is there. Older answers stay while a new one comes. */
export function Answer<T>({
  query,
  loading,
  part,
  height,
  timezone,
  children,
}: {
  query: UseQueryResult<T>;
  /** Of the times in the answer; undefined: the deployment's. */
  timezone?: string;
  /** Of what is loading: a failure in its place moves nothing below it. */
  height?: number | string;
  /** Its name in the page's `FailuresContext`. */
  part?: string;
  loading?: ReactNode;
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) {
    return (
      <div aria-busy={query.isFetching && query.isPlaceholderData}>
        {query.isRefetchError && (
          <Old
            error={query.error}
            since={query.dataUpdatedAt}
            timezone={timezone}
            retry={() => void query.refetch()}
          />
        )}
        {children(query.data)}
      </div>
    );
  }
  if (query.isError) {
    return (
      <div className="failed-part" style={{ minBlockSize: height }}>
        <Failed error={query.error} retry={() => query.refetch()} {...(part === undefined ? {} : { part })} />
      </div>
    );
  }
  return (
    <div role="status">
      <span className="unseen">Loading…</span>
      {loading ?? <div className="skeleton" />}
    </div>
  );
}
