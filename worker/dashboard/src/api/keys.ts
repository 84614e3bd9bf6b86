// Who has access: keys without their secrets.

import { useQuery } from "@tanstack/react-query";
import { requestJson } from "./http.ts";

export interface Key {
  id: string;
  name: string;
  role: "admin" | "marketing";
  /** ["*"] or slugs. */
  projects: string[];
  /** As they stand in the list of keys. */
  created_at: string | null;
  expires_at: string | null;
  expired: boolean;
  /** The one that this session began with. */
  current: boolean;
}

export function useKeys() {
  return useQuery({
    queryKey: ["keys"],
    queryFn: ({ signal }) => requestJson<{ data: Key[] }>("/api/admin/keys", { signal }),
  });
}
