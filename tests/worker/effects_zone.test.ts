// zone.transitions: the runtime's Intl, searched to the second.

import { expect, test } from "vitest";
import { perform } from "../../worker/src/effects/index.ts";
import { packConfig } from "../../worker/src/request.ts";
import { TestOperation, textOf } from "./support/operations.ts";

const { performer } = new TestOperation();

interface Answer {
  offset: number;
  transitions: [number, number][];
}

const s = (iso: string) => Date.parse(iso) / 1000;
const replyTo = (timezone: string, from: number, to: number) => {
  const reply = perform(
    { effect: "zone.transitions", id: 1, timezone, from, to } as never,
    undefined,
    performer,
  );
  if (reply instanceof Promise) throw new Error("The answer was to be there at once.");
  return reply;
};
const ask = (timezone: string, from: string | number, to: string | number): Answer => {
  const instant = (value: string | number) => (typeof value === "string" ? s(value) : value);
  const reply = replyTo(timezone, instant(from), instant(to));
  expect(reply.status).toBe("ok");
  return JSON.parse(textOf(reply));
};
const hours = (value: number) => value * 3600;

test("a zone that never changes has its offset and no transitions", () => {
  for (const [zone, offset] of [
    ["Asia/Kolkata", 5.5],
    ["UTC", 0],
    ["Asia/Kathmandu", 5.75],
    ["Etc/GMT+5", -5],
  ] as const) {
    expect(ask(zone, "2025-05-01T00:00:00Z", "2026-11-21T00:00:00Z"), zone).toEqual({
      offset: hours(offset),
      transitions: [],
    });
  }
});

test("summer time begins and ends to the second", () => {
  expect(ask("America/New_York", "2025-05-01T00:00:00Z", "2026-11-21T00:00:00Z")).toEqual({
    offset: hours(-4),
    transitions: [
      [s("2025-11-02T06:00:00Z"), hours(-5)],
      [s("2026-03-08T07:00:00Z"), hours(-4)],
      [s("2026-11-01T06:00:00Z"), hours(-5)],
    ],
  });
});

test("half an hour of summer time", () => {
  expect(ask("Australia/Lord_Howe", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z")).toEqual({
    offset: hours(11),
    transitions: [
      [s("2026-04-04T15:00:00Z"), hours(10.5)],
      [s("2026-10-03T15:30:00Z"), hours(11)],
    ],
  });
});

test("a day that was left out", () => {
  expect(ask("Pacific/Apia", "2011-12-01T00:00:00Z", "2012-01-15T00:00:00Z")).toEqual({
    offset: hours(-10),
    transitions: [[s("2011-12-30T10:00:00Z"), hours(14)]],
  });
});

test("an hour less for the month of fasting", () => {
  expect(ask("Africa/Casablanca", "2025-02-01T00:00:00Z", "2025-05-01T00:00:00Z")).toEqual({
    offset: hours(1),
    transitions: [
      [s("2025-02-23T02:00:00Z"), 0],
      [s("2025-04-06T02:00:00Z"), hours(1)],
    ],
  });
});

test("offsets with odd seconds", () => {
  expect(ask("Africa/Monrovia", "1971-06-01T00:00:00Z", "1972-06-01T00:00:00Z")).toEqual({
    offset: -(44 * 60 + 30),
    transitions: [[s("1972-01-07T00:44:30Z"), 0]],
  });
});

test("two changes within a week", () => {
  expect(ask("America/Noronha", "2000-09-01T00:00:00Z", "2000-11-01T00:00:00Z")).toEqual({
    offset: hours(-2),
    transitions: [
      [s("2000-10-08T02:00:00Z"), hours(-1)],
      [s("2000-10-15T01:00:00Z"), hours(-2)],
    ],
  });
});

test("years before the Common Era, and the first hundred of it", () => {
  for (const year of ["-000500", "-000001", "+000000", "+000001", "+000099"]) {
    const start = s(`${year}-06-01T00:00:00Z`);
    expect(ask("UTC", start, start + 86_400), year).toEqual({ offset: 0, transitions: [] });
    expect(ask("Asia/Kolkata", start, start + 86_400), year).toEqual({ offset: 21_208, transitions: [] });
  }
});

test("the beginning is excluded and the end included", () => {
  const at = s("2026-03-08T07:00:00Z");
  const zone = "America/New_York";
  expect(ask(zone, at - 1, at - 1)).toEqual({ offset: hours(-5), transitions: [] });
  expect(ask(zone, at - 1, at)).toEqual({ offset: hours(-5), transitions: [[at, hours(-4)]] });
  expect(ask(zone, at, at)).toEqual({ offset: hours(-4), transitions: [] });
  expect(ask(zone, at, at + 1)).toEqual({ offset: hours(-4), transitions: [] });
});

