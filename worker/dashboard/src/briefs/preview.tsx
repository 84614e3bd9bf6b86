// The brief that these days would give: nothing is kept, and nothing is sent.

import { RefreshCw } from "lucide-react";
import { useId, useState } from "react";
import { useBriefPreview } from "../api/briefs.ts";
import type { Session } from "../api/session.ts";
import { Notice } from "../ui/notice.tsx";
import { Answer } from "../ui/panel.tsx";
import { useTitle } from "../ui/title.ts";
import { dateIn } from "../view/range.ts";
import { Back } from "./one.tsx";
import { WholeBrief } from "./whole.tsx";

/** Which of the key's projects: all of them, or one. */
function Scope({
  projects,
  chosen,
  choose,
}: {
  projects: string[];
  chosen: string | null;
  choose: (project: string | null) => void;
}) {
  const id = useId();
  return (
    <div className="field inline no-print">
      <label htmlFor={id}>Of</label>
      <select
        id={id}
        className="input"
        value={chosen ?? ""}
        onChange={(event) => choose(event.target.value || null)}
      >
        <option value="">All my projects</option>
        {projects.map((project) => (
          <option key={project}>{project}</option>
        ))}
      </select>
    </div>
  );
}

/** The days that it is of. */
const spans = { days: "The last 7 days", week: "The last whole week" } as const;

export default function BriefPreviewPage({ session }: { session: Session }) {
  useTitle("Preview of a brief");
  const [project, setProject] = useState<string | null>(null);
  const [span, setSpan] = useState<keyof typeof spans>("days");
  const query = useBriefPreview({
    ...(project === null ? {} : { projects: [project] }),
    ...(span === "week" ? {} : { to: dateIn(new Date(), session.reporting_timezone).toString() }),
  });
  return (
    <>
      <Back />
      {query.data === undefined && <h1>Preview of a brief</h1>}
      <div className="preview-bar">
        <Notice>This is a preview: it is kept nowhere and sent to nobody.</Notice>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is drawn and laid out differently */}
        <div className="segments no-print" role="group" aria-label="Which days">
          {(Object.keys(spans) as (keyof typeof spans)[]).map((name) => (
            <button
              key={name}
              type="button"
              className="button small"
              aria-pressed={span === name}
              onClick={() => setSpan(name)}
            >
              {spans[name]}
            </button>
          ))}
        </div>
        {session.projects.length > 1 && (
          <Scope projects={session.projects} chosen={project} choose={setProject} />
        )}
        <button
          type="button"
          className="button no-print"
          aria-disabled={query.isFetching}
          onClick={() => !query.isFetching && void query.refetch()}
        >
          <RefreshCw aria-hidden size={16} />
          {query.isFetching ? "Writing…" : "Write it anew"}
        </button>
      </div>
      <Answer query={query}>{(brief) => <WholeBrief brief={brief} />}</Answer>
    </>
  );
}
