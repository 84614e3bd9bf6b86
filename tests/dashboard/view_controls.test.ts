// The words and lists of the controls, the notices and the realtime strip.

import { describe, expect, test } from "vitest";
import { Problem } from "../../worker/dashboard/src/api/http.ts";
import type { Counts, Meta } from "../../worker/dashboard/src/api/stats.ts";
import { formatAgo, formatList, formatMinutes, formatPoints } from "../../worker/dashboard/src/format.ts";
import { meantBy, optionsOf } from "../../worker/dashboard/src/stats/controls/filter_options.ts";
import { filterText, filterValues } from "../../worker/dashboard/src/stats/controls/filter_words.ts";
import { notesOf } from "../../worker/dashboard/src/stats/controls/notice_words.ts";
import { kindsText, lagText } from "../../worker/dashboard/src/stats/controls/realtime_words.ts";
import { projectsText, spanText } from "../../worker/dashboard/src/stats/controls/used_words.ts";
import { allZones, matchingZones, offsetOf } from "../../worker/dashboard/src/stats/controls/zones.ts";
import { blamed } from "../../worker/dashboard/src/stats/panels/failures.tsx";
import { filterKeys, negate, valuesOf, withFilter } from "../../worker/dashboard/src/view/filters.ts";
import type { Filter } from "../../worker/dashboard/src/view/view.ts";
import { countNames } from "../../worker/dashboard/src/view/view.ts";

const filter = (dimension: Filter["dimension"], values: string[], signs: Partial<Filter> = {}): Filter => ({
  dimension,
  values,
  negated: false,
  contains: false,
  ...signs,
});

describe("filters", () => {
  test("alternatives of one dimension become one filter, for both could not hold", () => {
    const india = filter("country", ["IN"]);
    expect(withFilter([india], filter("country", ["US", "IN"]))).toEqual([filter("country", ["IN", "US"])]);
    const not = filter("country", ["US"], { negated: true });
    expect(withFilter([india], not)).toEqual([india, not]);
  });

  test("two texts that must both be contained stay two", () => {
    const a = filter("cta", ["a"], { contains: true });
    const b = filter("cta", ["b"], { contains: true });
    expect(withFilter([a], b)).toEqual([a, b]);
    const noA = { ...a, negated: true };
    expect(withFilter([noA], { ...b, negated: true })).toEqual([{ ...noA, values: ["a", "b"] }]);
  });

  test("an edited filter keeps its place", () => {
    const all = [filter("city", ["Pune"]), filter("country", ["IN"]), filter("vpn", ["true"])];
    expect(withFilter(all, filter("region", ["MH"]), 1).map(({ dimension }) => dimension)).toEqual([
      "city",
      "region",
      "vpn",
    ]);
    expect(withFilter(all, filter("city", ["Goa"]), 0)[0]).toEqual(filter("city", ["Goa"]));
  });

  test("each has a name of its own, and keeps it when it is turned round", () => {
    const all = [
      filter("city", ["Pune"]),
      filter("city", ["Pune"], { contains: true }),
      filter("vpn", ["true"]),
    ];
    expect(new Set(filterKeys([...all, all[0] as Filter])).size).toBe(4);
    expect(filterKeys(all.map(negate))).toEqual(filterKeys(all));
  });

  test("a flag is asked for once", () => {
    expect(withFilter([filter("vpn", ["true"])], filter("vpn", ["false"]))).toEqual([
      filter("vpn", ["false"]),
    ]);
  });

  test("the opposite of the opposite is what it was", () => {
    for (const one of [
      filter("vpn", ["true"]),
      filter("city", ["Pune"]),
      filter("cta", ["x"], { contains: true }),
    ]) {
      expect(negate(one)).not.toEqual(one);
      expect(negate(negate(one))).toEqual(one);
    }
    expect(negate(filter("hot", ["true"])).negated).toBe(false);
  });

  test.each<[Filter, string]>([
    [filter("country", ["IN", "US"], { negated: true }), "Country is not India or United States"],
    [filter("utm_source", [""]), "UTM source is (not known)"],
    [
      filter("utm_campaign", ["sale"], { contains: true, negated: true }),
      "UTM campaign does not contain “sale”",
    ],
    [filter("vpn", ["false"]), "VPN no"],
  ])("%j in words", (one, text) => {
    expect(filterText(one)).toBe(text);
  });

  test("a long list is cut", () => {
    expect(filterValues(filter("city", ["a", "b", "c", "d", "e"]))).toBe("a, b, c or 2 more");
  });
});

