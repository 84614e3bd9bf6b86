// Operations whose effects are answered by hand: the module alone, without a Worker around it.

import type { Core } from "../../../worker/src/core.ts";

export interface HandRequest {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  keyDigest?: string;
}

export interface Asked {
  effect: string;
  id: number;
  body?: number;
  status?: number;
  statements?: { sql: string; params: unknown[] }[];
  [member: string]: unknown;
}

const encoder = new TextEncoder();
const inline = 16_384;

export const adminDigest = "ad".repeat(32);
const config = encoder.encode(
  JSON.stringify({
    api_keys: [{ id: "k", role: "admin", projects: ["*"], digest: adminDigest }],
    turnstile_url: "",
  }),
);

let serial = 0;
const uuid = () => {
  serial += 1;
  return `${String(serial).padStart(8, "0")}-0000-4000-8000-000000000000`;
};

const bytesOf = (body: string | Uint8Array | undefined) =>
  typeof body === "string" ? encoder.encode(body) : (body ?? new Uint8Array());

export function begin(core: Core, { method, path, headers, body, keyDigest }: HandRequest): number {
  const bytes = bytesOf(body);
  const header = JSON.stringify({
    occasion: "http",
    now: 1_795_240_000_000,
    random: [uuid(), uuid(), uuid(), uuid()],
    method: method ?? "POST",
    url: `https://ledger.test${path ?? "/api/leads"}`,
    headers: {
      "content-type": "application/json",
      "cf-connecting-ip": "198.51.100.7",
      accept: "*/*",
      ...headers,
    },
    cf: { country: "IN", city: "Mumbai" },
    key_digest: keyDigest ?? "",
    bot_user_agent: false,
    body_partial: bytes.length > inline,
  });
  return core.start(config, bytes.subarray(0, inline), header);
}

export function effectsOf(core: Core, id: number): Asked[] {
  const output = core.output(id);
  if (output === undefined) throw new Error(`There is no operation ${id}.`);
  return JSON.parse(output.effects) as Asked[];
}

const settings = JSON.stringify({ name: "A project", allowed_origins: ["*"] });
const digests = new Uint8Array(64).fill(7);

/** The answer of a ledger where every person is new. */
function rowsFor(statements: NonNullable<Asked["statements"]>): unknown[] {
  return statements.map(({ sql }) => {
    if (sql.startsWith("SELECT settings,")) return [{ settings, blocked: null }];
    if (sql.startsWith("SELECT event_type")) {
      const insert = statements.find((each) => each.sql.startsWith("INSERT INTO submissions"))?.params ?? [];
      return [
        {
          event_type: insert[3],
          lead_id: insert[2],
          vpn: insert[4],
          suspicious: insert[5],
          hot: insert[6],
          lead_score: insert[7],
          bot_score: insert[8],
          person_reason: insert[2] === null ? null : "new_person",
          reasons: insert[9],
          ruleset: insert[10],
          status: insert[11],
          attempt: insert[13],
          content_digest: insert[14],
        },
      ];
    }
    return [];
  });
}

/** A reply to an effect, as a runtime where all goes well would give it. */
export function reply(asked: Asked, rest: Uint8Array): [status: string, body: string | Uint8Array] {
  switch (asked.effect) {
    case "d1.batch":
      return ["ok", JSON.stringify(rowsFor(asked.statements ?? []))];
    case "rate.limit":
      return ["ok pass", ""];
    case "digest":
      return ["ok", digests];
    case "signal.bot_user_agent":
      return ["ok no", ""];
    case "stream.read":
      return ["ok end", rest];
    default:
      return ["ok", ""];
  }
}

/** Runs an operation to its end and gives the status it answered. */
export function runByHand(core: Core, request: HandRequest): number {
  const id = begin(core, request);
  const rest = bytesOf(request.body).subarray(inline);
  let status = 0;
  const waiting = effectsOf(core, id);
  for (let asked = waiting.shift(); asked; asked = waiting.shift()) {
    if (asked.effect === "respond") status = asked.status as number;
    if (asked.id === 0) continue;
    if (!core.resume(id, asked.id, ...reply(asked, rest))) throw new Error("The operation was dropped.");
    waiting.push(...effectsOf(core, id));
  }
  core.end(id);
  return status;
}

/** The worst the shim may give back, for each effect that is asked for at the start. */
export const badReplies: [string, string | Uint8Array][] = [
  ["error", "D1_ERROR"],
  ["ok", ""],
  ["ok", "["],
  ["ok", "null"],
  ["ok", "[[]]"],
  ["ok", '[[{"settings":5,"blocked":"zz"}]]'],
  ["ok", '[[{"settings":"{","blocked":null}]]'],
  ["ok", new Uint8Array([0xff, 0xfe, 0x00])],
  ["", ""],
  ["okay", "[]"],
];
