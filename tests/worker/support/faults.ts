// Bindings that fail in the ways that bindings fail.

import { env } from "cloudflare:workers";
import type { Env } from "../../../worker/src/env.ts";

/** How a batch goes: as it should, later, refused, never answered, or done with its answer lost on the way. */
type Plain = "works" | Promise<void> | "rejects" | "is silent" | "loses the answer";

/** What becomes of a batch; it may depend on its statements. */
export type Fate = Plain | ((statements: string[]) => Plain);

export interface WatchedLedger {
  DB: D1Database;
  /** Batches so far, and the statements of each. */
  batches: string[][];
}

const texts = new WeakMap<object, string>();

/** D1 with one fate for each batch; the last one goes on. */
export function ledger(...fates: Fate[]): WatchedLedger {
  const batches: string[][] = [];
  const statement = (real: D1PreparedStatement, sql: string): D1PreparedStatement => {
    texts.set(real, sql);
    return real;
  };
  const fake = {
    prepare(sql: string) {
      const real = env.DB.prepare(sql);
      return { bind: (...params: unknown[]) => statement(real.bind(...params), sql) };
    },
    async batch(statements: D1PreparedStatement[]) {
      const given = fates[Math.min(batches.length, fates.length - 1)] ?? "works";
      const sql = statements.map((each) => texts.get(each) ?? "?");
      const fate = typeof given === "function" ? given(sql) : given;
      batches.push(sql);
      if (fate === "rejects") throw new Error("D1_ERROR: internal error");
      if (fate === "is silent") return new Promise(() => {});
      if (fate instanceof Promise) await fate;
      const results = await env.DB.batch(statements);
      if (fate === "loses the answer") throw new Error("D1_ERROR: Network connection lost.");
      return results;
    },
  };
  return { DB: fake as unknown as D1Database, batches };
}

/** A queue that remembers, or refuses. */
export function queue(works = true): { LEADS_QUEUE: Env["LEADS_QUEUE"]; messages: Uint8Array[] } {
  const messages: Uint8Array[] = [];
  const fake = {
    async send(body: Uint8Array, options: { contentType: string }) {
      if (!works) throw new Error("Queue sendMessage failed");
      if (options.contentType !== "bytes") throw new Error("Bytes were expected.");
      messages.push(body.slice());
    },
  };
  return { LEADS_QUEUE: fake as unknown as Env["LEADS_QUEUE"], messages };
}

/** A KV of which every read is refused, or never answered. */
export function brokenKv(fate: "rejects" | "is silent"): KVNamespace {
  const get = async () => {
    if (fate === "rejects") throw new Error("KV GET failed: 500 Internal Server Error");
    return new Promise(() => {});
  };
  return { get } as unknown as KVNamespace;
}

/** A limit that lets so many uses of each key pass. */
export function limit(most: number): RateLimit & { used: string[] } {
  const used: string[] = [];
  const fake = {
    used,
    async limit({ key }: { key: string }) {
      used.push(key);
      return { success: used.filter((each) => each === key).length <= most };
    },
  };
  return fake as unknown as RateLimit & { used: string[] };
}
