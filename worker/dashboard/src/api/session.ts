// Who is signed in. The key is sent once, in exchange for a cookie that scripts cannot read.

import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { Problem, request, requestJson } from "./http.ts";
import { sessionKey } from "./query_client.ts";

export interface Session {
  key_id: string;
  name: string;
  role: "admin" | "marketing";
  /** ["*"] or slugs. */
  projects: string[];
  expires_at: string;
  reporting_timezone: string;
}

/** What tells one person's view of the data from another's; a key's role and projects may change while it is used. */
export const reachOf = (session: Session) => JSON.stringify([session.key_id, session.role, session.projects]);

/** Whose answers are kept, and what they have typed: they may come back after their session has ended. */
let keptFor: string | undefined;

function forget(client: QueryClient) {
  keptFor = undefined;
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
}

/** What another key has seen is not this one's. */
function keepFor(client: QueryClient, session: Session) {
  const reach = reachOf(session);
  if (keptFor !== undefined && keptFor !== reach) forget(client);
  keptFor = reach;
}

/** Other tabs have the same cookie: who signs in or out in one does so in all. */
type Told = "signed in" | "signed out";
let tabs: BroadcastChannel | undefined;
const otherTabs = () => {
  tabs ??= new BroadcastChannel("leadledger-session");
  return tabs;
};

export function useOtherTabs() {
  const client = useQueryClient();
  useEffect(() => {
    const look = ({ data }: MessageEvent<Told>) => {
      if (data === "signed out") forget(client);
      void client.invalidateQueries({ queryKey: sessionKey });
    };
    otherTabs().addEventListener("message", look);
    return () => otherTabs().removeEventListener("message", look);
  }, [client]);
}

/** null: nobody is signed in. */
export function useSession() {
  const client = useQueryClient();
  return useQuery({
    queryKey: sessionKey,
    queryFn: async ({ signal }): Promise<Session | null> => {
      try {
        const session = await requestJson<Session>("/api/session", { signal, isSignIn: true });
        keepFor(client, session);
        return session;
      } catch (error) {
        if (error instanceof Problem && error.status === 401) return null;
        throw error;
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
    // Where the other tab could not be heard.
    refetchOnWindowFocus: "always",
  });
}

/** After signing in; null: out. */
async function enter(client: QueryClient, session: Session | null) {
  // An answer of before must not come after this one.
  await client.cancelQueries({ queryKey: sessionKey });
  if (session === null) forget(client);
  else keepFor(client, session);
  client.setQueryData(sessionKey, session);
  otherTabs().postMessage((session === null ? "signed out" : "signed in") satisfies Told);
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (key: string) =>
      requestJson<Session>("/api/session", {
        method: "POST",
        headers: { authorization: `Bearer ${key.trim()}` },
        isSignIn: true,
      }),
    onSuccess: (session) => enter(client, session),
    // A mutation is kept with what it was given, which is the key.
    gcTime: 0,
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => request("/api/session", { method: "DELETE" }),
    onSuccess: () => enter(client, null),
  });
}

export const reachesAll = (session: Session) => session.projects.includes("*");

/** The one project that the key reaches, where it is one. */
export const onlyProject = (session: Session) =>
  session.projects.length === 1 && session.projects[0] !== "*" ? session.projects[0] : undefined;
