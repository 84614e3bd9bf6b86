// When briefs are made: each week's once for each scope, whatever happens at the time.

import { afterEach, expect, test } from "vitest";
import { BriefDesk, day, hour, minute, slack, webhook, week } from "./support/brief_desk.ts";
import { refusesConnection, says, whole } from "./support/fake_ae.ts";
import { ledger } from "./support/faults.ts";

let desk: BriefDesk;
afterEach(() => BriefDesk.close());

/** A deployment in which the only scope is that of all projects. */
const one = (at?: number) =>
  BriefDesk.open(at === undefined ? { keys: ["everything"] } : { at, keys: ["everything"] });

test.each([
  ["Asia/Kolkata", "2026-11-16T00:30Z", "2026-11-09T00:00:00+05:30", "2026-11-16T00:00:00+05:30"],
  ["Asia/Kathmandu", "2026-11-16T00:15Z", "2026-11-09T00:00:00+05:45", "2026-11-16T00:00:00+05:45"],
  ["UTC", "2026-11-16T06:00Z", "2026-11-09T00:00:00+00:00", "2026-11-16T00:00:00+00:00"],
  // A week in which clocks are set, by an hour and by half of one.
  ["America/New_York", "2026-11-02T11:00Z", "2026-10-26T00:00:00-04:00", "2026-11-02T00:00:00-05:00"],
  ["Australia/Lord_Howe", "2026-10-04T19:00Z", "2026-09-28T00:00:00+10:30", "2026-10-05T00:00:00+11:00"],
  ["Pacific/Kiritimati", "2026-11-15T16:00Z", "2026-11-09T00:00:00+14:00", "2026-11-16T00:00:00+14:00"],
])("%s: at six on Monday, for the local week before", async (zone, due, from, to) => {
  const at = Date.parse(due);
  desk = await one(at);
  desk.zone = zone;
  desk.at(at - minute);
  expect(await desk.watch()).toBe(true);
  // A minute before, the week before that one is still the last whose brief is due.
  const before = await desk.briefs();
  expect(before.map((brief) => brief.to)).toEqual([from]);
  desk.at(at);
  expect(await desk.watch()).toBe(true);
  const briefs = await desk.briefs();
  expect(briefs).toHaveLength(2);
  expect(briefs[0]).toMatchObject({ projects: ["*"], from, to, timezone: zone, written_by: "template" });
});

test("once, though the watch runs again and again, and twice at once", async () => {
  desk = await one();
  desk.channels = [webhook("hooks", ["*"]), slack("chat", ["*"])];
  expect(await Promise.all([desk.watch(), desk.watch(), desk.watch()])).toEqual([true, true, true]);
  for (let days = 0; days < 6; days += 1) {
    desk.after(day);
    expect(await desk.watch()).toBe(true);
  }
  const briefs = await desk.briefs();
  expect(briefs).toHaveLength(1);
  const told = briefs[0].deliveries.map((each: { channel: string; status: string; topic: string }) => [
    each.channel,
    each.status,
    each.topic,
  ]);
  expect(told).toEqual([
    ["hooks", "pending", "brief.weekly"],
    ["chat", "pending", "brief.weekly"],
  ]);
  const first = desk.queue.ids.slice(0, 2);
  expect(new Set(first)).toEqual(
    new Set(briefs[0].deliveries.map((each: { delivery_id: string }) => each.delivery_id)),
  );
  desk.after(day);
  expect(await desk.watch()).toBe(true);
  expect(await desk.briefs()).toHaveLength(2);
});

test("the messages of one brief go out once", async () => {
  desk = await one();
  desk.channels = [webhook("hooks", ["*"]), slack("chat", ["*"])];
  expect(await Promise.all([desk.watch(), desk.watch()])).toEqual([true, true]);
  expect(await desk.watch()).toBe(true);
  expect(desk.queue.ids).toHaveLength(2);
  expect(new Set(desk.queue.ids).size).toBe(2);
});

test.each([
  ["refuses connections", refusesConnection],
  ["answers 403", says(403, "no")],
])(
  "Analytics Engine %s: the brief is made when it is back, and the watch says that it failed",
  async (_, scene) => {
    desk = await one();
    const monday = Date.now();
    desk.analytics.plays(scene);
    expect(await desk.watch()).toBe(false);
    desk.after(2 * day);
    expect(await desk.watch()).toBe(false);
    expect(await desk.rows("briefs")).toEqual([]);
    desk.after(hour);
    desk.analytics.plays(whole());
    expect(await desk.watch()).toBe(true);
    const [brief] = await desk.briefs();
    expect(Date.parse(brief.to)).toBeLessThan(monday);
    expect(Date.parse(brief.generated_at)).toBe(monday + 2 * day + hour);
  },
);

