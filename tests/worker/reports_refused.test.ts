// Parameters that are not allowed: a 400 that names each and says what is allowed, and no statement is sent.

import { afterEach, beforeEach, expect, test } from "vitest";
import { Desk } from "./support/report_desk.ts";

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
});
afterEach(() => Desk.close());

type Refused = [query: string, name: string, code: string, reason: RegExp];

const days = /whole number from 1 to 90\b/;
const moment = /2026-11-01\b.*2026-11-01T00:00:00\+05:30/;
const buckets = /1min, 15min, 30min, 60min, day, week, month and none/;
const dimensions = /or two different ones.*event_type \(or type\), project, source, country.*reason/;

const both: Refused[] = [
  ["days=0", "days", "not_allowed", days],
  ["days=91", "days", "not_allowed", days],
  ["days=-1", "days", "not_allowed", days],
  ["days=1.5", "days", "not_allowed", days],
  ["days=7d", "days", "not_allowed", days],
  ["days=%207", "days", "not_allowed", days],
  ["days=99999999999999999999999", "days", "not_allowed", days],
  ["days=", "days", "empty", days],
  ["days", "days", "empty", days],
  ["days=7&days=7", "days", "repeated", /only once/],
  ["days=7&from=2026-11-01", "days", "not_allowed", /alone.*from and to/],
  ["days=7&from=2026-11-01&to=2026-11-02", "days", "not_allowed", /alone.*from and to/],
  ["to=2026-11-01", "to", "not_allowed", /together with from/],
  ["from=", "from", "empty", moment],
  ["from=yesterday", "from", "not_allowed", moment],
  ["from=2026-02-30", "from", "not_allowed", moment],
  ["from=2026-11-01T00:00:00", "from", "not_allowed", moment],
  ["from=2026-11-01T25:00:00Z", "from", "not_allowed", moment],
  ["from=20261101", "from", "not_allowed", moment],
  ["from=2026-11-01&to=tomorrow", "to", "not_allowed", moment],
  ["from=2026-11-01&from=2026-11-01", "from", "repeated", /only once/],
  ["from=2026-11-02&to=2026-11-02", "from", "not_allowed", /before to.*2026-11-02T00:00:00\+05:30/],
  ["from=2026-11-05&to=2026-11-02", "from", "not_allowed", /before to/],
  ["from=2026-11-22", "from", "not_allowed", /future.*2026-11-21T16:10:00\+05:30/],
  ["from=2026-12-01&to=2026-12-08", "from", "not_allowed", /future/],
  ["from=9999-12-31", "from", "not_allowed", /future/],
  ["from=1969-12-30&to=1970-02-01", "from", "not_allowed", /1970/],
  ["from=0001-01-01&to=2026-01-01", "from", "not_allowed", /1970/],
  ["timezone=", "timezone", "empty", /IANA.*Asia\/Kolkata/],
  ["timezone=Mars/Olympus", "timezone", "not_allowed", /Mars\/Olympus.*IANA/],
  ["timezone=%2B05:30", "timezone", "not_allowed", /IANA.*not an offset/],
  ["timezone=IST", "timezone", "not_allowed", /IST.*IANA/],
  ["timezone=../../etc/passwd", "timezone", "not_allowed", /IANA/],
  [`timezone=${"A".repeat(65)}`, "timezone", "not_allowed", /IANA/],
  ["timezone=UTC&timezone=UTC", "timezone", "repeated", /only once/],
  ["explain=yes", "explain", "not_allowed", /1 or true, or 0 or false/],
  ["vpn=1", "vpn", "not_allowed", /true or false/],
  ["hot=", "hot", "empty", /true or false/],
  ["suspicious=true&suspicious=false", "suspicious", "repeated", /only once/],
  ["event_type=actual", "event_type", "not_allowed", /primary, follow_up, test, blocked, bot/],
  ["type=human", "type", "not_allowed", /primary, follow_up, test, blocked, bot/],
  ["engagement=huge", "engagement", "not_allowed", /high, medium, low, none|none, low, medium, high/],
  ["temperature=lukewarm", "temperature", "not_allowed", /hot.*warm.*cold|cold.*warm.*hot/],
  ["device=fridge", "device", "not_allowed", /desktop/],
  ["reason=known_emial", "reason", "not_allowed", /known_email, known_phone/],
  ["channel=telepathy", "channel", "not_allowed", /paid/],
  ["city=~", "city", "empty", /no text behind ~/],
  ["city=%20", "city", "empty", /only spaces/],
  ["city=Pune%5C", "city", "not_allowed", /lone backslash/],
  [`country=~${"x".repeat(3)}`, "country", "too_long", /at most 2 bytes/],
  ["city=%FF", "city", "not_allowed", /UTF-8/],
  ["city=a%00b", "city", "not_allowed", /UTF-8/],
  ["colour=red", "colour", "unknown", /Allowed are days, from, to.*vpn, suspicious.*country/],
  ["Days=7", "Days", "unknown", /Allowed are days/],
];

