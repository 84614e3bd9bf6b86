// Watches that meet each other, trouble, or much to do.

import { env as runtime } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import limits from "../../schema/limits.json" with { type: "json" };
import { AlertDesk } from "./support/alert_desk.ts";
import { says } from "./support/fake_ae.ts";
import { ledger } from "./support/faults.ts";
import { hurry } from "./support/report_desk.ts";

let desk: AlertDesk;
beforeEach(async () => {
  desk = await AlertDesk.open();
});
afterEach(() => AlertDesk.close());

describe("two watches at once", () => {
  test("open an alert once and deliver once", async () => {
    desk.channel("desk");
    desk.usual();
    desk.after(8);
    await Promise.all([desk.watch(), desk.watch(), desk.watch()]);
    expect(await desk.states()).toHaveLength(1);
    expect(await desk.states('["*"]')).toHaveLength(1);
    expect(await desk.told()).toEqual(["alert.opened to desk"]);
    expect(desk.sent).toHaveLength(1);
  });

  test("count one check as calm, not two", async () => {
    desk.channel("desk");
    desk.usual();
    desk.after(8);
    await desk.watch();
    desk.add({ hourly: 6, from: desk.now, until: desk.now + 72 * 3600 });
    desk.after(2);
    await Promise.all([desk.watch(), desk.watch()]);
    const [alert] = await desk.alerts();
    expect(alert).toMatchObject({ calm: 1, closed_at: null });
  });
});

describe("a watch is bounded", () => {
  /** Statements that look for insights: one a dimension. */
  const perCheck = 5;
  /** How many statements a watch asked; the brief of all projects, and no other is due, was made before. */
  const asked = async () => {
    desk.analytics.posts.length = 0;
    await desk.watch({ API_KEYS: "[]" });
    return desk.analytics.posts.length;
  };
  const add = (value: string, from: number) =>
    runtime.DB.prepare(
      "INSERT INTO alerts (alert_id, scope, kind, dimension, value, opened_at, seen_at, insight) VALUES (?1, '[\"*\"]', 'silence', 'source', ?1, ?2, ?2, ?3)",
    ).bind(value, Date.now() - 3_600_000, JSON.stringify({ from: new Date(from).toISOString() }));
  const silences = async () =>
    (await desk.alerts('["*"]')).map(({ value, calm, checked_to }) => ({ value, calm, checked_to }));

  test("in what it asks of silences: of many one statement, and those of other beginnings in turn", async () => {
    desk.usual(desk.now + 14 * 24 * 3600);
    desk.add({ source: "s,7", hourly: 2, from: desk.now - 1800, until: desk.now + 3600 });
    await asked();
    desk.after(0.25);
    const since = Date.now() - 8 * 3_600_000;
    await runtime.DB.batch([
      ...Array.from({ length: 60 }, (_, n) => add(`s,${n}`, since)),
      ...Array.from({ length: 6 }, (_, n) => add(`later-${n}`, since + n * 60_000 + 1000)),
    ]);
    expect(await asked()).toBe(perCheck + limits.alert_questions.value);
    const first = await silences();
    expect(first.filter(({ calm }) => calm === 1).map(({ value }) => value)).toEqual(["s,7"]);
    expect(first.filter(({ checked_to }) => Number(checked_to) > 0)).toHaveLength(62);
    await desk.watches(1);
    const second = await silences();
    expect(second.every(({ checked_to }) => Number(checked_to) > 0)).toBe(true);
    // All were asked about in this hour.
    desk.after(0.25);
    expect(await asked()).toBe(perCheck);
  });

  test("in the lists of projects that it checks, which take turns", async () => {
    const lists = limits.alert_scopes_per_watch.value + 2;
    for (let n = 0; n < lists; n += 1) {
      desk.channel(`desk-${n}`, { projects: [desk.project, `list-${n}`] });
    }
    desk.usual();
    await asked();
    desk.after(8);
    const open = async () => {
      const { results } = await runtime.DB.prepare("SELECT DISTINCT scope FROM alerts").all();
      return results.length;
    };
    expect(await asked()).toBe(limits.alert_scopes_per_watch.value * perCheck);
    expect(await open()).toBe(limits.alert_scopes_per_watch.value);
    await desk.watches(1);
    expect(await open()).toBe(lists + 1);
    expect(await desk.told()).toHaveLength(lists);
  });
});

