// The five kinds always add up to the total.

import { expect, test } from "vitest";
import type { Answer } from "./support/ask.ts";
import { person, robot } from "./support/people.ts";
import { type CallOptions, freshAddress, Stage } from "./support/stage.ts";

const types = ["primary", "follow_up", "test", "blocked", "bot"];

/** Small, seeded: a failure can be repeated. */
function random(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const count = (values: unknown[]) =>
  Object.fromEntries(types.map((type) => [type, values.filter((value) => value === type).length]));

test("after a random mix of submissions, rows and points agree type by type and add up to the answers", async () => {
  const stage = await Stage.open();
  const next = random(20_261_121);
  const known = Array.from({ length: 15 }, () => person());
  const kinds: (() => [Record<string, unknown>, CallOptions])[] = [
    () => [person(), {}],
    () => [known[next(known.length)] as Record<string, unknown>, {}],
    () => [person({ email: `t${next(1e6)}+test@raomills.in` }), {}],
    () => [person(), { headers: { origin: "https://evil.example" } }],
    () => [person(), { headers: { "user-agent": robot } }],
    () => [{ email: "no address" }, {}],
    () => [{ ...person(), project: "no-such-project" }, {}],
  ];
  const answers: Answer[] = [];
  for (let round = 0; round < 20; round += 1) {
    const posts = Array.from({ length: 15 }, () => {
      const [fields, options] = (kinds[next(kinds.length)] as (typeof kinds)[number])();
      const headers = { ...options.headers, "cf-connecting-ip": freshAddress() };
      return stage.post(fields, { ...options, headers });
    });
    answers.push(...(await Promise.all(posts)));
  }
  const judged = answers.filter(({ status }) => status === 201 || status === 403);
  const rows = count((await stage.rows("submissions")).map((row) => row.event_type));
  const points = count(stage.points.map((point) => point.event_type));
  expect(points).toEqual(rows);
  expect(Object.values(rows).reduce((sum, each) => sum + each, 0)).toBe(judged.length);
  expect(stage.points).toHaveLength(judged.length);
  for (const type of types) expect(rows[type], type).toBeGreaterThan(0);
  expect(answers.length - judged.length, "what is no submission leaves nothing").toBeGreaterThan(0);
  expect(await stage.rows("leads")).toHaveLength(rows.primary as number);
});
