// Projects to choose from: those that the key reaches, and those that the data has, with how much came.

import { useQuery } from "@tanstack/react-query";
import { requestJson } from "../../api/http.ts";
import type { Session } from "../../api/session.ts";
import type { LeadStats } from "../../api/stats.ts";
import { formatCount } from "../../format.ts";
import { suggestionsQuery } from "../../view/query.ts";
import type { View } from "../../view/view.ts";
import { reportPath } from "../queries.ts";

export default function ProjectList({
  session,
  view,
  now,
  chosen,
  isAll,
  onChoose,
}: {
  session: Session;
  view: View;
  now: Date;
  chosen: readonly string[];
  isAll: boolean;
  /** null: all. */
  onChoose: (project: string | null) => void;
}) {
  // Of all submissions of the range: a project of which the filters leave nothing can be chosen too.
  const question = suggestionsQuery({ ...view, filters: [] }, "project", now).toString();
  const isCounted = view.filters.every(({ dimension }) => dimension === "project");
  const seen = useQuery({
    queryKey: ["suggestions", question],
    queryFn: ({ signal }) => requestJson<LeadStats>(`${reportPath}?${question}`, { signal }),
    staleTime: 300_000,
  });
  const counted = new Map(
    (seen.data?.groups ?? []).flatMap(({ key, total }) =>
      key?.project === undefined ? [] : [[key.project, total] as const],
    ),
  );
  const reached = session.projects.filter((slug) => slug !== "*");
  const projects = [...new Set([...counted.keys(), ...reached, ...chosen])];
  return (
    <div className="range-presets project-list">
      <button type="button" className="button small" aria-pressed={isAll} onClick={() => onChoose(null)}>
        All projects
      </button>
      {projects.map((slug) => (
        <button
          key={slug}
          type="button"
          className="button small"
          aria-pressed={chosen.includes(slug)}
          onClick={() => onChoose(slug)}
        >
          {slug === "" ? "(not known)" : slug}
          {isCounted && seen.data !== undefined && (
            <span className="soft">{formatCount(counted.get(slug) ?? 0)}</span>
          )}
        </button>
      ))}
      {seen.isPending && <p className="soft">Looking for projects…</p>}
      {seen.isError && <p className="soft">Projects could not be looked up: {seen.error.message}</p>}
    </div>
  );
}