describe("values to choose from", () => {
  const options = (over: Partial<Parameters<typeof optionsOf>[1]>) =>
    optionsOf("device", {
      counted: [
        { value: "mobile", count: 9 },
        { value: "", count: 7 },
        { value: "desktop", count: 5 },
      ],
      fixed: ["desktop", "mobile", "tablet"],
      first: [],
      chosen: [],
      needle: "",
      ...over,
    }).map(({ value, count }) => `${value}:${count}`);

  test("what there is comes first, what there could be later, not known last", () => {
    expect(options({})).toEqual(["mobile:9", "desktop:5", "tablet:null", ":7"]);
  });
  test("what was chosen to begin with is on top; what is ticked now stays where it is", () => {
    expect(options({ first: ["tablet"], chosen: ["tablet"] })[0]).toBe("tablet:null");
    expect(options({ chosen: ["desktop"] })).toEqual(options({}));
    expect(options({ chosen: ["fridge"] })[0]).toBe("fridge:null");
  });
  test("values are found by their names and by their labels", () => {
    expect(options({ needle: " TAB " })).toEqual(["tablet:null"]);
    expect(options({ needle: "not kn" })).toEqual([":7"]);
    expect(options({ needle: "xyz" })).toEqual([]);
  });
});

describe("a typed value", () => {
  const meant = (dimension: "country" | "device" | "city", typed: string, there: string[] = []) =>
    meantBy(
      dimension,
      typed,
      optionsOf(dimension, {
        counted: there.map((value) => ({ value, count: 1 })),
        fixed: valuesOf(dimension),
        first: [],
        chosen: [],
        needle: typed,
      }),
    );

  test.each(["india", " INDIA ", "Ind", "in", "IN"])("%j is India, where it came from there", (typed) => {
    expect(meant("country", typed, ["US", "IN"])).toEqual({ value: "IN" });
  });
  test("two letters are a country, whether or not somebody came from there", () => {
    expect(meant("country", "de", ["IN"])).toEqual({ value: "DE" });
    expect(meant("country", "T1")).toEqual({ value: "T1" });
  });
  test("what is no country, or could be several, is refused and says what is wanted", () => {
    const fault = { fault: "Tick a country of the list, or type its two letters, such as IN." };
    expect(meant("country", "Germany", ["IN"])).toEqual(fault);
    expect(meant("country", "United", ["US", "GB"])).toEqual(fault);
    expect(meant("country", "i")).toEqual(fault);
  });
  test("of fixed values one is meant", () => {
    expect(meant("device", "Mobile")).toEqual({ value: "mobile" });
    expect(meant("device", "tab")).toEqual({ value: "tablet" });
    expect(meant("device", "fridge")).toEqual({ fault: "Tick what is meant in the list." });
    expect(meant("device", "(not known)")).toEqual({ value: "" });
  });
  test("of free texts it is that very text, or the one that is there in other letters", () => {
    expect(meant("city", "pune", ["Pune"])).toEqual({ value: "Pune" });
    expect(meant("city", "pune", ["Pune", "pune"])).toEqual({ value: "pune" });
    expect(meant("city", "Pun", ["Pune"])).toEqual({ value: "Pun" });
  });
});

const counts = (some: Partial<Counts> = {}): Counts =>
  ({ ...Object.fromEntries(countNames.map((name) => [name, 0])), ...some }) as Counts;

