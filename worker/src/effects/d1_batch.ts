// d1.batch: statements in one transaction; rows come back as JSON. Answers may be kept for a while in this isolate,
// where the effect says so.

import { within } from "./deadline.ts";
import { ok, type Performer, type Reply } from "./effect.ts";

interface Statement {
  sql: string;
  params: (string | number | null)[];
}

interface D1Batch {
  statements: Statement[];
  timeout_ms: number;
  cache_s?: number;
  cache_empty_s?: number;
  forget_cache?: boolean;
}

interface Cached {
  expires: number;
  reply: Reply;
}

const MOST_CACHED = 500;
const cache = new Map<string, Cached>();

export const forgetCache = () => cache.clear();

export function d1Batch(effect: D1Batch, { env }: Performer): Reply | Promise<Reply> {
  if (effect.cache_s === undefined) return run(effect, env.DB);
  const key = JSON.stringify(effect.statements);
  const found = cache.get(key);
  if (found !== undefined && found.expires > Date.now()) return found.reply;
  return run(effect, env.DB, key);
}

async function run(effect: D1Batch, db: D1Database, cacheKey?: string): Promise<Reply> {
  const statements = effect.statements.map(({ sql, params }) => db.prepare(sql).bind(...params));
  try {
    const results = await within(effect.timeout_ms, db.batch(statements));
    if (results === "late") throw new Error(`No answer within ${effect.timeout_ms} ms.`);
    const rows = results.map((result) => result.results);
    const reply = ok(JSON.stringify(rows));
    if (cacheKey !== undefined) {
      const isEmpty = rows.every((some) => some.length === 0);
      keep(cacheKey, reply, (isEmpty ? effect.cache_empty_s : effect.cache_s) ?? 0);
    }
    return reply;
  } finally {
    if (effect.forget_cache) forgetCache();
  }
}

function keep(key: string, reply: Reply, seconds: number): void {
  cache.delete(key);
  for (const oldest of cache.keys()) {
    if (cache.size < MOST_CACHED) break;
    cache.delete(oldest);
  }
  const bytes = new TextEncoder().encode(reply.body as string);
  cache.set(key, { expires: Date.now() + seconds * 1000, reply: ok(bytes) });
}
