// Projects and blocked addresses, as docs/api/leads.md describes them.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { request, requestJson } from "./http.ts";
import { useChangeOnce } from "./once.ts";
import { usePages } from "./pages.ts";
import { reachesAll, type Session } from "./session.ts";

export interface TestRules {
  emails: string[];
  domains: string[];
  addresses: string[];
}

export interface ProjectSettings {
  name: string;
  allowed_origins: string[];
  honeypot_field: string;
  default_country: string;
  test_rules: TestRules;
  bot_response: "accept" | "reject";
  min_form_seconds: number;
  turnstile_secret: string;
}

export interface Project extends ProjectSettings {
  slug: string;
  created_at: string;
  updated_at: string;
}

export interface BlockedAddress {
  id: string;
  cidr: string;
  /** null: every project. */
  project: string | null;
  note: string;
  /** null: never. */
  expires_at: string | null;
  created_at: string;
}

const path = (slug: string) => `/api/admin/projects/${encodeURIComponent(slug)}`;
const blockedPath = "/api/admin/blocked-ips";

export const useProjects = () => usePages<Project>(["projects"], "/api/admin/projects");
export const useBlocked = () => usePages<BlockedAddress>(["blocked"], blockedPath);

/** Every project that can be chosen: their list has no pages. A key that names its own has them before it is there. */
export function useSlugs(session: Session): string[] {
  const list = useProjects();
  if (!reachesAll(session)) return session.projects;
  return list.data?.pages.flatMap(({ data }) => data.map(({ slug }) => slug)) ?? [];
}

export function useProject(slug: string) {
  return useQuery({
    queryKey: ["project", slug],
    queryFn: ({ signal }) => requestJson<Project>(path(slug), { signal }),
    // A form stands on it: it must not change underneath whoever fills it in.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}

export function useCreateProject() {
  const client = useQueryClient();
  return useChangeOnce({
    mutationFn: (json: Pick<Project, "slug" | "name" | "allowed_origins">) =>
      requestJson<Project>("/api/admin/projects", { method: "POST", json }),
    // Its page asks for it: what is put there now would stay longer than the page does.
    onSuccess: () => client.invalidateQueries({ queryKey: ["projects"] }),
  });
}

export function useChangeProject(slug: string) {
  const client = useQueryClient();
  return useChangeOnce({
    mutationFn: (json: Partial<ProjectSettings>) =>
      requestJson<Project>(path(slug), { method: "PATCH", json }),
    onSuccess: (project) => {
      client.setQueryData(["project", slug], project);
      return client.invalidateQueries({ queryKey: ["projects"] });
    },
  });
}

export function useDeleteProject(slug: string) {
  const client = useQueryClient();
  return useChangeOnce({
    mutationFn: () => request(path(slug), { method: "DELETE" }),
    onSuccess: () => {
      client.removeQueries({ queryKey: ["project", slug] });
      client.removeQueries({ queryKey: ["unsaved", slug] });
      return Promise.all([
        client.invalidateQueries({ queryKey: ["projects"] }),
        client.invalidateQueries({ queryKey: ["blocked"] }),
      ]);
    },
  });
}

export function useBlock() {
  const client = useQueryClient();
  return useChangeOnce({
    mutationFn: (json: Pick<BlockedAddress, "cidr" | "note" | "project" | "expires_at">) =>
      requestJson<BlockedAddress>(blockedPath, { method: "POST", json }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["blocked"] }),
  });
}

export function useUnblock() {
  const client = useQueryClient();
  return useChangeOnce({
    mutationFn: (id: string) => request(`${blockedPath}/${encodeURIComponent(id)}`, { method: "DELETE" }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["blocked"] }),
  });
}
