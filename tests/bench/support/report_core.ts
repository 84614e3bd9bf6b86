// One report through an instance of the module, both crossings included: the request goes in, and what the core asks
// for is answered by hand. Nothing is in its cache, and what it puts there is taken out and dropped.

import type { Core } from "../../../worker/src/core.ts";
import { reportNow } from "./report_answers.ts";

const encoder = new TextEncoder();
const digest = "be".repeat(32);
const config = encoder.encode(
  JSON.stringify({
    api_keys: [{ id: "key", role: "marketing", projects: ["*"], digest }],
    turnstile_url: "",
    reporting_timezone: "Asia/Kolkata",
  }),
);
const uuid = "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed";
/** Asia/Kolkata, all through the range. */
const zone = JSON.stringify({ offset: 19_800, transitions: [] });

const headerOf = (query: string) =>
  JSON.stringify({
    occasion: "http",
    now: reportNow,
    random: [uuid, uuid, uuid, uuid],
    method: "GET",
    url: `https://leads.acme.com/analytics/lead-stats?${query}`,
    headers: { accept: "*/*" },
    cf: {},
    key_digest: digest,
    bot_user_agent: false,
    body_partial: false,
  });

interface Asked {
  effect: string;
  id: number;
  body?: number;
  status?: number;
  at_most?: number;
}

export interface CoreReport {
  pieces: Uint8Array[];
  sql: string;
  /** What was put into the cache, each time. */
  cached: number[];
}

export function runReport(core: Core, query: string, answer: Uint8Array): CoreReport {
  const out: CoreReport = { pieces: [], sql: "", cached: [] };
  const id = core.start(config, new Uint8Array(), headerOf(query));
  let at = 0;
  let ended = false;
  const nextPiece = (atMost: number) => {
    const piece = answer.subarray(at, at + atMost);
    at += piece.length;
    return piece;
  };
  const resume = (effect: number, status: string, body: string | Uint8Array) => {
    if (!core.resume(id, effect, status, body)) throw new Error("The core does not wait for this.");
  };
  while (!ended) {
    const output = core.output(id);
    if (output === undefined) throw new Error("The operation is gone.");
    const effects = JSON.parse(output.effects) as Asked[];
    if (effects.length === 0) throw new Error("The core asks for nothing and has not ended.");
    for (const asked of effects) {
      const body = asked.body === undefined ? undefined : output.bodies[asked.body - 1];
      switch (asked.effect) {
        case "zone.transitions":
          resume(asked.id, "ok", zone);
          break;
        case "cache.get":
          resume(asked.id, "ok miss", "");
          break;
        case "cache.put":
          out.cached.push(body?.length ?? 0);
          break;
        case "ae.query": {
          out.sql = new TextDecoder().decode(body);
          const piece = nextPiece(asked.at_most as number);
          resume(asked.id, `ok 200 ${at < answer.length ? "more" : "end"} 1 0`, piece);
          break;
        }
        case "ae.read": {
          const piece = nextPiece(asked.at_most as number);
          resume(asked.id, `ok ${at < answer.length ? "more" : "end"} 1`, piece);
          break;
        }
        case "respond":
          if (asked.status !== 200)
            throw new Error(`It answered ${asked.status}: ${new TextDecoder().decode(body)}`);
          if (body !== undefined && body.length > 0) out.pieces.push(body);
          if (!("streamed" in asked)) ended = true;
          break;
        case "stream.write":
          out.pieces.push(body as Uint8Array);
          resume(asked.id, "ok", "");
          break;
        case "end":
          ended = true;
          break;
        default:
          throw new Error(`A report has no business with ${asked.effect}.`);
      }
    }
  }
  core.end(id);
  return out;
}
