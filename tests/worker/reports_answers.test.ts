// Answers of Analytics Engine, as they come: 64-bit integers as texts or numbers, printed any way, small and huge.

import { afterEach, beforeEach, expect, test } from "vitest";
import { bodyText, changed, manyRows, rangeOf, rowOf, type Style, says, whole } from "./support/fake_ae.ts";
import { Desk } from "./support/report_desk.ts";

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
});
afterEach(() => Desk.close());

test.each<Style>(["strings", "numbers", "pretty"])("integers and layout: %s", async (style) => {
  const expected = (await desk.stats("group_by=country&days=30")).json;
  desk.after(301);
  desk.analytics.plays(whole(style));
  const { status, json } = await desk.stats("group_by=country&days=30");
  expect(status).toBe(200);
  expect(json.groups).toEqual(expected.groups);
  expect(json.buckets).toEqual(expected.buckets);
});

test("an answer that comes byte by byte", async () => {
  const expected = (await desk.stats("group_by=source")).json;
  desk.after(301);
  desk.analytics.plays(async (post, points) => {
    const bytes = new Uint8Array(await (await whole("pretty")(post, points)).arrayBuffer());
    let at = 0;
    return new Response(
      new ReadableStream({
        pull(controller) {
          controller.enqueue(bytes.subarray(at, at + 1));
          at += 1;
          if (at === bytes.length) controller.close();
        },
      }),
    );
  });
  const { json } = await desk.stats("group_by=source");
  expect(json.groups).toEqual(expected.groups);
});

test("members in another order and members that nobody asked for", async () => {
  const expected = (await desk.stats("group_by=source")).json;
  desk.after(301);
  desk.analytics.plays(
    changed((text) => {
      const all = JSON.parse(text);
      const data = all.data.map((row: object) => Object.fromEntries(Object.entries(row).reverse()));
      return JSON.stringify({ rows: all.rows, extra: { data: [{}] }, data, meta: all.meta });
    }),
  );
  const { status, json } = await desk.stats("group_by=source");
  expect(status).toBe(200);
  expect(json.groups).toEqual(expected.groups);
});

test("no rows are zeros in every bucket", async () => {
  desk.analytics.plays(says(200, bodyText([])));
  const { status, json } = await desk.stats("group_by=country&days=3&compare=previous_week");
  expect(status).toBe(200);
  expect(json.totals.total).toBe(0);
  expect(json.buckets.map(({ total }: { total: number }) => total)).toEqual([0, 0, 0]);
  expect(json.groups).toEqual([]);
  expect(json.meta).toMatchObject({ sampled: false, sample_interval_max: 1, rows_read: 0 });
  expect(json.comparison.change.total).toBeNull();
});

test("texts of every kind come through", async () => {
  const texts = [
    "",
    " ",
    '"quoted"',
    "naïve café",
    "東京 🚀",
    "a\tb",
    "\u0001",
    "\u2028",
    "x".repeat(10_000),
    "</script>",
  ];
  const rows = texts.map((d0) => rowOf({ d0, m_n: 2n, m_primary: 2n, m_rows: 2n, m_most: 1n }));
  desk.analytics.plays(says(200, bodyText(rows)));
  const { json } = await desk.stats("group_by=city&bucket=none");
  const keys = json.groups.map(({ key }: { key: { city: string } }) => key.city);
  expect(keys.toSorted()).toEqual(texts.toSorted());
});

test("event types that are not known are left out of all counts, and told", async () => {
  desk.analytics.plays(
    says(200, bodyText([rowOf({ m_n: 10n, m_primary: 6n, m_bot: 1n, m_rows: 10n, m_most: 1n })])),
  );
  const { json } = await desk.stats("bucket=none");
  expect(json.totals).toMatchObject({ total: 7, primary: 6, bot: 1 });
  expect(json.meta.warnings).toContainEqual(expect.objectContaining({ code: "other_event_types" }));
});

test("large counts are exact", async () => {
  const big = 9_007_199_254_740_991n;
  desk.analytics.plays(
    says(200, bodyText([rowOf({ m_n: big, m_primary: big, m_hot: big, m_rows: 10n, m_most: 1000n })])),
  );
  const { json, text } = await desk.stats("bucket=none");
  expect(json.totals.total).toBe(Number.MAX_SAFE_INTEGER);
  expect(text).toContain('"hot_count":9007199254740991');
  expect(json.meta).toMatchObject({ sampled: true, sample_interval_max: 1000 });
});

// ---- huge ones

const day = 86_400;
/** Row n of a report by city and day: 60 cities more each thousand rows. */
const cityRow = (n: number, sql: string) => {
  const [from, to] = rangeOf(sql);
  const days = Math.round((to - from) / day);
  return rowOf({
    cell: BigInt(n % days),
    d0: `A city whose name is long enough ${Math.floor(n / days)}`,
    m_n: BigInt(1 + (n % 5)),
    m_primary: BigInt(1 + (n % 5)),
    m_rows: 1n,
    m_most: 1n,
    m_squares: 1n,
    m_newest: BigInt(from),
  });
};

test("more than 10 MB: every row counts", async () => {
  const count = 60_000;
  const { scene, left } = manyRows(count, cityRow);
  desk.analytics.plays(scene);
  const { status, json } = await desk.stats("group_by=city&days=60&limit=10");
  expect(status).toBe(200);
  expect(left()).toBe(0);
  expect(json.meta.rows_read).toBe(count);
  expect(json.totals.total).toBe(count * 3);
  expect(json.groups).toHaveLength(11);
  expect(json.groups[10]).toMatchObject({ key: null, other: true });
});

test("200,000 rows are answered", async () => {
  const { scene } = manyRows(200_000, cityRow);
  desk.analytics.plays(scene);
  const { status, json } = await desk.stats("group_by=city&days=50&limit=1");
  expect(status).toBe(200);
  expect(json.totals.total).toBe(600_000);
});

test("more than 200,000 rows are a 400 that says what to change, and no stale answer hides it", async () => {
  const ask = "group_by=city,utm_campaign&days=60";
  await desk.stats(ask);
  desk.after(301);
  const { scene } = manyRows(200_001, (n, sql) => ({ ...cityRow(n, sql), d1: "x" }));
  desk.analytics.plays(scene);
  const { status, json } = await desk.stats(ask);
  expect(status).toBe(400);
  expect(json).toMatchObject({ code: "bad_parameter", invalid_params: [{ name: "group_by" }] });
  for (const advice of [/200,?000/, /larger buckets/, /shorter range/, /fewer dimensions/, /filter/]) {
    expect(json.invalid_params[0].reason).toMatch(advice);
  }
  expect(desk.analytics.posts).toHaveLength(1);
  expect(desk.analytics.sql[0]).toMatch(/ LIMIT 200001 FORMAT JSON$/);
});