test("numbers of a last good answer are no brief", async () => {
  desk = await one();
  const { json } = await desk.preview();
  expect(json.summary.meta.cache).toBe("miss");
  desk.after(hour);
  desk.analytics.plays(refusesConnection);
  const stale = await desk.preview();
  expect(stale.json.summary.meta.cache).toBe("stale");
  expect(stale.json.text).toContain("last good numbers");
  expect(await desk.watch()).toBe(false);
  expect(await desk.rows("briefs")).toEqual([]);
});

test("a ledger that is down: tried again", async () => {
  desk = await one();
  desk.more = { DB: ledger("rejects").DB };
  expect(await desk.watch()).toBe(false);
  desk.more = {};
  expect(await desk.watch()).toBe(true);
  expect(await desk.briefs()).toHaveLength(1);
});

test("a ledger that takes no writes: no further brief is made in vain", async () => {
  desk = await one();
  desk.channels = ["acme", "globex", "initech"].map((project) => webhook(project, [project]));
  const keepsBrief = ([first = ""]: string[]) => first.startsWith("INSERT INTO briefs");
  const { DB, batches } = ledger((statements) => (keepsBrief(statements) ? "rejects" : "works"));
  desk.more = { DB };
  expect(await desk.watch()).toBe(false);
  expect(batches.filter(keepsBrief)).toHaveLength(1);
});

test("an answer of the ledger that is lost: what was kept is kept once, and its messages go later", async () => {
  desk = await one();
  desk.channels = [webhook("hooks", ["*"])];
  desk.more = { DB: ledger("works", "works", "works", "works", "loses the answer", "works").DB };
  expect(await desk.watch()).toBe(false);
  desk.more = {};
  expect(await desk.watch()).toBe(true);
  expect(await desk.briefs()).toHaveLength(1);
  expect(await desk.rows("deliveries")).toHaveLength(1);
  desk.after(11 * minute);
  expect(await desk.watch()).toBe(true);
  expect(new Set(desk.queue.ids).size).toBe(1);
});

test("nothing was ever counted: no brief, nothing sent, and Analytics Engine is not asked again", async () => {
  desk = await one();
  desk.channels = [webhook("hooks", ["*"])];
  desk.analytics.points = [];
  expect(await desk.watch()).toBe(true);
  const asked = desk.analytics.posts.length;
  desk.after(hour);
  expect(await desk.watch()).toBe(true);
  expect(desk.analytics.posts.length - asked).toBeLessThan(asked);
  expect(await desk.briefs()).toEqual([]);
  expect(await desk.rows("deliveries")).toEqual([]);
  const [{ brief_id }] = (await desk.rows("briefs")) as [{ brief_id: string }];
  expect((await desk.call(`/api/briefs/${brief_id}`)).status).toBe(404);
});

test("scopes: all projects first, then channels, then keys; some at each watch, each told to its own channels", async () => {
  desk = await BriefDesk.open();
  desk.channels = [
    webhook("beta-hooks", ["beta"]),
    webhook("acme-hooks", ["acme"]),
    slack("acme-chat", ["acme"]),
    webhook("alerts-only", ["acme"], { topics: ["alert"] }),
    webhook("broken", ["acme"], { url: "http://broken.example/" }),
  ];
  const made: string[][] = [];
  for (let times = 0; times < 4; times += 1) {
    expect(await desk.watch()).toBe(true);
    made.push((await desk.rows("briefs")).map(({ scope }) => scope as string).slice(made.flat().length));
  }
  expect(made).toEqual([['["*"]', '["beta"]'], ['["acme"]', '["acme","beta"]'], [], []]);
  const told = (await desk.rows("deliveries")).map(({ channel, scope }) => [channel, scope]);
  expect(told).toEqual([
    ["beta-hooks", '["beta"]'],
    ["acme-hooks", '["acme"]'],
    ["acme-chat", '["acme"]'],
  ]);
});

test("a zone that is none: the watch fails, and nothing is made", async () => {
  desk = await one();
  desk.zone = "Nowhere/Land";
  expect(await desk.watch()).toBe(false);
  expect(await desk.rows("briefs")).toEqual([]);
});

test("the nightly sweep forgets briefs after two years", async () => {
  desk = await one();
  expect(await desk.watch()).toBe(true);
  desk.after(729 * day);
  await desk.sweep();
  expect(await desk.rows("briefs")).toHaveLength(1);
  desk.after(2 * day);
  await desk.sweep();
  expect(await desk.rows("briefs")).toHaveLength(0);
});

test("a week is seven local days, whatever the clocks do", async () => {
  desk = await one(Date.parse("2026-11-02T12:00Z"));
  desk.zone = "America/New_York";
  expect(await desk.watch()).toBe(true);
  const [brief] = await desk.briefs();
  expect(Date.parse(brief.to) - Date.parse(brief.from)).toBe(week + hour);
});
