// Who is signed in. The key is sent once, in exchange for a cookie that scripts cannot read.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
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

/** null: nobody is signed in. */
export function useSession() {
  return useQuery({
    queryKey: sessionKey,
    queryFn: async ({ signal }): Promise<Session | null> => {
      try {
        return await requestJson<Session>("/api/session", { signal });
      } catch (error) {
        if (error instanceof Problem && error.status === 401) return null;
        throw error;
      }
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (key: string) =>
      requestJson<Session>("/api/session", {
        method: "POST",
        headers: { authorization: `Bearer ${key.trim()}` },
      }),
    onSuccess: (session) => {
      // What another key has seen is not this one's.
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
      client.setQueryData(sessionKey, session);
    },
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => request("/api/session", { method: "DELETE" }),
    onSuccess: () => {
      client.setQueryData(sessionKey, null);
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionKey[0] });
    },
  });
}

/** The one project that the key reaches, where it is one. */
export const onlyProject = (session: Session) =>
  session.projects.length === 1 && session.projects[0] !== "*" ? session.projects[0] : undefined;
