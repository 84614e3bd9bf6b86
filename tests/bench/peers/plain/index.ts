// POST /api/leads in plain TypeScript: no framework, JSON.parse, one pass. The fastest sensible way known to us.

import { exposed, keepAndCount, type Problem, problemBody } from "../shared/flow.ts";
import { type Body, isSlug, slugOf } from "../shared/form.ts";
import { readFacts } from "../shared/request.ts";
import { allowsOrigin, cachedSettings, loadSettings } from "../shared/settings.ts";
import { maxBodyBytes } from "../shared/tables.ts";
import type { Env, Facts } from "../shared/types.ts";
import { decide } from "../shared/verdict.ts";
import { callingCodeOf } from "./phone.ts";
import { readSubmission } from "./read.ts";

export { slugOf } from "../shared/form.ts";
export { makePoint } from "../shared/point.ts";
export { readFacts } from "../shared/request.ts";
export { cachedSettings } from "../shared/settings.ts";
export { keepStatements } from "../shared/statements.ts";
export { decide } from "../shared/verdict.ts";
export { callingCodeOf } from "./phone.ts";
export { readSubmission } from "./read.ts";

function headersFor(facts: Facts, type: string, shared: boolean): Record<string, string> {
  const headers: Record<string, string> = {
    "content-type": type,
    "cache-control": "no-store",
    vary: "Origin",
    "x-content-type-options": "nosniff",
    "x-request-id": facts.requestId,
  };
  if (shared && facts.origin !== "") {
    headers["access-control-allow-origin"] = facts.origin;
    headers["access-control-expose-headers"] = exposed;
  }
  return headers;
}

function refuse(facts: Facts, problem: Problem, shared: boolean): Response {
  const headers = headersFor(facts, "application/problem+json", shared);
  if (problem.status === 429) headers["retry-after"] = "60";
  return new Response(JSON.stringify(problemBody(problem, facts.requestId)), {
    status: problem.status,
    headers,
  });
}

const invalid = (title: string, detail: string, code = "validation_failed", status = 422): Problem => ({
  status,
  code,
  title,
  detail,
});

async function postLead(request: Request, env: Env): Promise<Response> {
  const facts = readFacts(request);
  const type = request.headers.get("content-type") ?? "";
  if (!type.startsWith("application/json")) {
    return refuse(
      facts,
      invalid("This kind of body is not taken", "Send JSON.", "unsupported_media_type", 415),
      true,
    );
  }
  let body: Body;
  try {
    const text = await request.text();
    if (text.length > maxBodyBytes) {
      return refuse(facts, invalid("The body is too large", "64 KiB at most.", "body_too_large", 413), true);
    }
    body = JSON.parse(text);
    if (typeof body !== "object" || body === null || Array.isArray(body)) throw new TypeError("no object");
  } catch (error) {
    return refuse(facts, invalid("The body cannot be read", String(error), "malformed_body", 400), true);
  }
  const slug = slugOf(body);
  if (!isSlug(slug)) {
    return refuse(
      facts,
      invalid("Some fields are not as they should be", "The submission names no project."),
      true,
    );
  }

  const limit = facts.ip === "" ? undefined : env.POSTS_LIMIT.limit({ key: `${slug} ${facts.ip}` });
  const settings = cachedSettings(slug, facts.now) ?? (await loadSettings(env.DB, slug, facts.now));
  if (limit) facts.rateLimited = !(await limit).success;
  if (settings === undefined) {
    return refuse(
      facts,
      invalid("There is no such project", `There is no project ${slug}.`, "unknown_project"),
      true,
    );
  }
  const shared = allowsOrigin(settings, facts.origin);
  const read = readSubmission(body, settings.honeypot, settings.country);
  if (read.faults) {
    const problem = invalid("Some fields are not as they should be", "Some fields are refused.");
    return refuse(facts, { ...problem, fields: read.faults }, shared);
  }
  const verdict = decide(read.submission, facts, settings, callingCodeOf);
  const outcome = await keepAndCount(env, slug, facts, read.submission, verdict, settings, body);
  if (outcome.status >= 400) {
    return refuse(facts, { ...outcome, title: "The submission was not accepted" }, shared);
  }
  const answer = JSON.stringify({ submission_id: facts.submissionId, status: "received" });
  return new Response(answer, {
    status: outcome.status,
    headers: headersFor(facts, "application/json; charset=utf-8", shared),
  });
}

export default {
  fetch(request: Request, env: Env): Promise<Response> | Response {
    const { pathname } = new URL(request.url);
    if (request.method === "POST" && pathname === "/api/leads") return postLead(request, env);
    return new Response("There is nothing here.", { status: 404 });
  },
};
