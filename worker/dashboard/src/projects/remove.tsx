// The end of a project.

import { Trash2 } from "lucide-react";
import { useState } from "react";
import { useNavigate } from "react-router";
import { type Project, useDeleteProject } from "../api/projects.ts";
import { Confirm } from "../ui/dialog.tsx";
import { Notice } from "../ui/notice.tsx";
import { Panel } from "../ui/panel.tsx";
import { say } from "../ui/toasts.tsx";

export function Remove({ project }: { project: Project }) {
  const [asking, setAsking] = useState(false);
  const remove = useDeleteProject(project.slug);
  const navigate = useNavigate();
  return (
    <Panel
      title="Delete the project"
      about="Ends its intake. What was received stays, and so do its reports."
    >
      <button type="button" className="button danger no-print" onClick={() => setAsking(true)}>
        <Trash2 aria-hidden size={16} />
        Delete {project.slug}
      </button>
      {asking && (
        <Confirm
          title={`Delete ${project.name}?`}
          action="Delete the project"
          busy={remove.isPending}
          onClose={() => setAsking(false)}
          onConfirm={() =>
            remove.mutate(undefined, {
              onSuccess: () => {
                setAsking(false);
                navigate("/projects");
                say(`${project.name} was deleted.`);
              },
            })
          }
        >
          <ul className="points">
            <li>
              Forms that send to <code>{project.slug}</code> are refused from now on:{" "}
              <strong>those leads are lost</strong>. Take the form off the website first.
            </li>
            <li>Its settings and its blocked addresses are removed.</li>
            <li>Leads and submissions that were received stay, and reports go on counting them.</li>
          </ul>
          {remove.error !== null && <Notice tone="bad">{remove.error.message}</Notice>}
        </Confirm>
      )}
    </Panel>
  );
}
