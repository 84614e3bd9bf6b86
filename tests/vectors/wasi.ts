// A asked through the Worker's module as the Worker runs it: over its ABI, with every effect answered by hand.

import { liveCore } from "../../worker/src/core.ts";
import type { Asked } from "./cases.ts";

const adminDigest = "a".repeat(64);
const random = ["1", "2", "3", "4"].map((digit) => `${digit.repeat(8)}-0000-4000-8000-000000000000`);
const plain = (uuid: string | undefined) => (uuid ?? "").replaceAll("-", "");

/** Of the problem that answers a refused request. */
export const requestId = `req_${plain(random[3])}`;

interface Statement {
  sql: string;
  params: unknown[];
}

interface Effect {
  effect: string;
  id: number;
  body?: number;
  limit?: string;
  status?: number;
  statements?: Statement[];
}

interface Reply {
  status: string;
  body?: unknown;
}

export interface Answer {
  status: number;
  body: string;
  /** The effects that were asked for, as the module wrote them. */
  effects: string;
}

const core = liveCore();

/** What the Worker knows of the request, as worker/src/request.ts packs it. */
function headerOf({ input }: Asked, path: string, trusted: boolean): string {
  const { visitor, signals } = input;
  const headers: Record<string, unknown> = {
    "content-type": input.content_type,
    "cf-connecting-ip": visitor.ip,
    "user-agent": visitor.user_agent,
    accept: "*/*",
    origin: signals.origin,
    "x-lead-test": signals.test_header ? "1" : undefined,
    "accept-language": signals.browser_headers_missing ? undefined : "en",
  };
  const { country, region, city, asn, as_organization } = visitor;
  return JSON.stringify({
    occasion: "http",
    now: input.received_at_s * 1000,
    random,
    method: "POST",
    url: `https://leads.test${path}`,
    headers,
    cf: {
      country,
      region,
      city,
      asn,
      asOrganization: as_organization,
      botManagement: { score: signals.cloudflare_bot_score },
    },
    key_digest: trusted ? adminDigest : "",
    bot_user_agent: signals.bot_user_agent ?? false,
    body_partial: false,
  });
}

function settingsRow({ input }: Asked, slug: unknown) {
  if (slug !== input.project) return [];
  // One range of every address there is, with the id of what blocks.
  const { blocked_by } = input.signals;
  const blocked = blocked_by ? `${"0".repeat(32)}${"f".repeat(32)}${blocked_by}` : null;
  return [{ settings: JSON.stringify(input.settings), blocked }];
}

/** What the ledger answers: settings, who the person is, or the row that was kept. */
function answerBatch(asked: Asked, statements: Statement[]): unknown[][] {
  const { person, lead_id } = asked.input;
  const first = statements[0];
  if (first?.sql.includes("FROM projects")) return [settingsRow(asked, first.params[0])];
  if (statements.length === 1) {
    const known = { new_person: {}, known_email: { by_email: lead_id }, known_phone: { by_phone: lead_id } };
    return [[known[person]]];
  }
  // The insert's third parameter is the id that a new person would get: only an accepted submission has one.
  const accepted = first?.params[2] !== null;
  const kept = { attempt: plain(random[2]), status: 201, person_reason: person, lead_id };
  const row = accepted ? kept : { ...kept, person_reason: null, lead_id: null };
  return statements.map((_, at) => (at === statements.length - 1 ? [row] : []));
}

function answerTurnstile(outcome: string | undefined): Reply {
  if (outcome === "passed") return { status: "ok 200", body: { success: true } };
  if (outcome === "failed") return { status: "ok 200", body: { success: false, "error-codes": ["timeout"] } };
  return { status: "error" };
}

function answerEffect(asked: Asked, effect: Effect): Reply {
  switch (effect.effect) {
    case "d1.batch":
      return { status: "ok", body: answerBatch(asked, effect.statements ?? []) };
    case "rate.limit": {
      // Rejected rows are over their limit, so that a blocked submission leaves its point and nothing else.
      const over = effect.limit === "rejected_rows" || asked.input.signals.rate_limited === true;
      return { status: over ? "ok over" : "ok pass" };
    }
    case "http.fetch":
      return answerTurnstile(asked.input.signals.turnstile);
    default:
      throw new Error(`Nobody answers ${effect.effect}.`);
  }
}

function run(asked: Asked, path: string, trusted: boolean): Answer {
  const config = JSON.stringify({
    api_keys: [{ id: "vectors", digest: adminDigest, role: "admin", projects: ["*"] }],
  });
  const id = core.start(Buffer.from(config), asked.body, headerOf(asked, path, trusted));
  let effects = "";
  try {
    for (;;) {
      const output = core.output(id);
      if (output === undefined || output.effects === "[]")
        throw new Error("The operation waits for nothing.");
      effects += output.effects;
      for (const effect of JSON.parse(output.effects) as Effect[]) {
        if (effect.effect === "respond") {
          const body = output.bodies[(effect.body ?? 0) - 1];
          return { status: effect.status ?? 0, body: Buffer.from(body ?? "").toString(), effects };
        }
        if (effect.id === 0) continue; // nobody waits for it
        const reply = answerEffect(asked, effect);
        const text = reply.body === undefined ? "" : JSON.stringify(reply.body);
        if (!core.resume(id, effect.id, reply.status, text)) throw new Error("The reply was not taken.");
      }
    }
  } finally {
    core.end(id);
  }
}

/** POST /api/leads/validate with an admin key. */
export const validate = (asked: Asked) => run(asked, "/api/leads/validate", true);

/** POST /api/leads from a website, which alone asks the rate limit and Turnstile. */
export const post = (asked: Asked) => run(asked, "/api/leads", false);
