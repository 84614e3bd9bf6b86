// POST /api/leads in the usual stack: Hono routes, Zod validates, libphonenumber reads phone numbers.

import { Hono, type Context as HonoContext } from "hono";
import { exposed, keepAndCount, type Problem, problemBody } from "../shared/flow.ts";
import { type Body, isSlug, readForm, slugOf, wholeName } from "../shared/form.ts";
import { readFacts } from "../shared/request.ts";
import { allowsOrigin, cachedSettings, loadSettings } from "../shared/settings.ts";
import type { Env, Facts, Submission } from "../shared/types.ts";
import { decide } from "../shared/verdict.ts";
import { contextOf } from "./context.ts";
import { callingCodeOf, schemaFor } from "./schema.ts";

type App = { Bindings: Env };

function share(c: HonoContext<App>, facts: Facts, shared: boolean): void {
  c.header("cache-control", "no-store");
  c.header("vary", "Origin");
  c.header("x-content-type-options", "nosniff");
  c.header("x-request-id", facts.requestId);
  if (shared && facts.origin !== "") {
    c.header("access-control-allow-origin", facts.origin);
    c.header("access-control-expose-headers", exposed);
  }
}

function refuse(c: HonoContext<App>, facts: Facts, problem: Problem, shared: boolean): Response {
  share(c, facts, shared);
  if (problem.status === 429) c.header("retry-after", "60");
  c.header("content-type", "application/problem+json");
  return c.body(JSON.stringify(problemBody(problem, facts.requestId)), problem.status as 422);
}

const app = new Hono<App>();

app.post("/api/leads", async (c) => {
  const facts = readFacts(c.req.raw);
  const invalid = { status: 422, code: "validation_failed", title: "Some fields are not as they should be" };
  if (!c.req.header("content-type")?.startsWith("application/json")) {
    const problem = { ...invalid, status: 415, code: "unsupported_media_type", detail: "Send JSON." };
    return refuse(c, facts, problem, true);
  }
  let body: Body;
  try {
    body = await c.req.json();
  } catch (error) {
    return refuse(c, facts, { ...invalid, status: 400, code: "malformed_body", detail: String(error) }, true);
  }
  const slug = slugOf(body);
  if (!isSlug(slug)) {
    return refuse(c, facts, { ...invalid, detail: "The submission names no project." }, true);
  }

  const limit = facts.ip === "" ? undefined : c.env.POSTS_LIMIT.limit({ key: `${slug} ${facts.ip}` });
  const settings = cachedSettings(slug, facts.now) ?? (await loadSettings(c.env.DB, slug, facts.now));
  if (limit) facts.rateLimited = !(await limit).success;
  if (settings === undefined) {
    const detail = `There is no project ${slug}.`;
    return refuse(c, facts, { ...invalid, code: "unknown_project", detail }, true);
  }
  const shared = allowsOrigin(settings, facts.origin);
  const form = readForm(body, settings.honeypot);
  const parsed = schemaFor(settings.country).safeParse(form.fields);
  if (!parsed.success) {
    const fields = parsed.error.issues.map((issue) => ({
      name: issue.path.join("."),
      reason: issue.message,
      code: String((issue as { params?: { code?: string } }).params?.code ?? "wrong_type"),
    }));
    return refuse(c, facts, { ...invalid, detail: "Some fields are refused.", fields }, shared);
  }
  const { data } = parsed;
  const submission: Submission = {
    contact: {
      name: wholeName(data.name, data.first_name, data.last_name),
      email: data.email,
      phone: data.phone,
      callingCode: data.callingCode,
      company: data.company,
      message: data.message,
    },
    context: contextOf(data),
    engagement: {
      time_on_page: data.time_on_page,
      scroll_depth: data.scroll_depth,
      pages_viewed: data.pages_viewed,
      form_seconds: data.form_seconds,
    },
    consent: data.consent,
    custom: form.custom,
    honeypotFilled: form.honeypotFilled,
  };
  const verdict = decide(submission, facts, settings, callingCodeOf);
  const outcome = await keepAndCount(c.env, slug, facts, submission, verdict, settings, body);
  if (outcome.status >= 400) {
    return refuse(c, facts, { ...outcome, title: "The submission was not accepted" }, shared);
  }
  share(c, facts, shared);
  return c.json({ submission_id: facts.submissionId, status: "received" }, outcome.status as 201, {
    "content-type": "application/json; charset=utf-8",
  });
});

export default app;
