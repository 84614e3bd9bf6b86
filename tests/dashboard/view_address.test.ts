// A view survives its address, and no address breaks the page.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compares, eventTypes } from "~schema";
import { addressText, droppedOf, readView, writeView } from "../../worker/dashboard/src/view/address.ts";
import { offeredBuckets } from "../../worker/dashboard/src/view/buckets.ts";
import { readFilter, valuesOf, writeFilter } from "../../worker/dashboard/src/view/filters.ts";
import { presets } from "../../worker/dashboard/src/view/range.ts";
import {
  countNames,
  defaultView,
  dimensionNames,
  type Filter,
  flagNames,
  type View,
} from "../../worker/dashboard/src/view/view.ts";

const read = (text: string) => readView(new URLSearchParams(text));

const isoDate = fc
  .date({ min: new Date("1970-01-02"), max: new Date("2099-12-30"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

const known = fc.string({ unit: "grapheme", minLength: 1 }).filter((text) => text.trim() !== "");
const nasty = fc
  .array(fc.constantFrom("-", "~", ",", "\\", "&", "=", "+", "%", "é", "a"), { minLength: 1, maxLength: 8 })
  .map((parts) => parts.join(""));

const dimensionFilter: fc.Arbitrary<Filter> = fc
  .record({ dimension: fc.constantFrom(...dimensionNames), negated: fc.boolean(), contains: fc.boolean() })
  .chain(({ dimension, negated, contains }) => {
    const fixed = valuesOf(dimension);
    const text = fc.oneof(known, nasty);
    const value = contains
      ? text
      : fc.oneof(fc.constant(""), fixed === undefined ? text : fc.constantFrom(...fixed));
    return fc
      .uniqueArray(value, { minLength: 1, maxLength: 4 })
      .map((values) => ({ dimension, values, negated, contains }));
  });

const flagFilter: fc.Arbitrary<Filter> = fc.record({
  dimension: fc.constantFrom(...flagNames),
  values: fc.constantFrom(["true"], ["false"]),
  negated: fc.constant(false),
  contains: fc.constant(false),
});

const viewArbitrary: fc.Arbitrary<View> = fc.record({
  range: fc.oneof(
    fc.constantFrom(...presets),
    fc
      .tuple(isoDate, isoDate)
      .filter(([a, b]) => a < b)
      .map(([from, to]) => ({ from, to })),
  ),
  timezone: fc.constantFrom(null, "UTC", "Asia/Kolkata", "America/New_York"),
  bucket: fc.constantFrom(null, ...offeredBuckets),
  filters: fc
    .tuple(
      fc.uniqueArray(dimensionFilter, { maxLength: 4, selector: (f) => `${f.dimension}=${writeFilter(f)}` }),
      fc.uniqueArray(flagFilter, { maxLength: 3, selector: (f) => f.dimension }),
    )
    .map(([a, b]) => [...a, ...b]),
  compare: fc.constantFrom(...compares),
  by: fc.uniqueArray(fc.constantFrom(...dimensionNames), { minLength: 1, maxLength: 2 }),
  sort: fc.constantFrom(...countNames),
  hidden: fc.subarray([...eventTypes]),
  zoom: fc.constantFrom(null, { from: "2026-11-01T00:00:00Z", to: "2026-11-02T00:15:00Z" }),
  hours: fc.constantFrom(...countNames),
  tables: fc.subarray(["by-type", "hours", "over-time"]),
});

describe("addresses", () => {
  test("a view comes back from its address as it was", () => {
    fc.assert(
      fc.property(viewArbitrary, (view) => {
        expect(readView(writeView(view))).toEqual(view);
        expect(droppedOf(writeView(view))).toEqual([]);
        expect(read(addressText(writeView(view)))).toEqual(view);
      }),
      { numRuns: 500 },
    );
  });

  test("any text is an address of some view, which comes back too", () => {
    const names = fc.constantFrom(
      "range",
      "days",
      "from",
      "to",
      "timezone",
      "bucket",
      "compare",
      "group_by",
      "sort",
    );
    const name = fc.oneof(names, fc.constantFrom(...dimensionNames, ...flagNames, "type", "foo"));
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.oneof(nasty, fc.string(), fc.constant("true")))), (pairs) => {
        const view = readView(new URLSearchParams(pairs));
        expect(readView(writeView(view))).toEqual(view);
      }),
      { numRuns: 500 },
    );
  });

  test("what is as it is by default is left out", () => {
    expect(writeView(defaultView).toString()).toBe("");
    expect(read("")).toEqual(defaultView);
  });

  test("parameters come in one order, spelt as the API spells them", () => {
    const view: View = {
      ...defaultView,
      range: "30d",
      timezone: "Asia/Kolkata",
      compare: "none",
      by: ["country", "device"],
      filters: [
        { dimension: "utm_source", values: ["google"], negated: true, contains: false },
        { dimension: "vpn", values: ["true"], negated: false, contains: false },
        { dimension: "country", values: ["IN", "US"], negated: false, contains: false },
      ],
    };
    expect(addressText(writeView(view))).toBe(
      "days=30&timezone=Asia/Kolkata&compare=none&group_by=country,device&utm_source=-google&vpn=true&country=IN,US",
    );
  });

  test.each([
    ["range=yesterday", defaultView.range],
    ["days=8", defaultView.range],
    ["days=1", "today"],
    ["range=last_month", "last_month"],
    ["from=2026-02-30&to=2026-03-02", defaultView.range],
    ["from=2026-03-02&to=2026-03-02", defaultView.range],
    ["from=2026-03-02", defaultView.range],
    ["from=2026-03-01&to=2026-03-02&days=30", { from: "2026-03-01", to: "2026-03-02" }],
  ])("the range of %s", (text, range) => {
    expect(read(text).range).toEqual(range);
  });

  test("a broken part leaves the others alone", () => {
    const view = read(
      "days=x&timezone=Mars/Base&bucket=1min&compare=maybe&group_by=country,country&sort=vpn&device=phone&device=mobile",
    );
    expect(view).toEqual({
      ...defaultView,
      filters: [{ dimension: "device", values: ["mobile"], negated: false, contains: false }],
    });
    expect(read("timezone=%2B05:30").timezone).toBeNull();
  });
});

