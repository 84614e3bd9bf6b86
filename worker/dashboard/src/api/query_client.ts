// How answers are kept and asked for again. The API caches reports itself, so a second question within minutes costs
// Analytics Engine nothing.

import { QueryClient } from "@tanstack/react-query";
import { Problem, whenSessionEnds } from "./http.ts";

/** Trying again helps where the trouble passes; what was asked wrongly stays wrong. */
export const mayPass = (error: unknown) =>
  error instanceof Problem && (error.status === 0 || error.status === 429 || error.status >= 500);

export const sessionKey = ["session"] as const;

export const queryClient = new QueryClient({
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

// The whole page asks for the key then.
whenSessionEnds(() => queryClient.setQueryData(sessionKey, null));
