// Every parameter of GET /analytics/lead-stats: what it makes of the answer and of the statement.

import { afterEach, beforeEach, expect, test } from "vitest";
import { gapOf, rangeOf } from "./support/fake_ae.ts";
import { Desk } from "./support/report_desk.ts";

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
});
afterEach(() => Desk.close());

const at = (local: string) => `${local}:00+05:30`;
const today = at("2026-11-21T00:00");
const tomorrow = at("2026-11-22T00:00");

type Range = [query: string, from: string, to: string, buckets: number, partial: boolean[]];
const whole = (count: number) => Array.from({ length: count }, () => false);
const running = (count: number) => [...whole(count - 1), true];
const ranges: Range[] = [
  ["", at("2026-11-15T00:00"), tomorrow, 7, running(7)],
  ["days=1", today, tomorrow, 1, running(1)],
  ["days=90", at("2026-08-24T00:00"), tomorrow, 90, running(90)],
  ["days=1&bucket=1min", today, at("2026-11-21T16:11"), 971, running(971)],
  ["days=1&bucket=15min", today, at("2026-11-21T16:15"), 65, running(65)],
  ["days=1&bucket=30min", today, at("2026-11-21T16:30"), 33, running(33)],
  ["days=1&bucket=60min", today, at("2026-11-21T17:00"), 17, running(17)],
  ["days=2&bucket=day", at("2026-11-20T00:00"), tomorrow, 2, running(2)],
  ["bucket=week", at("2026-11-15T00:00"), at("2026-11-23T00:00"), 2, [true, true]],
  ["bucket=month", at("2026-11-15T00:00"), at("2026-12-01T00:00"), 1, [true]],
  ["bucket=none", at("2026-11-15T00:00"), tomorrow, 0, []],
  ["from=2026-11-01&to=2026-11-08", at("2026-11-01T00:00"), at("2026-11-08T00:00"), 7, whole(7)],
  ["from=2026-11-20", at("2026-11-20T00:00"), tomorrow, 2, running(2)],
  ["from=2026-11-20&to=2027-05-01", at("2026-11-20T00:00"), tomorrow, 2, running(2)],
  [
    "from=2026-11-01T00:00:00Z&to=2026-11-02T00:00:00Z",
    at("2026-11-01T05:30"),
    at("2026-11-02T05:30"),
    2,
    [true, true],
  ],
  [
    "from=2026-11-01T06:00:00%2B05:30&to=2026-11-01T07:00:00.999%2B05:30&bucket=30min",
    at("2026-11-01T06:00"),
    at("2026-11-01T07:00"),
    2,
    whole(2),
  ],
  ["from=2026-11-01T06:00:00+05:30&to=2026-11-02", at("2026-11-01T06:00"), at("2026-11-02T00:00"), 1, [true]],
  ["from=2026-10-01&to=2026-11-01&bucket=month", at("2026-10-01T00:00"), at("2026-11-01T00:00"), 1, whole(1)],
  ["from=2026-11-02&to=2026-11-16&bucket=week", at("2026-11-02T00:00"), at("2026-11-16T00:00"), 2, whole(2)],
];

test.each(ranges)("'%s' is from %s to %s", async (query, from, to, count, partial) => {
  const { status, json } = await desk.stats(query);
  expect(status).toBe(200);
  expect(json.meta).toMatchObject({ from, to, timezone: "Asia/Kolkata" });
  expect(json.buckets).toHaveLength(count);
  expect(json.buckets.map((bucket: { partial: boolean }) => bucket.partial)).toEqual(partial);
  expect(desk.analytics.posts).toHaveLength(1);
  expect(rangeOf(desk.analytics.sql[0] as string)).toEqual([Date.parse(from) / 1000, Date.parse(to) / 1000]);
});

test("counts are those of the points", async () => {
  const { json } = await desk.stats("days=90&bucket=none");
  const from = Date.parse(json.meta.from) / 1000;
  const seen = desk.analytics.points.filter(({ at }) => at >= from);
  const weight = (points: typeof seen) => points.reduce((all, { interval }) => all + interval, 0);
  expect(seen.length).toBeGreaterThan(300);
  expect(json.totals).toEqual({
    total: weight(seen),
    primary: weight(seen.filter(({ event_type }) => event_type === "primary")),
    follow_up: weight(seen.filter(({ event_type }) => event_type === "follow_up")),
    test: weight(seen.filter(({ event_type }) => event_type === "test")),
    blocked: weight(seen.filter(({ event_type }) => event_type === "blocked")),
    bot: weight(seen.filter(({ event_type }) => event_type === "bot")),
    vpn_count: weight(seen.filter(({ flags }) => flags.includes("vpn"))),
    suspicious_count: weight(seen.filter(({ flags }) => flags.includes("suspicious"))),
    hot_count: weight(seen.filter(({ flags }) => flags.includes("hot"))),
  });
  expect(json.meta).toMatchObject({ sampled: true, sample_interval_max: 4, rows_read: seen.length });
});

