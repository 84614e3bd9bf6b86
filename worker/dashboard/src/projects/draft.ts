// What was typed into a project's settings and not saved stays while one looks at another page.

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Project } from "../api/projects.ts";
import { type Draft, draftOf, typedOf } from "./settings.ts";

/** `isKept`: it was typed before the page was left. Kept beside the answers, it goes with them when the key changes. */
export function useDraft(project: Project) {
  const client = useQueryClient();
  const { slug } = project;
  const [kept] = useState(() => client.getQueryData<Partial<Draft>>(["unsaved", slug]) ?? {});
  const [draft, setDraft] = useState<Draft>(() => ({ ...draftOf(project), ...kept }));
  useEffect(() => {
    client.setQueryDefaults(["unsaved"], { gcTime: Number.POSITIVE_INFINITY });
    client.setQueryData(["unsaved", slug], typedOf(project, draft));
  }, [client, slug, project, draft]);
  return { draft, setDraft, isKept: Object.keys(kept).length > 0 };
}
