// The form to copy.

import { Copy } from "lucide-react";
import { useRef } from "react";
import type { Project } from "../api/projects.ts";
import { Notice } from "../ui/notice.tsx";
import { Panel } from "../ui/panel.tsx";
import { say } from "../ui/toasts.tsx";
import { snippetOf } from "./snippet.ts";

export function SnippetPanel({ project }: { project: Project }) {
  const code = useRef<HTMLElement>(null);
  const snippet = snippetOf(project, location.origin);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(snippet);
      say("Copied.");
    } catch {
      // The browser may forbid it; whoever wants it then copies the selection.
      if (code.current !== null) getSelection()?.selectAllChildren(code.current);
      say("The browser did not allow copying. The form is selected: press Ctrl+C or ⌘C.", { bad: true });
    }
  };
  return (
    <Panel
      title="Form for your website"
      about="An ordinary form that works without JavaScript; lead.js makes it reliable and says more about the visit."
      actions={
        <button type="button" className="button small" onClick={copy}>
          <Copy aria-hidden size={14} />
          Copy
        </button>
      }
    >
      {project.allowed_origins.length === 0 && (
        <Notice tone="warn">
          No website may send yet: add its origin to the allowed origins, or its posts are judged blocked.
        </Notice>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className="snippet" tabIndex={0} aria-label="Snippet">
        <pre>
          <code ref={code}>{snippet}</code>
        </pre>
      </section>
      <p className="soft small">
        Set <code>redirect</code> to your own page of thanks. Further fields are kept as they are;
        docs/form.md says what else the form can do.
      </p>
    </Panel>
  );
}