describe("notices", () => {
  const meta: Meta = {
    from: "2026-11-09T00:00:00Z",
    to: "2026-11-16T00:00:00Z",
    timezone: "UTC",
    bucket: "day",
    group_by: [],
    filters: [],
    compare: "none",
    generated_at: "2026-11-21T14:08:02Z",
    data_from: "2026-11-09T00:00:00Z",
    data_through: "2026-11-16T00:00:00Z",
    newest_submission_at: null,
    sampled: false,
    sample_interval_max: 1,
    rows_read: 6,
    margin: null,
    cache: "miss",
    corrections: 0,
    warnings: [],
  };
  const now = Date.parse("2026-11-21T14:10:00Z");
  const notes = (over: Partial<Meta>, partial = false) =>
    notesOf(
      {
        meta: { ...meta, ...over },
        totals: counts({ total: 400 }),
        buckets: [{ ...counts(), start: "", end: "", partial }],
      },
      now,
    );

  test("nothing is said where there is nothing to say", () => {
    expect(notes({})).toEqual([]);
  });
  test("estimates say how sure they are", () => {
    const [note] = notes({ sampled: true, sample_interval_max: 10, margin: counts({ total: 118 }) });
    expect(note?.tone).toBe("warn");
    expect(note?.text).toContain("up to 10 of them");
    expect(note?.text).toContain("±118 of 400");
  });
  test("what retention has cut is told once, in words", () => {
    const cut = notes({
      data_from: "2026-11-12T00:00:00Z",
      warnings: [{ code: "range_before_retention", detail: "data_from tells" }],
    });
    expect(cut).toHaveLength(1);
    expect(cut[0]?.text).toMatch(/^Counts begin on .*12/);
    expect(notes({ data_from: meta.to })[0]?.text).toMatch(/^Nothing of this range/);
  });
  test("an old answer says how old it is", () => {
    const [note] = notes({
      cache: "stale",
      warnings: [{ code: "stale", detail: "x" }],
      generated_at: "2026-11-21T11:10:00Z",
    });
    expect(note?.text).toContain("3 hours ago");
  });
  test("a running range is quiet", () => {
    const running = notes({ data_through: "2026-11-15T20:00:00Z" }, true);
    expect(running.map(({ tone }) => tone)).toEqual(["quiet"]);
    expect(running[0]?.text).toContain("still filling");
  });
  test("a day that runs compared with whole days is told, unless nothing is compared", () => {
    const warnings = [{ code: "running_period", detail: "x" }];
    expect(notes({ warnings })).toEqual([
      {
        key: "running_period",
        tone: "info",
        text: "Today is still running while the earlier days are whole, so changes read too low. By hour, both end at the same time of day.",
      },
    ]);
    warnings.push({ code: "comparison_before_retention", detail: "x" });
    expect(notes({ warnings }).map(({ key }) => key)).toEqual(["comparison_before_retention"]);
  });
  test("a warning of a later version is passed on as it is", () => {
    expect(notes({ warnings: [{ code: "new_one", detail: "Something new." }] })).toEqual([
      { key: "new_one", tone: "warn", text: "Something new." },
    ]);
  });
  test("corrections are counted", () => {
    expect(notes({ corrections: 1 })[0]?.text).toBe("1 corrected verdict is counted as corrected.");
    expect(notes({ corrections: 12 })[0]?.text).toMatch(/^12 corrected verdicts are/);
  });
});

describe("the last half hour", () => {
  test("kinds that did not come are left out", () => {
    expect(kindsText(counts({ primary: 3, bot: 1 }))).toBe("3 actual, 1 bot");
    expect(kindsText(counts())).toBe("");
  });
  test("how far behind, and how new", () => {
    const at = (text: string) => `2026-11-21T14:${text}Z`;
    const meta = { generated_at: at("08:02"), data_through: at("07:02"), newest_submission_at: at("07:30") };
    expect(lagText(meta, Date.parse(at("08:10")))).toBe(
      "Up to about a minute behind; newest submission 40 seconds ago",
    );
    expect(lagText({ ...meta, data_through: at("05:02") }, Date.parse(at("08:10")))).toContain(
      "Up to about 3 minutes behind",
    );
    expect(lagText({ ...meta, newest_submission_at: null }, 0)).toContain("no submission");
  });
  test("a clock that is slow tells nothing of the future", () => {
    const now = Date.parse("2026-11-21T14:00:00Z");
    const meta = {
      generated_at: "2026-11-21T14:01:00Z",
      data_through: "2026-11-21T14:00:00Z",
      newest_submission_at: "2026-11-21T14:00:50Z",
    };
    expect(lagText(meta, now)).toMatch(/newest submission now$/);
  });
});

