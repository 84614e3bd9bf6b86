// A brief of the history.

import { ArrowLeft } from "lucide-react";
import { Link, useParams } from "react-router";
import { useBrief } from "../api/briefs.ts";
import { Problem } from "../api/http.ts";
import type { Session } from "../api/session.ts";
import { Answer } from "../ui/panel.tsx";
import { Empty } from "../ui/states.tsx";
import { useTitle } from "../ui/title.ts";
import { WholeBrief } from "./whole.tsx";

export const Back = () => (
  <p className="no-print">
    <Link className="back" to="/briefs">
      <ArrowLeft aria-hidden size={16} />
      All briefs
    </Link>
  </p>
);

export default function BriefPage(_: { session: Session }) {
  const { id = "" } = useParams();
  const query = useBrief(id);
  useTitle("Brief");
  const isMissing = query.error instanceof Problem && query.error.status === 404;
  return (
    <>
      <Back />
      {isMissing ? (
        <>
          <h1>No such brief</h1>
          <Empty title="There is no brief with this id that your key reaches.">
            <p>It may be of projects that your key does not reach, or the address was cut.</p>
          </Empty>
        </>
      ) : (
        <>
          {query.data === undefined && <h1 className="unseen">Brief</h1>}
          <Answer query={query}>{(brief) => <WholeBrief brief={brief} />}</Answer>
        </>
      )}
    </>
  );
}
