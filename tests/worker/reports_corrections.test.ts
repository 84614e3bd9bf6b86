// A verdict that a person corrected, seen from outside: points stay as they are, a list lies in KV, and every view of a
// report agrees with the new verdict at once.

import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { FakePoint } from "./support/fake_ae.ts";
import { brokenKv } from "./support/faults.ts";
import {
  bot,
  type Correction,
  corrected as correctedAt,
  day,
  dropLists,
  groupOf,
  keep,
  misjudged,
  only,
  person,
  present,
  type Rows,
} from "./support/misjudged.ts";
import { Desk, hurry } from "./support/report_desk.ts";

let desk: Desk;
afterEach(() => Desk.close());
const corrected = (point: FakePoint, more: Partial<Correction> = {}) => correctedAt(desk, point, more);

const others: FakePoint[] = [
  misjudged({ at: present - 3500, event_type: "primary", flags: [], texts: { reason: "new_person" } }),
  misjudged({ at: present - 3400, texts: { country: "US" } }),
  misjudged({ at: present - 2 * day, project: "beta", texts: { country: "DE" } }),
  misjudged({ at: present - 8 * day, texts: { country: "FR" } }),
];

beforeEach(async () => {
  await dropLists();
  desk = await Desk.open([misjudged(), ...others]);
});

describe("one correction", () => {
  const ask = async (query: string) => {
    const before = await desk.stats(query);
    await keep([corrected(misjudged())]);
    const after = await desk.stats(query);
    expect(after.json.meta.cache).toBe("hit");
    expect([before.json.meta.corrections, after.json.meta.corrections]).toEqual([0, 1]);
    expect(after.json.totals.total).toBe(before.json.totals.total);
    expect(after.json.meta.rows_read).toBe(before.json.meta.rows_read);
    return { before: before.json, after: after.json };
  };

  test("moves a submission in totals, and its flags stay", async () => {
    const { before, after } = await ask("bucket=none");
    expect(before.totals).toMatchObject({ total: 4, primary: 1, bot: 3, vpn_count: 3 });
    expect(after.totals).toMatchObject({ total: 4, primary: 2, bot: 2, vpn_count: 3 });
  });

  test.each(["day", "60min", "15min", "week", "month"])(
    "moves it within its bucket of a %s",
    async (bucket) => {
      const { before, after } = await ask(`bucket=${bucket}`);
      for (const [at, row] of after.buckets.entries()) {
        const at_s = Date.parse(row.start) / 1000;
        const is_it = at_s <= present - 3600 && present - 3600 < Date.parse(row.end) / 1000;
        expect(row.bot).toBe(before.buckets[at].bot - (is_it ? 1 : 0));
        expect(row.primary).toBe(before.buckets[at].primary + (is_it ? 1 : 0));
      }
    },
  );

  test("moves it within its country", async () => {
    const { before, after } = await ask("group_by=country");
    expect(groupOf(before.groups, "IN")).toMatchObject({ total: 2, primary: 1, bot: 1 });
    expect(groupOf(after.groups, "IN")).toMatchObject({ total: 2, primary: 2, bot: 0 });
    expect(groupOf(after.groups, "US")).toMatchObject({ total: 1, bot: 1 });
  });

  test("moves it from one event type to the other", async () => {
    const { after } = await ask("group_by=event_type");
    expect(groupOf(after.groups, "bot")).toMatchObject({ total: 2, bot: 2, primary: 0 });
    expect(groupOf(after.groups, "primary")).toMatchObject({ total: 2, primary: 2 });
  });

  test("moves it from one reason to the other", async () => {
    const { after } = await ask("group_by=reason,country&bucket=none");
    expect(groupOf(after.groups, "honeypot_filled", "IN")).toBeUndefined();
    expect(groupOf(after.groups, "new_person", "IN")).toMatchObject({ total: 2, primary: 2 });
    expect(groupOf(after.groups, "honeypot_filled", "US")).toMatchObject({ total: 1 });
  });

  test("moves it in the hours of the week", async () => {
    const asked = async () => (await desk.call(desk.path("lead-stats", "include=hour_of_week"))).json;
    const before = await asked();
    await keep([corrected(misjudged())]);
    const after = await asked();
    // A Saturday, 15:10 in Kolkata.
    const hour = 5 * 24 + 15;
    expect(before.hour_of_week[hour]).toMatchObject({ total: 3, primary: 1, bot: 2 });
    expect(after.hour_of_week[hour]).toMatchObject({ total: 3, primary: 2, bot: 1 });
    const bots = (rows: Rows) => rows.reduce((all, row) => all + row.bot, 0);
    expect(bots(after.hour_of_week)).toBe(after.totals.bot);
  });

  test("changes what a comparison says", async () => {
    const { before, after } = await ask("compare=previous");
    expect(before.comparison.change.bot).toBe(2);
    expect(after.comparison.change.bot).toBe(1);
    expect(after.comparison.totals).toEqual(before.comparison.totals);
  });
});

