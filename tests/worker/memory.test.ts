// Linear memory stays flat, and no bytes make the module trap.

import { expect, inject, test } from "vitest";
import { Core } from "../../worker/src/core.ts";
import { adminDigest, begin, effectsOf, type HandRequest, runByHand } from "./support/by_hand.ts";
import { newExports } from "./support/cores.ts";

const lead = {
  project: "acme",
  name: "Asha Rao",
  email: "asha@raomills.in",
  phone: "+919820012345",
  form_seconds: 30,
};
const json = (fields: object) => JSON.stringify({ ...lead, ...fields });
const admin = { keyDigest: adminDigest };
/** The one that the fuzzers use. */
const boundary = "x";
const multipart = `--${boundary}\r\ncontent-disposition: form-data; name="project"\r\n\r\nacme\r\n--${boundary}\r\ncontent-disposition: form-data; name="email"\r\n\r\nasha@raomills.in\r\n--${boundary}--\r\n`;

type Case = [expected: number, request: HandRequest];

const huge: Case[] = [
  [201, { body: json({ extra: "x".repeat(60_000) }) }],
  [413, { body: json({ extra: "x".repeat(80_000) }) }],
];

const mix: Case[] = [
  [201, { body: json({}) }],
  [201, { body: json({ message: "m".repeat(9000) }), headers: { "idempotency-key": "k" } }],
  [201, { body: json({ visitor: { ip: "2001:db8::1", user_agent: "Mozilla/5.0" } }), ...admin }],
  [
    201,
    {
      body: "project=acme&email=a%40raomills.in",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    },
  ],
  [201, { body: multipart, headers: { "content-type": `multipart/form-data; boundary=${boundary}` } }],
  [400, { body: "{" }],
  [400, { body: "[".repeat(5000) }],
  [422, { body: json({ email: "no address" }) }],
  [415, { body: "x", headers: { "content-type": "text/plain" } }],
  [200, { method: "GET", path: "/api/leads?limit=3", ...admin }],
  [200, { path: "/api/leads/validate", body: json({}), ...admin }],
  [404, { method: "GET", path: "/nowhere" }],
  [405, { method: "PUT", path: "/api/leads" }],
  [401, { method: "GET", path: "/api/submissions" }],
];

test("100,000 mixed operations leave linear memory as large as 5,000 did", { timeout: 60_000 }, () => {
  const core = new Core(newExports());
  let warm = 0;
  for (let at = 0; at < 100_000; at += 1) {
    if (at === 5000) warm = core.memoryBytes;
    // The huge bodies come once in a while: they are slow, and what they leave behind is as large each time.
    const [expected, request] =
      at % 50 === 0 ? (huge[(at / 50) % 2] as Case) : (mix[at % mix.length] as Case);
    if (at % 97 === 0) {
      // A client that went away while its operation waited.
      const id = begin(core, request);
      effectsOf(core, id);
      core.end(id);
    }
    const status = runByHand(core, request);
    if (status !== expected) throw new Error(`Operation ${at} answered ${status} instead of ${expected}.`);
  }
  expect(core.memoryBytes).toBe(warm);
  expect(core.count).toBe(0);
});

const decode = (base64: string) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
const encode = (text: string) => new TextEncoder().encode(text);

const types: Record<string, string> = {
  json: "application/json",
  urlencoded: "application/x-www-form-urlencoded",
  multipart: `multipart/form-data; boundary=${boundary}`,
};

const seeds: [kind: string, body: Uint8Array][] = [
  [
    "json",
    encode(json({ "a[b][c]": [1, -0, 1e308, "\u0000", "\ud800", { d: null }], phone: "+".repeat(99) })),
  ],
  [
    "json",
    encode(
      '{"project":"acme","project":"acme","email":"\\ud83d\\ude00@x.in","n":1e999999,"d":[[[[[[[[[[]]]]]]]]]]}',
    ),
  ],
  ["urlencoded", encode("project=acme&email=%00%ff%zz%&a[]=1&a[]=2&=&&==&%=%&\u{1f642}=\u{1f642}")],
  ["multipart", encode(multipart)],
  ["multipart", encode(multipart.replace('"email"', '"email"; filename="x"').replaceAll("\r\n", "\n"))],
];

/** The bytes with a few of them changed, cut or doubled. */
function spoil(bytes: Uint8Array, next: (below: number) => number): Uint8Array {
  const out = [...bytes];
  for (let change = next(6); change >= 0; change -= 1) {
    const at = next(out.length + 1);
    if (next(4) === 0) out.splice(at, next(20));
    else if (next(3) === 0) out.splice(at, 0, ...out.slice(at, at + next(40)));
    else out[at] = next(256);
  }
  return Uint8Array.from(out);
}

test("no body makes the module trap: the fuzzers' corpora, and thousands of spoilt forms", () => {
  const core = new Core(newExports());
  let state = 20_261_121;
  const next = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const kept = inject("corpus").map(({ kind, base64 }): [string, Uint8Array] => [kind, decode(base64)]);
  expect(new Set(kept.map(([kind]) => kind)).size).toBe(3);
  const spoilt = Array.from({ length: 6000 }, (): [string, Uint8Array] => {
    const all = [...seeds, ...kept];
    const [kind, body] = all[next(all.length)] as (typeof seeds)[number];
    return [kind, spoil(body, next)];
  });
  const answered = new Set<number>();
  for (const [kind, body] of [...seeds, ...kept, ...spoilt]) {
    answered.add(runByHand(core, { body, headers: { "content-type": types[kind] as string } }));
  }
  expect(core.count).toBe(0);
  const expected = [201, 303, 400, 403, 413, 415, 422];
  expect([...answered].filter((status) => !expected.includes(status))).toEqual([]);
  expect(answered.size, "the spoilt forms are not all refused alike").toBeGreaterThan(2);
});
