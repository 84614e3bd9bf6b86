// What stands where an answer would: nothing there, or something went wrong; each says what to do next.

import { Inbox, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Problem } from "../api/http.ts";

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

const advice = (error: unknown) => {
  if (!(error instanceof Problem)) return "Please reload the page.";
  if (error.status === 0) return "Check your connection and try again.";
  if (error.status === 403) return "Ask whoever gave you the key for one that reaches this.";
  if (error.status === 400 || error.status === 422) return "Change what is asked for and try again.";
  if (error.code.startsWith("analytics")) {
    return "Analytics Engine is in trouble. Nothing is lost: submissions are counted all the same. Try again in a minute.";
  }
  return "Try again in a moment.";
};

export function Failed({ error, retry }: { error: unknown; retry?: () => void }) {
  const problem = error instanceof Problem ? error : undefined;
  return (
    <div className="state" role="alert">
      <TriangleAlert aria-hidden size={28} />
      <p>
        <strong>{problem?.message ?? "Something went wrong on this page."}</strong>
      </p>
      {problem?.invalidParams.map(({ name, reason }) => (
        <p key={name + reason}>
          <code>{name}</code>: {reason}
        </p>
      ))}
      <p>{advice(error)}</p>
      {retry !== undefined && (
        <button type="button" className="button" onClick={retry}>
          Try again
        </button>
      )}
      {problem?.requestId !== undefined && (
        <p className="request-id">
          Request <code>{problem.requestId}</code>
        </p>
      )}
    </div>
  );
}
