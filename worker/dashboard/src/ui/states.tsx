// What stands where an answer would: nothing there, or something went wrong; each says what to do next.

import { Inbox, TriangleAlert } from "lucide-react";
import { createContext, type ReactNode, useContext } from "react";
import { Problem } from "../api/http.ts";
import { formatTime } from "../format.ts";
import { deploymentZone } from "../view/zone.ts";
import { Notice } from "./notice.tsx";

export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="state">
      <Inbox aria-hidden size={28} />
      <p>
        <strong>{title}</strong>
      </p>
      {children}
    </div>
  );
}

/** What a page knows about failures within it. */
export interface Failures {
  /** What people call a parameter of the API there; undefined: it has no name but its own. */
  labelOf?: (parameter: string) => string | undefined;
  /** Which of its parts says an error in full, where several have the same. */
  saidBy: (error: unknown) => string | undefined;
  /** Whether it says itself that the answer shown is an old one since this went wrong. */
  saysOld?: (error: unknown) => boolean;
  /** Buttons that help; null where there are none. */
  help: (error: unknown) => ReactNode;
}
export const FailuresContext = createContext<Failures | null>(null);

/** What was asked wrongly or may not be seen stays so, however often it is asked. */
const stays = (error: unknown) => error instanceof Problem && [400, 403, 422].includes(error.status);

const advice = (error: unknown) => {
  if (!(error instanceof Problem)) return "Please reload the page.";
  if (error.status === 403) return "Ask whoever gave you the key for one that reaches this.";
  if (error.status === 400 || error.status === 422) return "Change what is asked for.";
  if (error.code.startsWith("analytics")) {
    return "Analytics Engine is in trouble. Nothing is lost: submissions are counted all the same. Try again in a minute.";
  }
  return "Try again in a moment.";
};

/** The API's sentences about parameters, under the names that they have on the page; null where one has none. */
function namedReasons(problem: Problem, labelOf: Failures["labelOf"]): string[] | null {
  const said = problem.invalidParams.map(({ name, reason }) => [labelOf?.(name), reason] as const);
  if (said.length === 0 || said.some(([label]) => label === undefined)) return null;
  return said.map(([label, reason]) => `${label}: ${reason}`);
}

export function Failed({ error, retry, part }: { error: unknown; retry?: () => void; part?: string }) {
  const failures = useContext(FailuresContext);
  const problem = error instanceof Problem ? error : undefined;
  const again = retry !== undefined && !stays(error) && (
    <button type="button" className="button" onClick={retry}>
      Try again
    </button>
  );
  const speaker = failures?.saidBy(error);
  if (part !== undefined && speaker !== undefined && speaker !== part) {
    return (
      <div className="state">
        <p>Not counted either, for the reason above.</p>
        {again}
      </div>
    );
  }
  const help = failures?.help(error) ?? null;
  const reasons = problem === undefined ? null : namedReasons(problem, failures?.labelOf);
  return (
    <div className="state" role="alert">
      <TriangleAlert aria-hidden size={28} />
      <p>
        <strong>{reasons?.join(" ") ?? problem?.message ?? "Something went wrong on this page."}</strong>
      </p>
      {reasons === null &&
        problem?.invalidParams
          // The sentence above often says it already.
          .filter(({ reason }) => !problem.message.includes(reason))
          .map(({ name, reason }) => (
            <p key={name + reason}>
              <code>{name}</code>: {reason}
            </p>
          ))}
      {help ?? <p>{advice(error)}</p>}
      {again}
      {problem?.requestId !== undefined && (
        <p className="request-id">
          Request <code>{problem.requestId}</code>
        </p>
      )}
    </div>
  );
}

/** Above an answer that could not be had anew: it is older than it seems. */
export function Old({
  error,
  since,
  timezone = deploymentZone(),
  retry,
}: {
  error: Error;
  /** When it came, in Unix milliseconds. */
  since: number;
  timezone?: string | undefined;
  retry: () => void;
}) {
  const failures = useContext(FailuresContext);
  if (failures?.saysOld?.(error) === true) return null;
  return (
    <div className="old-answer">
      <Notice tone="warn">
        This could not be refreshed: {error.message} Shown is the answer of{" "}
        {formatTime(since, "moment", timezone)}.{" "}
        {!stays(error) && (
          <button type="button" className="link-button no-print" onClick={retry}>
            Try again
          </button>
        )}
      </Notice>
    </div>
  );
}