describe("what a link asks for and cannot have", () => {
  test.each([
    ["event_type=bogus&source=a%5C&country=IN", ["event_type=bogus", "source=a\\"]],
    ["range=yesterday&bucket=1min&compare=maybe", ["range=yesterday", "bucket=1min", "compare=maybe"]],
    ["from=2026-03-02&days=8", ["from=2026-03-02", "days=8"]],
    ["from=2026-03-01&to=2026-03-02&days=30", ["days=30"]],
    [
      "timezone=Mars/Base&group_by=country,country&sort=vpn",
      ["timezone=Mars/Base", "group_by=country,country", "sort=vpn"],
    ],
    [
      "vpn=true&vpn=false&hidden=bot,x&zoom=a/b&hours=x",
      ["vpn=false", "hidden=bot,x", "zoom=a/b", "hours=x"],
    ],
    ["type=bot&days=30&hidden=bot,test&zoom=2026-11-01T00:00:00Z/2026-11-02T00:00:00Z&tables=hours", []],
    ["utm_id=7&gclid=x&fbclid=y&mc_eid=z", []],
    ["cpuntry=DE&days=30", ["cpuntry=DE"]],
  ])("%s", (text, expected) => {
    expect(droppedOf(new URLSearchParams(text))).toEqual(expected);
  });
});

describe("filters", () => {
  const filter = (values: string[], negated = false, contains = false) => ({
    dimension: "cta",
    values,
    negated,
    contains,
  });
  test.each([
    ["IN", filter(["IN"])],
    ["a,b", filter(["a", "b"])],
    ["-a,b", filter(["a", "b"], true)],
    ["~diwali", filter(["diwali"], false, true)],
    ["-~test", filter(["test"], true, true)],
    ["", filter([""])],
    ["-", filter([""], true)],
    [",a", filter(["", "a"])],
    ["Pricing\\, please", filter(["Pricing, please"])],
    ["\\-5", filter(["-5"])],
    ["-\\~x", filter(["~x"], true)],
    ["a,-b", filter(["a", "-b"])],
    ["\\\\", filter(["\\"])],
  ])("%j", (text, expected) => {
    expect(readFilter("cta", text)).toEqual(expected);
    expect(writeFilter(expected as Filter)).toBe(text);
  });

  test.each(["a\\", "~", "-~", "~a,", "   "])("%j is none", (text) => {
    expect(readFilter("cta", text)).toBeUndefined();
  });

  test("flags are set or not, and there is no third way", () => {
    expect(readFilter("vpn", "true")?.values).toEqual(["true"]);
    expect(readFilter("vpn", "-true")).toBeUndefined();
    expect(writeFilter({ dimension: "vpn", values: ["true"], negated: true, contains: false })).toBe("false");
    expect(read("vpn=true&vpn=false").filters).toHaveLength(1);
  });

  test("event_type has a second name", () => {
    expect(read("type=bot").filters[0]?.dimension).toBe("event_type");
    expect(readFilter("event_type", "human")).toBeUndefined();
  });
});
