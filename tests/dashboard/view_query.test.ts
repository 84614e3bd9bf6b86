// Ranges as local dates, the buckets that they can be cut into, and the questions that come of them.

import { describe, expect, test } from "vitest";
import { limits } from "~schema";
import {
  bucketChoices,
  bucketOf,
  countBuckets,
  defaultBucket,
} from "../../worker/dashboard/src/view/buckets.ts";
import {
  breakdownQuery,
  countriesQuery,
  exportQuery,
  realtimeQuery,
  statsQuery,
  suggestionsQuery,
} from "../../worker/dashboard/src/view/query.ts";
import { datesOf } from "../../worker/dashboard/src/view/range.ts";
import { defaultView, type Preset, type View } from "../../worker/dashboard/src/view/view.ts";

const view = (patch: Partial<View>): View => ({ ...defaultView, ...patch });
const at = (text: string) => new Date(text);

describe("presets", () => {
  // A Saturday in Kolkata while it is Friday in New York.
  const now = at("2026-11-20T20:00:00Z");
  test.each<[Preset, string, string, string]>([
    ["today", "Asia/Kolkata", "2026-11-21", "2026-11-22"],
    ["today", "America/New_York", "2026-11-20", "2026-11-21"],
    ["7d", "Asia/Kolkata", "2026-11-15", "2026-11-22"],
    ["90d", "UTC", "2026-08-23", "2026-11-21"],
    ["this_week", "Asia/Kolkata", "2026-11-16", "2026-11-23"],
    ["last_week", "Asia/Kolkata", "2026-11-09", "2026-11-16"],
    ["this_month", "UTC", "2026-11-01", "2026-12-01"],
    ["last_month", "UTC", "2026-10-01", "2026-11-01"],
  ])("%s in %s", (preset, zone, from, to) => {
    expect(datesOf(preset, now, zone)).toEqual({ from, to });
  });

  test("weeks begin on Monday: Sunday is the last day, Monday the first", () => {
    expect(datesOf("this_week", at("2026-11-22T23:59:59Z"), "UTC").from).toBe("2026-11-16");
    expect(datesOf("this_week", at("2026-11-23T00:00:00Z"), "UTC").from).toBe("2026-11-23");
  });

  test("months of other length, and the turn of a year", () => {
    expect(datesOf("last_month", at("2028-03-31T12:00:00Z"), "UTC")).toEqual({
      from: "2028-02-01",
      to: "2028-03-01",
    });
    expect(datesOf("last_month", at("2026-12-31T23:30:00Z"), "Asia/Kolkata")).toEqual({
      from: "2026-12-01",
      to: "2027-01-01",
    });
    expect(datesOf("last_week", at("2027-01-01T12:00:00Z"), "UTC")).toEqual({
      from: "2026-12-21",
      to: "2026-12-28",
    });
  });

  test("the hour that comes twice belongs to one day", () => {
    // 1 November 2026, 01:30 in New York, the first time and the second.
    for (const text of ["2026-11-01T05:30:00Z", "2026-11-01T06:30:00Z"]) {
      expect(datesOf("today", at(text), "America/New_York").from).toBe("2026-11-01");
    }
  });
});

describe("buckets", () => {
  const later = at("2027-06-01T00:00:00Z");
  const count = (bucket: View["bucket"], from: string, to: string, zone = "UTC", now = later) =>
    countBuckets(bucket ?? "day", { from, to }, now, zone);

  test("90 days of quarters of an hour are possible", () => {
    expect(count("15min", "2026-06-01", "2026-08-30")).toBe(8640);
    expect(
      bucketChoices({ from: "2026-06-01", to: "2026-08-30" }, later, "UTC").every((b) => b.reason === null),
    ).toBe(true);
  });

  test("days have 23 or 25 hours where clocks change", () => {
    expect(count("60min", "2026-11-01", "2026-11-02", "America/New_York")).toBe(25);
    expect(count("60min", "2026-03-08", "2026-03-09", "America/New_York")).toBe(23);
    expect(count("30min", "2026-04-05", "2026-04-06", "Australia/Lord_Howe")).toBe(49);
    expect(count("day", "2026-11-01", "2026-11-03", "America/New_York")).toBe(2);
  });

  test("what is to come has no buckets yet", () => {
    const now = at("2026-11-21T09:20:00Z");
    expect(countBuckets("60min", "today", now, "UTC")).toBe(10);
    expect(countBuckets("15min", "today", now, "UTC")).toBe(38);
    expect(count("60min", "2026-11-22", "2026-11-24", "UTC", now)).toBe(0);
  });

  test("weeks and months are counted as they are touched", () => {
    expect(count("week", "2026-11-16", "2026-11-23")).toBe(1);
    expect(count("week", "2026-11-22", "2026-11-24")).toBe(2);
    expect(count("month", "2026-10-31", "2026-11-02")).toBe(2);
    expect(count("month", "2025-12-31", "2027-01-01")).toBe(13);
  });

  test("the last day too many is refused in words", () => {
    const days = Math.floor(limits.max_buckets / 96);
    const range = (length: number) => ({
      from: "2026-01-01",
      to: new Date(Date.UTC(2026, 0, 1 + length)).toISOString().slice(0, 10),
    });
    const reason = (length: number) =>
      bucketChoices(range(length), later, "UTC").find((b) => b.name === "15min")?.reason;
    expect(reason(days)).toBeNull();
    expect(reason(days + 1)).toMatch(/^Too many: the range has 9,024 of them/);
    const asked = view({ range: range(days + 1), bucket: "15min" });
    expect(bucketOf(asked, later, "UTC")).toBe("day");
    expect(bucketOf({ ...asked, range: range(days) }, later, "UTC")).toBe("15min");
  });

  test("by default a short range is cut into hours, a long one into days, weeks or months", () => {
    const now = at("2026-11-21T09:20:00Z");
    expect(defaultBucket("today", now, "UTC")).toBe("60min");
    expect(defaultBucket("7d", now, "UTC")).toBe("day");
    expect(defaultBucket("90d", now, "UTC")).toBe("day");
    expect(defaultBucket({ from: "2025-11-01", to: "2026-11-01" }, now, "UTC")).toBe("week");
    expect(defaultBucket({ from: "2020-11-01", to: "2026-11-01" }, now, "UTC")).toBe("month");
  });
});