const statsAlone: Refused[] = [
  ["bucket=hour", "bucket", "not_allowed", buckets],
  ["bucket=", "bucket", "empty", buckets],
  ["bucket=DAY", "bucket", "not_allowed", buckets],
  ["bucket=1min&days=7", "bucket", "not_allowed", /9,?000.*15min.*shorter/],
  ["bucket=60min&from=1990-01-01&to=2026-01-01", "bucket", "not_allowed", /9,?000.*month.*shorter/],
  ["bucket=15min&from=1970-01-02&to=9999-01-01", "bucket", "not_allowed", /9,?000.*shorter/],
  ["group_by=", "group_by", "empty", dimensions],
  ["group_by=colour", "group_by", "not_allowed", dimensions],
  ["group_by=country,", "group_by", "not_allowed", dimensions],
  ["group_by=country,country", "group_by", "not_allowed", dimensions],
  ["group_by=type,event_type", "group_by", "not_allowed", dimensions],
  ["group_by=country,none", "group_by", "not_allowed", dimensions],
  ["group_by=country,city,source", "group_by", "not_allowed", dimensions],
  ["group_by=country&group_by=city", "group_by", "repeated", /only once/],
  ["compare=yesterday", "compare", "not_allowed", /none, previous, previous_week and previous_year/],
  ["compare=previous_year&from=1970-06-01&to=1970-07-01&bucket=month", "compare", "not_allowed", /1970/],
  ["include=", "include", "empty", /hour_of_week/],
  ["include=hour", "include", "not_allowed", /hour_of_week/],
  ["include=hour_of_week,hour_of_week", "include", "not_allowed", /hour_of_week/],
  ["include=hour_of_week,", "include", "not_allowed", /hour_of_week/],
  ["include=hour_of_week&group_by=country", "include", "not_allowed", /without groups/],
  ["include=hour_of_week&format=csv", "include", "not_allowed", /format=json/],
  ["include=hour_of_week&from=2025-01-01&bucket=month", "include", "not_allowed", /9,?000.*shorter/],
  ["sort=", "sort", "empty", /total, primary/],
  ["sort=name&group_by=country", "sort", "not_allowed", /total, primary.*hot_count/],
  ["sort=hot&group_by=country", "sort", "not_allowed", /hot_count/],
  ["sort=bot", "sort", "not_allowed", /group_by/],
  ["limit=0", "limit", "not_allowed", /from 1 to 1,?000\b/],
  ["limit=1001", "limit", "not_allowed", /from 1 to 1,?000\b/],
  ["limit=", "limit", "empty", /from 1 to 1,?000\b/],
  ["format=xml", "format", "not_allowed", /json, csv and ndjson/],
  ["format=csv&format=csv", "format", "repeated", /only once/],
  ["bom=yes", "bom", "not_allowed", /1 or true/],
  ["bom=1", "bom", "not_allowed", /format=csv/],
];

const summaryAlone: Refused[] = [
  ...["bucket=day", "group_by=country", "compare=previous", "limit=5", "format=csv", "bom=1"].map(
    (query): Refused => [query, query.split("=")[0] as string, "unknown", /Allowed are days, from, to/],
  ),
  ["from=2026-06-01&to=2026-11-01", "from", "not_allowed", /100 days.*shorter/],
  ["from=2026-01-01&to=2026-11-01", "from", "not_allowed", /100 days.*shorter/],
  ["from=1990-01-01", "from", "not_allowed", /100 days.*shorter/],
];

const cases = [
  ...both.map((refused) => ["lead-stats", ...refused] as const),
  ...both.map((refused) => ["lead-stats/summary", ...refused] as const),
  ...statsAlone.map((refused) => ["lead-stats", ...refused] as const),
  ...summaryAlone.map((refused) => ["lead-stats/summary", ...refused] as const),
];

test.each(cases)("%s?%s: %s", async (report, query, name, code, reason) => {
  const { status, json, headers } = await desk.call(desk.path(report, query, true), { key: "admin" });
  expect(status).toBe(400);
  expect(headers.get("content-type")).toBe("application/problem+json");
  expect(headers.get("cache-control")).toBe("no-store");
  expect(json).toMatchObject({ code: "bad_parameter", instance: `/analytics/${report}` });
  expect(json.invalid_params).toHaveLength(1);
  expect(json.invalid_params[0]).toMatchObject({ name, code });
  expect(json.invalid_params[0].reason).toMatch(reason);
  expect(json.detail).toContain(json.invalid_params[0].reason);
  expect(desk.analytics.posts).toHaveLength(0);
});

test("all that is wrong is told at once", async () => {
  const { json } = await desk.stats("days=0&bucket=hour&colour=red&shape=round&limit=x", { bare: true });
  expect(json.invalid_params.map(({ name }: { name: string }) => name).toSorted()).toEqual(
    ["bucket", "colour", "days", "limit", "shape"].toSorted(),
  );
});

test("of very many wrong ones, fifty", async () => {
  const query = Array.from({ length: 2000 }, (_, n) => `p${n}=1`).join("&");
  const { status, json } = await desk.stats(query, { bare: true });
  expect(status).toBe(400);
  expect(json.invalid_params).toHaveLength(50);
});

test("a query of more than 16 KB", async () => {
  const { status, json } = await desk.stats(`city=${"x".repeat(20_000)}`, { bare: true });
  expect(status).toBe(400);
  expect(json.invalid_params).toMatchObject([{ code: "too_long", reason: expect.stringMatching(/16384/) }]);
  expect(desk.analytics.posts).toHaveLength(0);
});

test("filters that make the statement too long are told which one to shorten", async () => {
  const cities = Array.from({ length: 120 }, (_, n) => `${"y".repeat(100)}${n}`).join(",");
  const { status, json } = await desk.stats(`city=${cities}&country=IN`, { bare: true });
  expect(status).toBe(400);
  expect(json.invalid_params).toMatchObject([
    { name: "city", reason: expect.stringMatching(/fewer or shorter/) },
  ]);
  expect(desk.analytics.posts).toHaveLength(0);
});

test("other methods are not allowed", async () => {
  for (const report of ["lead-stats", "lead-stats/summary"] as const) {
    for (const method of ["POST", "PUT", "DELETE"]) {
      const { status, headers } = await desk.call(desk.path(report, ""), { method });
      expect(status).toBe(405);
      expect(headers.get("allow")).toBe("GET, HEAD");
    }
  }
  expect((await desk.call("/analytics/lead-stats/")).status).toBe(404);
});
