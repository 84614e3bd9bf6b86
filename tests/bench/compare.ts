// All three give the same answer, statements and point on the corpus, but for what the corpus lists.

import { isDeepStrictEqual } from "node:util";
import type { Contender } from "./support/contenders.ts";
import { corpus } from "./support/corpus.ts";
import { context, fakeEnv, type Seen } from "./support/fakes.ts";
import { requestOf, type Sent } from "./support/submissions.ts";

/** The same random numbers and time for everybody, so that even ids are equal. */
async function pinned<T>(action: () => Promise<T>): Promise<T> {
  const { randomUUID } = crypto;
  const { now } = Date;
  let drawn = 0;
  crypto.randomUUID = () => {
    drawn += 1;
    return `00000000-0000-4000-8000-${String(drawn).padStart(12, "0")}`;
  };
  Date.now = () => 1_790_000_000_000;
  try {
    return await action();
  } finally {
    crypto.randomUUID = randomUUID;
    Date.now = now;
  }
}

/** JSON columns are compared by their values: 40 and 40.0 are one number. */
function comparable(value: unknown): unknown {
  return typeof value === "string" && /^[[{]/.test(value) ? JSON.parse(value) : value;
}

async function outcomeOf(contender: Contender, sent: Sent) {
  const seen: Seen = { statements: [], points: [] };
  contender.forget();
  const response = await pinned(() => contender.fetch(requestOf(sent), fakeEnv(false, seen), context));
  const { status } = response;
  const headers = Object.fromEntries(response.headers);
  delete headers["content-length"];
  const answer = status < 400 ? await response.json() : undefined;
  const statements = seen.statements.map(({ sql, params }) => ({ sql, params: params.map(comparable) }));
  return { status, headers: status < 400 ? headers : undefined, answer, statements, points: seen.points };
}

type Outcome = Awaited<ReturnType<typeof outcomeOf>>;

/** The first place where two outcomes part, for a person to read. */
function firstDifference(path: string, a: unknown, b: unknown): string {
  if (typeof a === "object" && typeof b === "object" && a !== null && b !== null) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const one = (a as Record<string, unknown>)[key];
      const other = (b as Record<string, unknown>)[key];
      if (!isDeepStrictEqual(one, other)) return firstDifference(`${path}.${key}`, one, other);
    }
  }
  return `${path}: the core has ${JSON.stringify(a)}, it has ${JSON.stringify(b)}`;
}

/** What is wrong, as sentences; and how many submissions were compared. */
export async function compare(contenders: Record<string, Contender>) {
  const complaints: string[] = [];
  const listed: string[] = [];
  for (const { name, sent, differs } of corpus) {
    const ours: Outcome = await outcomeOf(contenders.ours as Contender, sent);
    if (ours.points.length !== 1) complaints.push(`${name}: the core wrote ${ours.points.length} points`);
    for (const peer of ["hono_zod", "plain"] as const) {
      const theirs = await outcomeOf(contenders[peer] as Contender, sent);
      const equal = isDeepStrictEqual(ours, theirs);
      const excuse = differs?.[peer];
      if (!equal && excuse === undefined)
        complaints.push(`${name}: ${peer}${firstDifference("", ours, theirs)}`);
      if (equal && excuse !== undefined)
        complaints.push(`${name}: ${peer} does not differ any more; strike it off`);
      if (!equal && excuse !== undefined) listed.push(`${name} (${peer}): ${excuse}`);
    }
  }
  return { complaints, listed, compared: corpus.length };
}
