// From a submission that was understood to its row and its point. The same for both peers.

import { makePoint } from "./point.ts";
import type { Settings } from "./settings.ts";
import { keep } from "./statements.ts";
import type { Env, Facts, Submission, Verdict } from "./types.ts";

export interface Outcome {
  status: number;
  code: string;
  detail: string;
}

const refusals: Record<string, [status: number, detail: string]> = {
  rate_limited: [429, "There were too many submissions from this address. Please try again in a minute."],
  origin_not_allowed: [403, "This website may not send submissions to the project."],
  address_blocked: [403, "Submissions from this address are not accepted."],
  rejected: [422, "The submission looks automated and was not accepted."],
};

function outcomeOf(verdict: Verdict, settings: Settings): Outcome {
  const rejected = verdict.type === "bot" && settings.rejectsBots ? "rejected" : "";
  const code = verdict.type === "blocked" ? (verdict.reasons[0]?.code ?? "") : rejected;
  const [status, detail] = refusals[code] ?? [201, ""];
  return { status, code, detail };
}

export async function keepAndCount(
  env: Env,
  project: string,
  facts: Facts,
  submission: Submission,
  verdict: Verdict,
  settings: Settings,
  body: unknown,
): Promise<Outcome> {
  const outcome = outcomeOf(verdict, settings);
  let { type } = verdict;
  let reason = verdict.reasons[0]?.code ?? "";
  let leadId = "";
  const isRejected = type === "bot" || type === "blocked";
  const mayKeep = !isRejected || (await env.REJECTED_ROWS_LIMIT.limit({ key: facts.ip })).success;
  if (mayKeep) {
    const row = await keep(env.DB, { facts, project, submission, verdict, status: outcome.status });
    if (row === undefined) {
      await env.LEADS_QUEUE.send({ facts, body });
      return { status: 202, code: "", detail: "" };
    }
    if (row.person_reason !== null) {
      type = row.person_reason === "new_person" ? "primary" : "follow_up";
      reason = row.person_reason;
    }
    leadId = row.lead_id ?? "";
    if (row.attempt !== facts.attempt) return outcome; // a retry: its point is written
  }
  try {
    env.LEAD_SUBMISSIONS.writeDataPoint(makePoint(project, facts, submission, verdict, type, reason, leadId));
  } catch (error) {
    console.error(error); // analytics never fails a lead
  }
  return outcome;
}

export interface Problem {
  status: number;
  code: string;
  title: string;
  detail: string;
  fields?: { name: string; reason: string; code: string }[];
}

export const problemBody = (problem: Problem, requestId: string) => ({
  type: `about:blank#${problem.code}`,
  title: problem.title,
  status: problem.status,
  detail: problem.detail,
  instance: "/api/leads",
  code: problem.code,
  request_id: requestId,
  ...(problem.fields && { invalid_params: problem.fields }),
});

export const exposed = "Idempotency-Replayed, Retry-After, X-Request-Id";