test("a correction of the time that is compared with changes that alone", async () => {
  await keep([corrected(others[3] as FakePoint)]);
  const { json } = await desk.stats("compare=previous");
  expect(json.totals).toMatchObject({ primary: 1, bot: 3 });
  expect(json.comparison.totals).toMatchObject({ total: 1, primary: 1, bot: 0 });
  expect(json.meta.corrections).toBe(1);
});

describe("a filter on", () => {
  const ask = async (query: string, which: (point: FakePoint) => boolean) => {
    desk.analytics.plays(only(which));
    await keep([corrected(misjudged())]);
    return (await desk.stats(`${query}&group_by=country`)).json;
  };

  test("the old event type goes without it", async () => {
    const { totals, groups, meta } = await ask("event_type=bot", ({ event_type }) => event_type === "bot");
    expect(totals).toMatchObject({ total: 2, bot: 2, primary: 0 });
    expect(groupOf(groups, "IN")).toBeUndefined();
    expect(meta.corrections).toBe(1);
  });

  test("the new event type has it too, in a group of its own if need be", async () => {
    const { totals, groups } = await ask("event_type=primary&vpn=true", () => false);
    expect(totals).toMatchObject({ total: 1, primary: 1, vpn_count: 1 });
    expect(groupOf(groups, "IN")).toMatchObject({ total: 1, share: 1, primary: 1 });
  });

  test("the old reason goes without it", async () => {
    const { totals } = await ask("reason=honeypot_filled", ({ texts }) => texts.reason === bot.reason);
    expect(totals).toMatchObject({ total: 2, bot: 2 });
  });

  test("neither side says nothing of it", async () => {
    const { totals, meta } = await ask("event_type=blocked", () => false);
    expect(totals.total).toBe(0);
    expect(meta.corrections).toBe(0);
  });

  test.each(["vpn=false", "country=-IN", "city=Pune", "source=~OOGLES", "project=beta"])(
    "%s, which it does not meet, says nothing of it",
    async (query) => {
      const { meta } = await ask(query, () => false);
      expect(meta.corrections).toBe(0);
    },
  );

  test.each(["vpn=true", "country=~i", "city=", "source=~OOG", "project=-beta"])(
    "%s, which it meets, counts it",
    async (query) => {
      const { totals } = await ask(query, ({ project }) => project === "acme");
      expect(totals).toMatchObject({ primary: 2, bot: 1 });
    },
  );
});