describe("questions", () => {
  const now = at("2026-11-21T09:20:30Z");
  const text = (query: URLSearchParams) => decodeURIComponent(query.toString());
  const filters: View["filters"] = [
    { dimension: "vpn", values: ["true"], negated: false, contains: false },
    { dimension: "country", values: ["US", "IN"], negated: true, contains: false },
  ];

  test("the default view", () => {
    expect(text(statsQuery(defaultView, now, "UTC"))).toBe(
      "days=7&bucket=day&compare=previous&include=hour_of_week",
    );
    expect(text(breakdownQuery(defaultView, now, "UTC"))).toBe(
      `days=7&bucket=none&group_by=source&limit=${limits.report_groups_max}`,
    );
  });

  test("hours of the week are left out where the range has more hours than the API counts", () => {
    const asked = (from: string, to: string) =>
      statsQuery(view({ range: { from, to } }), now, "UTC").has("include");
    expect(asked("2025-11-11", "2026-11-21")).toBe(true);
    expect(asked("2025-11-10", "2026-11-21")).toBe(false);
    // It counts to the end of the week that runs, and no further.
    expect(asked("2025-11-12", "2027-01-01")).toBe(false);
    expect(asked("2026-11-21", "2030-02-01")).toBe(true);
  });

  test("weeks and months are asked for as dates of the zone", () => {
    const query = statsQuery(
      view({ range: "last_month", timezone: "Asia/Kolkata" }),
      at("2026-11-30T20:00:00Z"),
    );
    expect(text(query)).toMatch(/^from=2026-11-01&to=2026-12-01&timezone=Asia\/Kolkata&/);
    expect(text(statsQuery(view({ range: "last_week" }), now, "UTC"))).toMatch(
      /^from=2026-11-09&to=2026-11-16&bucket=day/,
    );
  });

  test("a breakdown by country is the question of the countries", () => {
    const asked = view({ by: ["country"], sort: "hot_count", filters, range: "30d" });
    expect(breakdownQuery(asked, now, "UTC").toString()).toBe(countriesQuery(asked, now, "UTC").toString());
    expect(text(countriesQuery(asked, now, "UTC"))).toContain("sort=hot_count");
  });

  test("a change asks again only for what it changes", () => {
    const other = view({ by: ["device", "browser"] });
    expect(statsQuery(other, now, "UTC").toString()).toBe(statsQuery(defaultView, now, "UTC").toString());
    const coarse = view({ bucket: "60min", compare: "none" });
    expect(breakdownQuery(coarse, now, "UTC").toString()).toBe(
      breakdownQuery(defaultView, now, "UTC").toString(),
    );
    expect(statsQuery(coarse, now, "UTC").has("compare")).toBe(false);
  });

  test("filters that mean the same are asked for alike", () => {
    const turned = [...filters]
      .reverse()
      .map((filter) => ({ ...filter, values: [...filter.values].reverse() }));
    const query = statsQuery(view({ filters }), now, "UTC");
    expect(statsQuery(view({ filters: turned }), now, "UTC").toString()).toBe(query.toString());
    expect(query.get("country")).toBe("-IN,US");
    expect(query.get("vpn")).toBe("true");
  });

  test("two filters of one dimension both hold", () => {
    const both: View["filters"] = [
      { dimension: "utm_campaign", values: ["sale"], negated: false, contains: true },
      { dimension: "utm_campaign", values: ["wholesale"], negated: true, contains: true },
    ];
    expect(statsQuery(view({ filters: both }), now, "UTC").getAll("utm_campaign")).toEqual([
      "-~wholesale",
      "~sale",
    ]);
  });

  test("exports", () => {
    const asked = view({ by: ["country", "device"], sort: "bot" });
    expect(text(exportQuery(asked, now, "csv", "time", "UTC"))).toBe("days=7&bucket=day&format=csv");
    expect(text(exportQuery(asked, now, "ndjson", "groups", "UTC"))).toBe(
      `days=7&bucket=none&group_by=country,device&sort=bot&limit=${limits.report_groups_max}&format=ndjson`,
    );
    expect(exportQuery(asked, now, "csv", "both", "UTC").get("bucket")).toBe("day");
    const json = exportQuery(asked, now, "json", "time", "UTC");
    json.delete("format");
    expect(json.toString()).toBe(statsQuery(asked, now, "UTC").toString());
  });

  test("the last half hour begins 29 minutes before this minute", () => {
    expect(text(realtimeQuery(view({ filters }), now))).toBe(
      "from=2026-11-21T08:51:00Z&bucket=1min&country=-IN,US&vpn=true",
    );
  });

  test("suggestions are ranked by all submissions", () => {
    expect(text(suggestionsQuery(view({ sort: "bot" }), "city", now, "UTC"))).toBe(
      "days=7&bucket=none&group_by=city&limit=200",
    );
  });
});