test("a change in the very second in which a UTC year begins is found once", () => {
  const zone = "Antarctica/Casey";
  const at = s("1969-01-01T00:00:00Z");
  const change = [[at, hours(8)]];
  expect(ask(zone, "1968-06-01T00:00:00Z", "1970-06-01T00:00:00Z")).toEqual({
    offset: 0,
    transitions: change,
  });
  expect(ask(zone, at - 10, at)).toEqual({ offset: 0, transitions: change });
  expect(ask(zone, at, at + 10)).toEqual({ offset: hours(8), transitions: [] });
});

test("every zone that the runtime lists, against its own clock at every half hour of some weeks", () => {
  const spans = [s("2026-03-01T00:00:00Z"), s("2026-10-20T00:00:00Z")];
  const zones = Intl.supportedValuesOf("timeZone");
  expect(zones.length).toBeGreaterThan(300);
  for (const timeZone of zones) {
    const clock = new Intl.DateTimeFormat("en-GB", {
      timeZone,
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      hourCycle: "h23",
    });
    for (const from of spans) {
      const { offset, transitions } = ask(timeZone, from, from + 32 * 86_400);
      for (let at = from; at <= from + 32 * 86_400; at += 7 * 1800) {
        const now = transitions.findLast(([since]) => since <= at)?.[1] ?? offset;
        const read = new Date((at + now) * 1000).toISOString().slice(11, 19);
        if (clock.format(at * 1000) !== read)
          expect.fail(`${timeZone} at ${at}: ${clock.format(at * 1000)}, not ${read}`);
      }
    }
  }
});

test("asking in pieces gives what asking at once gives", () => {
  const [from, to] = [s("1999-03-01T00:00:00Z"), s("2003-03-01T00:00:00Z")];
  for (const zone of ["America/Recife", "Europe/London", "Asia/Gaza"]) {
    const whole = ask(zone, from, to);
    const pieces: [number, number][] = [];
    for (let at = from; at < to; at += 1_000_000) {
      pieces.push(...ask(zone, at, Math.min(at + 1_000_000, to)).transitions);
    }
    expect(pieces).toEqual(whole.transitions);
    expect(whole.transitions.length).toBeGreaterThan(2);
  }
});

test("names that are none of the runtime's zones", () => {
  const names = [
    "Mars/Olympus",
    "",
    " ",
    "+05:30",
    "-08:00",
    "+0530",
    "GMT+5",
    "UTC+05:30",
    "IST",
    "PST",
    "CST",
    "ist",
    "Z",
    "Asia/Kolkata ",
    "Asia/Kolkata\n",
    " UTC",
    "../etc/passwd",
    "Asia/Kolkata\0",
    "Asia/Kolkatа",
    "U",
    "Etc/Unknown",
    "posixrules",
    "__proto__",
    "constructor",
    "A".repeat(100_000),
    "\ud800",
    "'; DROP TABLE",
    "Asia",
    "Europe/",
  ];
  for (const name of names)
    expect(replyTo(name, 0, 1), JSON.stringify(name)).toEqual({ status: "ok unknown", body: "" });
  for (const name of [
    "utc",
    "GMT",
    "EST",
    "asia/kolkata",
    "Asia/Calcutta",
    "America/Argentina/Buenos_Aires",
    "America/Port-au-Prince",
    "PRC",
  ]) {
    expect(replyTo(name, 0, 1).status, name).toBe("ok");
  }
});

test("spans that are none are errors", () => {
  const spans: [unknown, unknown][] = [
    [1, 0],
    [0.5, 1],
    [0, Number.NaN],
    [Number.NEGATIVE_INFINITY, 0],
    ["0", 1],
    [0, 2 ** 53],
    [-8.7e12, -8.7e12],
    [0, 200 * 366 * 86_400],
    [undefined, undefined],
  ];
  for (const [from, to] of spans)
    expect(replyTo("UTC", from as number, to as number).status, `${from} ${to}`).toBe("error");
  for (const edge of [-8.6e12, 8.6e12]) expect(replyTo("Asia/Kolkata", edge, edge).status).toBe("ok");
});

test("many zones and years, and the first of them again", () => {
  const before = ask("Europe/Paris", "2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z");
  for (const zone of Intl.supportedValuesOf("timeZone").slice(0, 60))
    ask(zone, "2015-01-01T00:00:00Z", "2026-01-01T00:00:00Z");
  expect(ask("Europe/Paris", "2025-01-01T00:00:00Z", "2026-01-01T00:00:00Z")).toEqual(before);
  expect(before.transitions).toHaveLength(2);
});

test("the deployment's zone is in the configuration that the core reads", () => {
  const config = (env: object) => JSON.parse(new TextDecoder().decode(packConfig(env as never)));
  expect(config({ REPORTING_TIMEZONE: "Asia/Kolkata" }).reporting_timezone).toBe("Asia/Kolkata");
  expect(config({}).reporting_timezone).toBe("");
  expect(JSON.stringify(config({ AE_SQL_TOKEN: "the-token", AE_SQL_URL: "the-url" }))).not.toMatch(
    /the-(token|url)/,
  );
});