describe("trouble", () => {
  test("of alerts does not keep a delivery back whose message was lost", async () => {
    hurry();
    desk.channel("desk");
    desk.usual();
    desk.after(8);
    desk.queueWorks = false;
    await expect(desk.watch()).rejects.toThrow(/503/);
    desk.queueWorks = true;
    desk.after(0.25);
    let sentBefore = 0;
    desk.analytics.plays((...asked) => {
      sentBefore = desk.sent.length;
      return says(500, "down")(...asked);
    });
    await expect(desk.watch()).rejects.toThrow(/503/);
    expect(sentBefore).toBe(1);
  });

  test("of Analytics Engine fails the invocation, and leaves alerts as they are", async () => {
    hurry();
    desk.channel("desk");
    desk.usual();
    desk.after(8);
    await desk.watch();
    const [before] = await desk.alerts();
    desk.analytics.plays(says(500, "down"));
    desk.after(2);
    await expect(desk.watch()).rejects.toThrow(/503/);
    desk.after(2);
    await expect(desk.watch()).rejects.toThrow(/503/);
    expect(await desk.alerts()).toEqual([before]);
    expect(await desk.told()).toEqual(["alert.opened to desk"]);
  });

  test("of Analytics Engine keeps nothing back that quiet hours held", async () => {
    hurry();
    desk.channel("night", { quiet_hours: { from: "22:00", to: "07:00", timezone: "Asia/Kolkata" } });
    desk.usual();
    desk.after(8); // 00:10
    await desk.watch();
    desk.analytics.plays(says(500, "down"));
    desk.after(7); // 07:10
    await expect(desk.watch()).rejects.toThrow(/503/);
    expect(await desk.told()).toEqual(["alert.opened to night"]);
  });

  test("of D1 fails the invocation; the next watch does its work", async () => {
    desk.channel("desk");
    desk.usual();
    desk.after(8);
    await expect(desk.watch({ DB: ledger("rejects").DB })).rejects.toThrow(/503/);
    expect(await desk.alerts()).toEqual([]);
    await desk.watches(1);
    expect(await desk.states()).toHaveLength(1);
  });

  test("of the queue loses no delivery", async () => {
    desk.channel("desk");
    desk.usual();
    desk.after(8);
    desk.queueWorks = false;
    await expect(desk.watch()).rejects.toThrow(/503/);
    expect(await desk.told()).toEqual(["alert.opened to desk"]);
    desk.queueWorks = true;
    await desk.watches(1);
    const [delivery] = await desk.deliveries();
    expect(desk.sent).toEqual([delivery?.delivery_id]);
  });
});

test("closed alerts go after 400 days, open ones stay", async () => {
  const day = 86_400_000;
  const add = (id: string, closed: number | null) =>
    runtime.DB.prepare(
      "INSERT INTO alerts (alert_id, scope, kind, dimension, value, opened_at, seen_at, closed_at, insight) VALUES (?1, '[\"*\"]', 'rise', 'source', ?1, 1, 1, ?2, '{}')",
    ).bind(id, closed);
  await runtime.DB.batch([
    add("alert_old", Date.now() - 401 * day),
    add("alert_new", Date.now() - 399 * day),
    add("alert_open", null),
  ]);
  await desk.sweep();
  expect((await desk.alerts('["*"]')).map(({ alert_id }) => alert_id)).toEqual(["alert_new", "alert_open"]);
});