test("meta says everything that was asked and how it was answered", async () => {
  const { json } = await desk.stats("group_by=country&vpn=true&city=-Pune");
  expect(Object.keys(json.meta)).toEqual(
    expect.arrayContaining([
      ...["from", "to", "timezone", "bucket", "group_by", "filters", "generated_at", "data_from"],
      ...["data_through", "sampled", "sample_interval_max", "rows_read", "cache", "warnings"],
    ]),
  );
  expect(json.meta).toMatchObject({
    bucket: "day",
    group_by: ["country"],
    generated_at: at("2026-11-21T16:10"),
    data_through: at("2026-11-21T16:09"),
    data_from: json.meta.from,
    cache: "miss",
    warnings: [],
  });
  expect(json.meta.filters).toEqual([
    { dimension: "city", match: "is_not", values: ["Pune"] },
    { dimension: "utm_content", match: "is", values: [desk.mark] },
    { dimension: "vpn", match: "is", values: [true] },
  ]);
});

test.each([
  ["UTC", "2026-11-15T00:00:00+00:00", "2026-11-22T00:00:00+00:00"],
  ["America/New_York", "2026-11-15T00:00:00-05:00", "2026-11-22T00:00:00-05:00"],
  ["Etc/GMT%2B5", "2026-11-15T00:00:00-05:00", "2026-11-22T00:00:00-05:00"],
  ["Etc/GMT+5", "2026-11-15T00:00:00-05:00", "2026-11-22T00:00:00-05:00"],
  ["Pacific/Auckland", "2026-11-15T00:00:00+13:00", "2026-11-22T00:00:00+13:00"],
  ["Asia/Kathmandu", "2026-11-15T00:00:00+05:45", "2026-11-22T00:00:00+05:45"],
])("timezone=%s", async (zone, from, to) => {
  const { status, json } = await desk.stats(`timezone=${zone}`);
  expect(status).toBe(200);
  const same = (a: string, b: string) => a.replace("Z", "+00:00") === b;
  expect(same(json.meta.from, from), json.meta.from).toBe(true);
  expect(same(json.meta.to, to), json.meta.to).toBe(true);
  expect(json.buckets).toHaveLength(7);
});

test("days around a clock change have 23 and 25 hours, and the repeated hour is two buckets", async () => {
  const query = "timezone=Europe/Berlin&from=2026-10-24&to=2026-10-27";
  const days = (await desk.stats(query)).json.buckets;
  const hours = days.map(({ start, end }: Record<string, string>) => {
    return (Date.parse(end as string) - Date.parse(start as string)) / 3_600_000;
  });
  expect(hours).toEqual([24, 25, 24]);
  const { json } = await desk.stats(`${query}&bucket=60min`);
  const starts = json.buckets.map(({ start }: { start: string }) => start);
  expect(starts).toHaveLength(73);
  expect(starts).toContain("2026-10-25T02:00:00+02:00");
  expect(starts).toContain("2026-10-25T02:00:00+01:00");
});

test("without a zone it is the deployment's; one that is none is the deployment's fault", async () => {
  const env = { REPORTING_TIMEZONE: "Asia/Tokyo" };
  expect((await desk.stats("", { env })).json.meta.timezone).toBe("Asia/Tokyo");
  const broken = await desk.stats("", { env: { REPORTING_TIMEZONE: "Mars/Olympus" } });
  expect(broken.status).toBe(500);
  expect(broken.json.detail).toContain("REPORTING_TIMEZONE");
  expect((await desk.stats("timezone=UTC", { env: { REPORTING_TIMEZONE: "Mars/Olympus" } })).status).toBe(
    200,
  );
});

const columns = {
  event_type: "blob20",
  project: "index1",
  source: "blob1",
  country: "blob10",
  region: "blob11",
  city: "blob12",
  referer: "blob2",
  cta: "blob4",
  utm_source: "blob5",
  utm_medium: "blob6",
  utm_campaign: "blob7",
  utm_term: "blob8",
  utm_content: "blob9",
  engagement: "blob16",
  temperature: "blob15",
  device: "blob13",
  browser: "blob14",
  channel: "blob17",
  landing_path: "blob3",
  reason: "blob18",
};
const known: Record<string, [string, string]> = {
  event_type: ["bot", "test"],
  engagement: ["high", "none"],
  temperature: ["cold", "hot"],
  device: ["desktop", "mobile"],
  channel: ["direct", "paid"],
  country: ["IN", "US"],
  reason: ["honeypot_filled", "known_email"],
};

