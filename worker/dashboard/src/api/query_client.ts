// How answers are kept and asked for again. The API caches reports itself, so a second question within minutes costs
// Analytics Engine nothing.

import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { Problem } from "./http.ts";

/** Trying again helps where the trouble passes; what was asked wrongly stays wrong. */
export const mayPass = (error: unknown) =>
  error instanceof Problem && (error.status === 0 || error.status === 429 || error.status >= 500);

export const sessionKey = ["session"] as const;

/** Whatever finds that the session has ended says so for the whole page. */
function onError(error: unknown) {
  if (error instanceof Problem && error.status === 401) queryClient.setQueryData(sessionKey, null);
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: {
      networkMode: "always",
      staleTime: 60_000,
      refetchOnWindowFocus: false,
      refetchOnReconnect: true,
      retry: (count, error) => count < 1 && mayPass(error),
      retryDelay: (_, error) => Math.min(10_000, ((error as Problem).retryAfterS ?? 1) * 1000),
    },
    // What cannot be sent now fails: kept for later, it would be done when nobody expects it any more.
    mutations: { networkMode: "always" },
  },
});