describe("words within English sentences", () => {
  test("units and ages are English", () => {
    expect(formatAgo(0, 73_000)).toBe("73 seconds ago");
    expect(formatMinutes(360)).toBe("6 hours");
    expect(formatList(["a", "b", "c"])).toBe("a, b, and c");
  });
  test("one point is one point", () => {
    expect(formatPoints(-0.01)).toBe("-1 point");
    expect(formatPoints(0.0104)).toBe("+1 point");
    expect(formatPoints(0.012)).toBe("+1.2 points");
  });
});

describe("failures", () => {
  const problem = (status: number, names: string[]) =>
    new Problem({
      status,
      code: "x",
      detail: "No.",
      invalidParams: names.map((name) => ({ name, reason: "", code: "" })),
    });
  const all = [filter("project", ["acme"]), filter("city", ["Pune"]), filter("vpn", ["true"])];
  test("are of the filters that the API names, or of the project that is out of reach", () => {
    expect(blamed(problem(400, ["city", "days"]), all)).toEqual([all[1]]);
    expect(blamed(problem(403, []), all)).toEqual([all[0]]);
    expect(blamed(problem(502, []), all)).toEqual([]);
    expect(blamed(new Error("city"), all)).toEqual([]);
  });
});

describe("what the figures are of", () => {
  const of = (from: string, to: string, generated_at = "2026-11-21T20:00:00Z", timezone = "UTC") =>
    spanText({ from, to, generated_at, timezone } as Meta);
  test("days to come are not said to be counted", () => {
    expect(of("2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z")).toMatch(/1\D+21, 2026, so far$/);
    expect(of("2026-11-15T00:00:00Z", "2026-11-22T00:00:00Z")).toMatch(/15\D+21, 2026$/);
    // By quarters of an hour the range ends with the one that runs.
    expect(of("2026-11-15T00:00:00Z", "2026-11-21T20:15:00Z")).toMatch(/15\D+21, 2026, so far$/);
    expect(of("2026-11-15T00:00:00Z", "2026-11-21T20:00:00Z")).not.toContain("so far");
    // 01:30 of the next day there.
    expect(
      of(
        "2026-11-01T00:00:00+05:30",
        "2026-12-01T00:00:00+05:30",
        "2026-11-22T01:30:00+05:30",
        "Asia/Kolkata",
      ),
    ).toMatch(/1\D+22, 2026, so far$/);
    expect(of("2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z")).not.toContain("so far");
  });
  test("projects are named, or all", () => {
    const all = { projects: ["*"] };
    expect(projectsText([], all)).toBe("All projects");
    expect(projectsText([], { projects: ["acme"] })).toBe("Project acme");
    expect(projectsText([], { projects: ["acme", "globex"] })).toBe("Projects acme and globex");
    expect(projectsText([filter("project", ["acme"])], all)).toBe("Project acme");
    expect(projectsText([filter("project", ["acme", "globex"])], all)).toBe("Projects acme or globex");
    expect(projectsText([filter("project", ["acme"], { negated: true })], all)).toBe("All projects but acme");
    expect(projectsText([filter("project", ["de"], { contains: true })], all)).toBe("Projects with “de”");
  });
});

describe("zones", () => {
  const now = new Date("2026-11-21T00:00:00Z");
  test("the deployment's and the reader's come first, and each is there once", () => {
    const zones = allZones(now, "Asia/Kolkata", "Europe/Dublin");
    expect(zones.slice(0, 3).map(({ name }) => name)).toEqual(["Asia/Kolkata", "Europe/Dublin", "UTC"]);
    expect(new Set(zones.map(({ name }) => name)).size).toBe(zones.length);
    expect(zones.some(({ name }) => name === "Asia/Calcutta")).toBe(false);
  });
  test("they are found by any of their words, and by their offset", () => {
    const zones = allZones(now, "Asia/Kolkata", "UTC");
    const names = (typed: string) => matchingZones(zones, typed).map(({ name }) => name);
    expect(names("new york")).toEqual(["America/New_York"]);
    expect(names("+5:45")).toEqual(["Asia/Kathmandu"]);
    expect(names("kolk asia")).toEqual(["Asia/Kolkata"]);
  });
  test("offsets are those of the moment", () => {
    expect(offsetOf("America/New_York", now)).toBe("GMT-5");
    expect(offsetOf("America/New_York", new Date("2026-07-01T00:00:00Z"))).toBe("GMT-4");
  });
});