test("a summary has it in its totals, rates and top lists", async () => {
  const before = (await desk.summary()).json;
  await keep([corrected(misjudged()), corrected(others[3] as FakePoint)]);
  const after = (await desk.summary()).json;
  expect(before.totals).toMatchObject({ total: 4, primary: 1, bot: 3 });
  expect(after.totals).toMatchObject({ total: 4, primary: 2, bot: 2 });
  expect([before.rates.actual, after.rates.actual]).toEqual([0.25, 0.5]);
  expect(after.previous.totals).toMatchObject({ total: 1, primary: 1, bot: 0 });
  expect(after.change.primary).toBe(1);
  const inTop = (list: string, key: string) =>
    after.top[list].find((row: { key: string }) => row.key === key);
  expect(inTop("project", "acme")).toMatchObject({ total: 3, primary: 2, bot: 1 });
  expect(inTop("country", "IN")).toMatchObject({ total: 2, primary: 2, bot: 0 });
  expect(inTop("source", "google")).toMatchObject({ total: 4, primary: 2 });
  expect(inTop("utm_campaign", "diwali")).toMatchObject({ total: 4, primary: 2 });
  expect(after.busiest_hour).toEqual(before.busiest_hour);
  expect(after.meta).toMatchObject({ corrections: 2, cache: "hit", warnings: [] });
});

test("a summary of one event type loses what is of it no more", async () => {
  desk.analytics.plays(only(({ event_type, texts }) => event_type === "bot" && texts.country === "IN"));
  await keep([corrected(misjudged())]);
  const { totals, top, busiest_hour } = (await desk.summary("event_type=bot")).json;
  expect(totals.total).toBe(0);
  expect(top).toEqual({ project: [], country: [], source: [], utm_campaign: [] });
  expect(busiest_hour).toBeNull();
});

test("a key of one project knows nothing of another's corrections", async () => {
  const foreign = others[2] as FakePoint;
  await keep([corrected(foreign), corrected(misjudged())]);
  const acme = (await desk.stats("", { key: "acme" })).json;
  expect(acme.totals).toMatchObject({ primary: 2, bot: 1 });
  expect(acme.meta.corrections).toBe(1);
  const beta = (await desk.stats("", { key: "beta" })).json;
  expect(beta.totals).toMatchObject({ total: 1, primary: 1, bot: 0 });
  expect((await desk.stats("", { key: "nothing" })).json.meta.corrections).toBe(0);
  expect((await desk.stats("event_type=primary", { key: "nothing" })).json.totals.total).toBe(0);
  expect((await desk.stats("", { key: "both" })).json.meta.corrections).toBe(2);
});

test("two corrections of one submission come to the last", async () => {
  const again = { ...person, event_type: "follow_up", reason: "known_person" };
  await keep([corrected(misjudged()), corrected(misjudged(), { from: person, to: again })]);
  const { json } = await desk.stats("group_by=event_type");
  expect(json.totals).toMatchObject({ total: 4, primary: 1, follow_up: 1, bot: 2 });
});

test("what is not counted yet, or lies elsewhere, is left alone", async () => {
  await keep([
    corrected(misjudged({ at: present - 3 * day })),
    corrected(misjudged(), { from: { event_type: "test", reason: "test_header" } }),
    corrected(misjudged({ flags: [], at: present - 2 * day })),
    corrected(misjudged({ at: present + 60 })),
  ]);
  const { json } = await desk.stats("group_by=country");
  expect(json.totals).toMatchObject({ total: 4, primary: 1, bot: 3, vpn_count: 3 });
  expect(json.meta.corrections).toBe(0);
  expect(json.meta.warnings).toEqual([]);
});

test("of a sampled point one submission is taken", async () => {
  desk.analytics.points = [misjudged({ interval: 10 })];
  await keep([corrected(misjudged())]);
  const { json } = await desk.stats("");
  expect(json.totals).toMatchObject({ total: 10, primary: 1, bot: 9 });
  expect(json.meta).toMatchObject({ sampled: true, sample_interval_max: 10, rows_read: 1 });
});

test("each month of the range has a list of its own", async () => {
  const october = misjudged({ at: Date.UTC(2026, 9, 31, 23, 59) / 1000 });
  desk.analytics.points = [misjudged(), october];
  await keep([corrected(misjudged())]);
  await keep([corrected(october)], "2026-10");
  expect((await desk.stats("days=30")).json).toMatchObject({
    totals: { primary: 2 },
    meta: { corrections: 2 },
  });
  expect(desk.listsRead.sort()).toEqual(["corrections/2026-10", "corrections/2026-11"]);
  expect((await desk.stats("days=2")).json.meta.corrections).toBe(1);
  expect(desk.listsRead).toHaveLength(3);
});

