// The module traps while reports are made: those are run again, or break off; none of them is less than it says. And
// its memory does not grow with the number of reports.

import { afterEach, beforeEach, expect, test } from "vitest";
import { TrappingCores } from "./support/cores.ts";
import { garbage, manyRows, rangeOf, rowOf, says, stopsAfter, whole } from "./support/fake_ae.ts";
import { Desk } from "./support/report_desk.ts";

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
});
afterEach(() => Desk.close());

test.each([
  ["stats", "compare=previous&group_by=country"],
  ["summary", ""],
] as const)("whichever resume of %s?%s traps, it is run again in a new instance", async (report, query) => {
  const untouched = new TrappingCores(() => false);
  const expected = await desk[report](`${query}&city=0`, { cores: untouched });
  expect(untouched.resumes).toBeGreaterThanOrEqual(4);
  for (let at = 1; at <= untouched.resumes; at += 1) {
    const cores = new TrappingCores((resume) => resume === at);
    const { status, json } = await desk[report](`${query}&city=${at}`, { cores });
    expect(status, `trapped at resume ${at}`).toBe(200);
    expect(json.totals).toEqual(expected.json.totals);
    expect(cores.made).toBe(2);
    expect(cores.inFlight).toBe(0);
  }
});

test("those who wait for the answer of one that trapped get theirs", async () => {
  for (const at of [1, 2, 3, 4, 6, 8]) {
    const cores = new TrappingCores((resume) => resume === at);
    const answers = await Promise.all(Array.from({ length: 4 }, () => desk.stats(`city=${at}`, { cores })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    for (const { json } of answers) expect(json.totals).toEqual(answers[0]?.json.totals);
    expect(cores.inFlight).toBe(0);
  }
});

test("a large answer whose rest is lost is broken off, never ended as if it were whole", async () => {
  const query = "days=90&bucket=60min&group_by=country,source&limit=1000&format=csv";
  const untouched = new TrappingCores(() => false);
  const { text } = await desk.stats(query, { cores: untouched });
  const last = untouched.resumes;
  expect(last).toBeGreaterThan(12);
  desk.after(301);
  const cores = new TrappingCores((resume) => resume === last - 8);
  const { response, finished } = await desk.open(desk.path("lead-stats", query), { cores });
  await expect(response.text()).rejects.toThrow();
  await finished();
  expect((await desk.stats(query, { cores })).text).toBe(text);
});

test("a trap that comes again is a 503, and leaves nothing behind that others wait for", async () => {
  const cores = new TrappingCores(() => true);
  expect((await desk.stats("days=4", { cores })).status).toBe(503);
  const { status, json } = await desk.stats("days=4");
  expect(status).toBe(200);
  expect(json.meta.cache).toBe("miss");
});

test("memory stays as large as it was after the first reports", { timeout: 60_000 }, async () => {
  const cores = new TrappingCores(() => false);
  const big = manyRows(4000, (n, sql) =>
    rowOf({
      cell: BigInt(n % 7),
      d0: `city ${n} ${rangeOf(sql)[0]}`,
      m_n: 1n,
      m_bot: 1n,
      m_rows: 1n,
      m_most: 1n,
    }),
  ).scene;
  const mix: [query: string, scene: ReturnType<typeof whole>, status: number][] = [
    ["days=7", whole("pretty"), 200],
    ["days=30&group_by=country,source&format=csv", whole(), 200],
    ["compare=previous&bucket=60min", whole("numbers"), 200],
    ["days=2", says(401, "no"), 502],
    ["days=3", stopsAfter(700, "ends"), 502],
    ["days=3", says(200, "<html>"), 502],
    ["limit=0", whole(), 400],
    ["group_by=city&format=ndjson", big, 200],
    ["days=5", garbage(100_000), 502],
  ];
  const round = async (n: number) => {
    for (const [query, scene, status] of mix) {
      desk.analytics.plays(scene);
      const answer = await desk.call(desk.path("lead-stats", `${query}&region=${n}`), { cores });
      expect(answer.status, query).toBe(status);
    }
    // And one whose client goes away.
    desk.analytics.plays(whole());
    const gone = desk.path("lead-stats", `days=90&bucket=60min&group_by=country&region=${n}`);
    const { response, finished } = await desk.open(gone, { cores });
    await response.body?.cancel();
    await finished();
  };
  for (let n = 0; n < 5; n += 1) await round(n);
  const warm = cores.take().memoryBytes;
  for (let n = 5; n < 40; n += 1) await round(n);
  expect(cores.take().memoryBytes).toBe(warm);
  expect(cores.made).toBe(1);
  expect(cores.inFlight).toBe(0);
});

test("sixty different views at once are all answered", async () => {
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, n) => desk.stats(`days=${1 + n}&group_by=country`)),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(desk.analytics.posts).toHaveLength(60);
});
