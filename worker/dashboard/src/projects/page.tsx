// Projects and access: which websites send leads, who may read them, who is kept out.

import { Plus } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import { useProjects } from "../api/projects.ts";
import type { Session } from "../api/session.ts";
import { formatCount, formatTime } from "../format.ts";
import { More, Pages } from "../ui/pages.tsx";
import { Panel } from "../ui/panel.tsx";
import { Empty } from "../ui/states.tsx";
import { useTitle } from "../ui/title.ts";
import { Blocked } from "./blocked.tsx";
import { CreateDialog } from "./create.tsx";
import { Keys } from "./keys.tsx";
import "../styles/admin.css";

function Origins({ origins }: { origins: string[] }) {
  const [first, ...others] = origins;
  if (first === undefined) return <span className="soft">None: no website can send</span>;
  if (origins.includes("*")) return <>Every website</>;
  return (
    <>
      {first}
      {others.length > 0 && (
        <>
          {" "}
          <span className="badge more" title={others.join("\n")}>
            +{formatCount(others.length)}
            <span className="unseen"> more</span>
          </span>
        </>
      )}
    </>
  );
}

export default function ProjectsPage({ session }: { session: Session }) {
  useTitle("Projects and access");
  const timezone = session.reporting_timezone;
  const projects = useProjects();
  const [creating, setCreating] = useState(false);
  const create = (
    <button type="button" className="button main" onClick={() => setCreating(true)}>
      <Plus aria-hidden size={16} />
      New project
    </button>
  );
  return (
    <>
      <div className="page-head">
        <h1>Projects and access</h1>
        <div className="actions no-print">{create}</div>
      </div>
      <Panel title="Projects" about="A project is a website or campaign that owns leads.">
        <Pages query={projects}>
          {(rows) =>
            rows.length === 0 ? (
              <Empty title="No project yet">
                <p>A project gives you a form to put on a website.</p>
                {create}
              </Empty>
            ) : (
              <div className="table-frame">
                <table className="table cards">
                  <caption className="unseen">Projects</caption>
                  <thead>
                    <tr>
                      <th scope="col">Name</th>
                      <th scope="col">Slug</th>
                      <th scope="col">Allowed origins</th>
                      <th scope="col">Changed</th>
                    </tr>
                  </thead>
                  <tbody>
                    {rows.map((project) => (
                      <tr key={project.slug}>
                        <td data-label="Name">
                          <Link className="row-link" dir="auto" to={`/projects/${project.slug}`}>
                            {project.name}
                          </Link>
                        </td>
                        <td data-label="Slug">
                          <code>{project.slug}</code>
                        </td>
                        <td data-label="Allowed origins" className="long">
                          <Origins origins={project.allowed_origins} />
                        </td>
                        <td data-label="Changed" className="when">
                          {formatTime(project.updated_at, "date", timezone)}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
                <More query={projects} />
              </div>
            )
          }
        </Pages>
      </Panel>
      <Blocked session={session} />
      <Keys timezone={timezone} />
      {creating && <CreateDialog session={session} onClose={() => setCreating(false)} />}
    </>
  );
}
