// Bindings that answer at once, the same for all, and keep what they were given where that is to be compared.

export const project = {
  slug: "acme",
  settings: JSON.stringify({
    name: "Acme",
    allowed_origins: ["https://www.acme.com", "https://*.acme.io"],
    honeypot_field: "lead_hp",
    default_country: "IN",
    test_rules: { emails: ["qa@acme.com"], domains: ["qa.acme.com"], addresses: ["192.0.2.0/24"] },
    bot_response: "accept",
    min_form_seconds: 0,
    turnstile_secret: "",
  }),
};

export interface Statement {
  sql: string;
  params: unknown[];
}

export interface Point {
  indexes: string[];
  blobs: string[];
  doubles: number[];
}

export interface Seen {
  statements: Statement[];
  points: Point[];
}

/** 203.0.113.0/24, as the ledger keeps a blocked range. */
const blocked = `00000000000000000000ffffcb007100${"00000000000000000000ffffcb0071ff"}blk_${"1".repeat(32)}`;

function answerOf(statements: Statement[]) {
  const results = statements.map(() => ({ results: [] as unknown[], success: true }));
  const first = statements[0] as Statement;
  if (first.params.length === 1) {
    const known = first.params[0] === project.slug;
    return [{ results: known ? [{ settings: project.settings, blocked }] : [], success: true }];
  }
  const [, , lead, type, vpn, suspicious, hot, score, bot, reasons, ruleset, status, , attempt] =
    first.params;
  const accepted = lead !== null;
  const known = accepted && String(first.params[18]).includes("known");
  const row = {
    event_type: known ? "follow_up" : type,
    lead_id: known ? "lead_known" : lead,
    vpn,
    suspicious,
    hot,
    lead_score: score,
    bot_score: bot,
    person_reason: accepted ? (known ? "known_email" : "new_person") : null,
    reasons,
    ruleset,
    content_digest: null,
    status,
    attempt,
  };
  results[results.length - 1] = { results: [row], success: true };
  return results;
}

/** `flood`: rejected rows are over their limit already. `seen`: where to put what was given. */
export function fakeEnv(flood: boolean, seen?: Seen) {
  const passed = Promise.resolve({ success: true });
  const over = Promise.resolve({ success: false });
  return {
    DB: {
      prepare: (sql: string) => ({ bind: (...params: unknown[]): Statement => ({ sql, params }) }),
      batch: (statements: Statement[]) => {
        seen?.statements.push(...statements);
        return Promise.resolve(answerOf(statements));
      },
    },
    LEAD_SUBMISSIONS: { writeDataPoint: (point: Point) => void seen?.points.push(point) },
    POSTS_LIMIT: { limit: () => passed },
    REJECTED_ROWS_LIMIT: { limit: () => (flood ? over : passed) },
    LEADS_QUEUE: { send: () => Promise.resolve() },
    KV: { get: () => Promise.resolve(null), put: () => Promise.resolve() },
    API_KEYS: "[]",
    TURNSTILE_URL: "",
  };
}

export const context = { waitUntil: (_: Promise<unknown>) => {}, passThroughOnException: () => {} };
