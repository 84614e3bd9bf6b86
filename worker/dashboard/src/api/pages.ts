// Lists that the API gives a page at a time.

import { useInfiniteQuery } from "@tanstack/react-query";
import { requestJson } from "./http.ts";

export interface Page<T> {
  data: T[];
  next_cursor: string | null;
}

/** A list that is read page by page; `question` narrows it. */
export function usePages<T>(
  key: readonly unknown[],
  address: string,
  question: Record<string, string> = {},
  { every }: { every?: number } = {},
) {
  return useInfiniteQuery({
    queryKey: key,
    queryFn: ({ signal, pageParam }) => {
      const parameters = new URLSearchParams(question);
      if (pageParam !== null) parameters.set("cursor", pageParam);
      return requestJson<Page<T>>(parameters.size > 0 ? `${address}?${parameters}` : address, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    // In milliseconds; while the page is in sight.
    ...(every === undefined ? {} : { refetchInterval: every }),
  });
}