test.each(Object.entries(columns))("%s groups, and filters in every way", async (name, column) => {
  const [one, two] = known[name] ?? ["One value", "and more"];
  const grouped = await desk.stats(`group_by=${name}&bucket=none`);
  expect(grouped.json.meta.group_by).toEqual([name]);
  expect(desk.analytics.sql[0]).toContain(` ${column} AS d0`);
  expect(desk.analytics.sql[0]).toContain("GROUP BY d0");

  // Of no other dimension the fake knows texts; all of it is then "not known".
  const few = ["event_type", "project", "source", "country", "utm_campaign"];
  expect(grouped.json.groups.length).toBeGreaterThan(few.includes(name) ? 1 : 0);

  const cell = column === "index1" ? "index1" : column;
  const list = `${encodeURIComponent(one)},${encodeURIComponent(two)}`;
  const ways: [string, string, string, string[]][] = [
    [one, `${cell} = '${one}'`, "is", [one]],
    [list, `${cell} IN ('${one}', '${two}')`, "is", [one, two]],
    [`-${list}`, `${cell} NOT IN ('${one}', '${two}')`, "is_not", [one, two]],
    [`-${one}`, `${cell} != '${one}'`, "is_not", [one]],
    ["~Ab", `position('ab' IN lower(${cell})) > 0`, "contains", ["ab"]],
    ["-~Ab", `NOT (position('ab' IN lower(${cell})) > 0)`, "contains_not", ["ab"]],
    ["", `${cell} = ''`, "is", [""]],
    ["-", `${cell} != ''`, "is_not", [""]],
  ];
  for (const [value, condition, match, values] of ways) {
    desk.analytics.posts.length = 0;
    const { status, json } = await desk.stats(`bucket=none&${name}=${value}`);
    expect(status, value).toBe(200);
    expect(desk.analytics.sql[0]).toContain(condition);
    expect(json.meta.filters).toContainEqual({ dimension: name, match, values: values.toSorted() });
  }
});

test("a backslash makes the next character plain", async () => {
  const { json } = await desk.stats("city=%5C-a%5C,b,%5C~c%5C%5Cd&bucket=none");
  expect(json.meta.filters).toContainEqual({
    dimension: "city",
    match: "is",
    values: ["-a,b", "~c⧵d"],
  });
  expect(desk.analytics.sql[0]).toContain("blob12 IN ('-a,b', '~c⧵d')");
});

test("no text leaves its literal, and an apostrophe finds what was written with one", async () => {
  const hostile = "O'Brien') OR 1=1 --";
  await desk.stats(`city=${encodeURIComponent(hostile)}&bucket=none`);
  expect(desk.analytics.sql[0]).toContain("blob12 = 'O’Brien’) OR 1=1 --'");
  const outside = (desk.analytics.sql[0] as string).replaceAll(/'[^']*'/g, "");
  expect(outside).not.toContain("1=1");
  expect(desk.analytics.sql[0]).not.toContain("\\");
});

test("a repeated filter narrows, and type is event_type by another name", async () => {
  const { json } = await desk.stats("city=~a&city=-Pune&type=bot,test&group_by=type");
  expect(json.meta.group_by).toEqual(["event_type"]);
  const sql = desk.analytics.sql[0] as string;
  for (const part of ["position('a' IN lower(blob12)) > 0", "blob12 != 'Pune'", "blob20 IN ('bot', 'test')"])
    expect(sql).toContain(part);
});

test.each([
  ["vpn", "double1"],
  ["suspicious", "double2"],
  ["hot", "double3"],
])("the flag %s", async (flag, column) => {
  await desk.stats(`${flag}=true`);
  await desk.stats(`${flag}=false`);
  expect(desk.analytics.sql[0]).toMatch(new RegExp(` WHERE .*\\b${column} = 1\\.0`));
  expect(desk.analytics.sql[1]).toMatch(new RegExp(` WHERE .*\\b${column} != 1\\.0`));
});