test("the entity tag changes with the list, and comes back with it", async () => {
  const tagOf = async (headers: Record<string, string> = {}) => {
    const { status, headers: answer } = await desk.stats("", { headers });
    return { status, tag: answer.get("etag") as string };
  };
  const first = (await tagOf()).tag;
  expect(await tagOf({ "if-none-match": first })).toEqual({ status: 304, tag: first });
  await keep([corrected(misjudged())]);
  const second = await tagOf({ "if-none-match": first });
  expect(second.status).toBe(200);
  expect(second.tag).not.toBe(first);
  expect((await tagOf({ "if-none-match": second.tag })).status).toBe(304);
  await env.KV.delete("corrections/2026-11");
  expect((await tagOf({ "if-none-match": first })).status).toBe(304);
});

test.each(["csv", "ndjson"])("%s has the corrected counts, and a header", async (format) => {
  const query = `bucket=none&group_by=event_type&format=${format}`;
  const before = await desk.stats(query);
  expect(before.headers.has("leadledger-corrections")).toBe(false);
  await keep([corrected(misjudged())]);
  const after = await desk.stats(query);
  expect(after.headers.get("leadledger-corrections")).toBe("1");
  const row =
    format === "csv"
      ? "primary,false,2,2,0,0,0,0"
      : `"event_type":"primary","other":false,"total":2,"primary":2`;
  expect(after.text).toContain(row);
  expect(before.text).not.toContain(row);
});

describe("where the list cannot be had", () => {
  const missing = [{ code: "corrections_missing", detail: expect.any(String) }];

  test.each(["", "not JSON", "[]", '{"corrections":{}}', '{"corrections":[', "\u0000"])(
    "the report goes on without: %j",
    async (text) => {
      await env.KV.put("corrections/2026-11", text);
      for (const { status, json } of [await desk.stats(), await desk.summary()]) {
        expect(status).toBe(200);
        expect(json.meta).toMatchObject({ corrections: 0, warnings: missing });
        expect(json.totals).toMatchObject({ total: 4, primary: 1, bot: 3 });
      }
      expect((await desk.stats("format=csv")).headers.get("leadledger-warnings")).toBe("corrections_missing");
    },
  );

  test("one that is malformed is missing, and the others are applied", async () => {
    await keep([
      { at: "now" },
      corrected(misjudged()),
      corrected(misjudged(), { to: { event_type: "x", reason: "" } }),
    ]);
    const { json } = await desk.stats();
    expect(json.meta).toMatchObject({ corrections: 1, warnings: missing });
    expect(json.totals.bot).toBe(2);
  });

  test.each(["rejects", "is silent"] as const)("KV that %s costs a warning, not the report", async (fate) => {
    hurry();
    const tag = (await desk.stats()).headers.get("etag");
    const begun = Date.now();
    const { status, json, headers } = await desk.stats("", { env: { KV: brokenKv(fate) } });
    expect(status).toBe(200);
    expect(json.meta).toMatchObject({ cache: "hit", corrections: 0, warnings: missing });
    expect(headers.get("etag")).not.toBe(tag);
    expect(Date.now() - begun).toBeLessThan(3000);
    // What was kept says nothing of it.
    expect((await desk.stats()).json.meta.warnings).toEqual([]);
  });
});

test("reading lists takes no time of its own: Analytics Engine is asked before they have come", async () => {
  let asked = 0;
  const lists = desk.corrections;
  let come = () => {};
  const slow = new Promise<void>((resolve) => {
    come = resolve;
  });
  const KV = {
    get: async (key: string, type: "arrayBuffer") => {
      await slow;
      asked = desk.analytics.posts.length;
      return lists.get(key, type);
    },
  } as unknown as KVNamespace;
  const answer = desk.stats("", { env: { KV } });
  await expect.poll(() => desk.analytics.posts.length).toBe(1);
  come();
  expect((await answer).status).toBe(200);
  expect(asked).toBe(1);
});
