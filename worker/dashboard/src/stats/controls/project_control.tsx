// Which project is counted: a filter like any other, at hand because nearly everybody wants it.

import { ChevronDown, FolderOpen } from "lucide-react";
import { lazy, Suspense } from "react";
import type { Session } from "../../api/session.ts";
import { Popover } from "../../ui/popover.tsx";
import type { Change } from "../../view/use_view.ts";
import type { Filter, View } from "../../view/view.ts";
import { projectsText } from "./used_words.ts";

const ProjectList = lazy(() => import("./project_list.tsx"));

const isProject = ({ dimension }: Filter) => dimension === "project";

export function ProjectControl({
  session,
  view,
  now,
  change,
}: {
  session: Session;
  view: View;
  now: Date;
  change: Change;
}) {
  const [only] = session.projects;
  // A key of one project has no choice; the line below names it.
  if (session.projects.length === 1 && only !== "*") return null;
  const filters = view.filters.filter(isProject);
  const text = filters.length === 0 ? "All projects" : projectsText(filters, session);
  return (
    <fieldset className="control no-print">
      <legend className="unseen">Project</legend>
      <Popover
        className={filters.length === 0 ? "button small" : "button small chosen"}
        ariaLabel={`Project: ${text}`}
        label={
          <>
            <FolderOpen aria-hidden size={15} />
            <span className="project-name">{text}</span>
            <ChevronDown aria-hidden size={14} />
          </>
        }
      >
        {(close) => (
          <Suspense fallback={<div className="skeleton" />}>
            <ProjectList
              session={session}
              view={view}
              now={now}
              chosen={filters.length === 1 && !filters[0]?.negated ? (filters[0]?.values ?? []) : []}
              isAll={filters.length === 0}
              onChoose={(project) => {
                const filter: Filter = {
                  dimension: "project",
                  values: [project ?? ""],
                  negated: false,
                  contains: false,
                };
                change(({ filters }) => {
                  const others = filters.filter((other) => !isProject(other));
                  return { filters: project === null ? others : [filter, ...others] };
                });
                close();
              }}
            />
          </Suspense>
        )}
      </Popover>
    </fieldset>
  );
}