test("two dimensions: groups have both names, and their buckets add up", async () => {
  const { json } = await desk.stats("group_by=country,source&days=30");
  expect(json.meta.group_by).toEqual(["country", "source"]);
  expect(json.groups.length).toBeGreaterThan(10);
  expect(json.groups[0].key).toEqual({ country: expect.any(String), source: expect.any(String) });
  expect(json.groups.some(({ key }: { key: { country: string } }) => key.country === "")).toBe(true);
});

test("limit shows the largest, and the rest is one group that makes the totals add up", async () => {
  const all = (await desk.stats("group_by=country,source&days=30&limit=1000")).json;
  const few = (await desk.stats("group_by=country,source&days=30&limit=3")).json;
  expect(few.groups).toHaveLength(4);
  expect(few.groups.slice(0, 3)).toEqual(all.groups.slice(0, 3));
  expect(few.groups[3]).toMatchObject({ key: null, other: true });
  expect(few.totals).toEqual(all.totals);
  expect(all.groups.some((group: object) => "other" in group && group.other)).toBe(false);
});

test.each([
  ["previous", "days=7", at("2026-11-08T00:00")],
  ["previous", "from=2026-11-10&to=2026-11-12", at("2026-11-08T00:00"), at("2026-11-10T00:00")],
  [
    "previous",
    "from=2026-11-10T12:00:00Z&to=2026-11-10T13:00:00Z&bucket=15min",
    at("2026-11-10T16:30"),
    at("2026-11-10T17:30"),
  ],
  ["previous_week", "from=2026-11-10&to=2026-11-12", at("2026-11-03T00:00"), at("2026-11-05T00:00")],
  ["previous_year", "from=2026-11-10&to=2026-11-12", at("2025-11-10T00:00"), at("2025-11-12T00:00")],
  ["previous_week", "days=30", at("2026-10-16T00:00")],
])("compare=%s of %s", async (compare, query, from, to = undefined as string | undefined) => {
  const { status, json } = await desk.stats(`${query}&compare=${compare}`);
  expect(status).toBe(200);
  expect(json.comparison).toMatchObject({ from, ...(to === undefined ? {} : { to }) });
  expect(desk.analytics.posts).toHaveLength(1);
  const [sql = ""] = desk.analytics.sql;
  const second = (text: string) => Date.parse(text) / 1000;
  const isGone = second(json.comparison.to) <= (desk.analytics.points[0]?.at ?? 0) - 90 * 86_400;
  const { meta, comparison } = json;
  expect(rangeOf(sql)).toEqual([second(isGone ? meta.from : comparison.from), second(meta.to)]);
  const gap = [second(comparison.to), second(meta.from)] as const;
  expect(gapOf(sql)).toEqual(isGone || gap[0] >= gap[1] ? undefined : gap);
  const counted = (begin: string, end: string) =>
    desk.analytics.points
      .filter((point) => point.at >= second(begin) && point.at < second(end))
      .reduce((all, { interval }) => all + interval, 0);
  expect(json.totals.total).toBe(counted(meta.from, meta.to));
  expect(comparison.totals.total).toBe(isGone ? 0 : counted(comparison.from, comparison.to));
  const sum = (buckets: { total: number }[]) => buckets.reduce((all, { total }) => all + total, 0);
  expect(sum(json.buckets)).toBe(json.totals.total);
  expect(sum(comparison.buckets)).toBe(comparison.totals.total);
  if (to !== undefined) expect(json.comparison.buckets).toHaveLength(json.buckets.length);
});

test("hours of the week add up to the totals, and one post has them all", async () => {
  const { status, json } = await desk.stats("days=30&compare=previous&include=hour_of_week&bucket=week");
  expect(status).toBe(200);
  expect(desk.analytics.posts).toHaveLength(1);
  expect(json.hour_of_week).toHaveLength(168);
  expect(json.hour_of_week.map(({ weekday, hour }: Record<string, number>) => [weekday, hour])).toEqual(
    Array.from({ length: 168 }, (_, at) => [Math.floor(at / 24) + 1, at % 24]),
  );
  const sum = (name: string) =>
    json.hour_of_week.reduce(
      (all: number, entry: Record<string, number>) => all + (entry[name] as number),
      0,
    );
  for (const name in json.totals) expect(sum(name), name).toBe(json.totals[name]);
  expect((await desk.stats("days=30")).json).not.toHaveProperty("hour_of_week");
});

