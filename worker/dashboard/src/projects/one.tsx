// One project: its settings, the form to put on a website, a test lead, and its end.

import { ArrowLeft } from "lucide-react";
import { Link, useParams } from "react-router";
import { Problem } from "../api/http.ts";
import { type Project, useProject } from "../api/projects.ts";
import type { Session } from "../api/session.ts";
import { formatTime } from "../format.ts";
import { Answer } from "../ui/panel.tsx";
import { Empty } from "../ui/states.tsx";
import { useTitle } from "../ui/title.ts";
import { Remove } from "./remove.tsx";
import { SettingsPanel } from "./settings_form.tsx";
import { SnippetPanel } from "./snippet_panel.tsx";
import { TestLeadPanel } from "./test_lead_panel.tsx";
import "../styles/admin.css";

function Whole({ project, timezone }: { project: Project; timezone: string }) {
  return (
    <div className="stack">
      <div className="page-head">
        <div className="title">
          <h1 dir="auto">{project.name}</h1>
          <p className="soft">
            <code>{project.slug}</code>, since {formatTime(project.created_at, "date", timezone)}
          </p>
        </div>
        <div className="actions no-print">
          <Link className="button" to={`/?project=${encodeURIComponent(project.slug)}`}>
            Lead stats
          </Link>
          <Link className="button" to={`/submissions?project=${encodeURIComponent(project.slug)}`}>
            Submissions
          </Link>
        </div>
      </div>
      <div className="columns">
        <div className="column">
          <SettingsPanel project={project} />
        </div>
        <div className="column">
          <TestLeadPanel project={project} />
          <SnippetPanel project={project} />
          <Remove project={project} />
        </div>
      </div>
    </div>
  );
}

export default function ProjectPage({ session }: { session: Session }) {
  const { slug = "" } = useParams();
  const query = useProject(slug);
  useTitle(query.data?.name ?? "Project");
  const isMissing = query.error instanceof Problem && [403, 404].includes(query.error.status);
  return (
    <>
      <p className="no-print">
        <Link className="back" to="/projects">
          <ArrowLeft aria-hidden size={16} />
          Projects and access
        </Link>
      </p>
      {isMissing ? (
        <>
          <h1>No such project</h1>
          <Empty title={query.error?.message ?? ""}>
            <p>
              Look at <Link to="/projects">the projects that your key reaches</Link>.
            </p>
          </Empty>
        </>
      ) : (
        <Answer query={query}>
          {(project) => <Whole key={project.slug} project={project} timezone={session.reporting_timezone} />}
        </Answer>
      )}
    </>
  );
}