test("groups come by the count that is asked for, and are parts of the total", async () => {
  const { json } = await desk.stats("days=30&bucket=none&group_by=country&sort=bot&limit=3");
  const whole = (await desk.stats("days=30&bucket=none&group_by=country&sort=total")).json;
  const shown = json.groups.filter(({ key }: { key: object | null }) => key !== null);
  const byBot = [...whole.groups].sort((a, b) => b.bot - a.bot || b.total - a.total).slice(0, 3);
  expect(shown).toEqual(byBot);
  expect(shown[0].bot).toBeGreaterThan(shown[2].bot);
  expect(json.groups[3]).toMatchObject({ key: null, other: true });
  for (const { share, total } of json.groups) expect(share).toBeCloseTo(total / json.totals.total, 5);
});

test("compare=none is one statement and no comparison", async () => {
  expect((await desk.stats("compare=none")).json.comparison).toBeNull();
  expect(desk.analytics.posts).toHaveLength(1);
});

test("a range before retention is answered, with a warning and a later data_from", async () => {
  const { json } = await desk.stats("from=2026-01-01&to=2026-10-01&bucket=month");
  expect(json.meta.from).toBe(at("2026-01-01T00:00"));
  expect(json.meta.data_from).toBe(at("2026-08-23T16:10"));
  expect(json.meta.warnings).toMatchObject([{ code: "range_before_retention" }]);
});

test.each([
  ["application/json", "application/json"],
  ["text/html,application/xhtml+xml,*/*;q=0.8", "application/json"],
  ["image/png", "application/json"],
  ["text/csv", "text/csv"],
  ["application/json;q=0.2, text/csv;q=0.9", "text/csv"],
  ["application/x-ndjson", "application/x-ndjson"],
  ["application/ndjson", "application/x-ndjson"],
])("Accept: %s gives %s", async (accept, type) => {
  const { headers } = await desk.stats("", { headers: { accept } });
  expect(headers.get("content-type")).toMatch(new RegExp(`^${type}\\b`));
  const asked = await desk.stats("format=json", { headers: { accept } });
  expect(asked.headers.get("content-type")).toMatch(/^application\/json\b/);
});

test("explain shows an admin the statements that ran", async () => {
  const { json } = await desk.stats("compare=previous&group_by=country&explain=1", { key: "admin" });
  expect(json.explain.statements).toHaveLength(2);
  expect(json.explain.statements.map(({ sql }: { sql: string }) => sql)).toEqual(desk.analytics.sql);
  for (const ran of json.explain.statements) expect(ran).toMatchObject({ attempts: 1 });
  expect(json.explain.statements[1].rows).toBe(7);
  expect(json.explain.statements[0].bytes).toBeGreaterThan(500);
  expect((await desk.stats("explain=false")).json).not.toHaveProperty("explain");
});

test("statements are within what Analytics Engine takes", async () => {
  const query = "days=90&bucket=15min&from=2026-10-01&to=2026-11-15&timezone=Europe/Berlin";
  await desk.stats(query.replace("days=90&", ""));
  for (const sql of desk.analytics.sql) {
    expect(sql.length).toBeLessThanOrEqual(10_000);
    expect(sql).toMatch(/ FORMAT JSON$/);
    expect(sql).not.toMatch(/COUNT\(\*\)|\bCASE\b|;|--/i);
  }
});

test.each([
  ["timezone=UTC&from=1970-01-01&bucket=month", 683],
  ["timezone=Europe/Berlin&from=1990-01-01&bucket=week", 1925],
  ["timezone=America/Sao_Paulo&from=1985-01-01&bucket=month", 503],
  ["timezone=Australia/Lord_Howe&from=2020-01-01&bucket=day&to=2026-01-01", 2192],
  ["timezone=Pacific/Apia&from=2011-12-01&to=2012-01-01", 30],
])("long ranges and troubled zones: %s", async (query, count) => {
  const { status, json } = await desk.stats(query);
  expect(status).toBe(200);
  expect(json.buckets).toHaveLength(count);
  expect((desk.analytics.sql[0] as string).length).toBeLessThanOrEqual(10_000);
  const [from, to] = rangeOf(desk.analytics.sql[0] as string);
  const seen = desk.analytics.points.filter(({ at }) => at >= from && at < to);
  expect(json.totals.total).toBe(seen.reduce((all, { interval }) => all + interval, 0));
});

test("what is posted: the statement as text, with the token, to the address that was set", async () => {
  await desk.stats();
  const [post] = desk.analytics.posts;
  expect(post?.url).toBe(desk.env().AE_SQL_URL);
  expect(post?.init.method).toBe("POST");
  expect(post?.headers.get("authorization")).toBe(`Bearer ${desk.env().AE_SQL_TOKEN}`);
  expect(post?.headers.get("content-type")).toMatch(/^text\/plain/);
  expect(post?.init.redirect).toBe("manual");
});
