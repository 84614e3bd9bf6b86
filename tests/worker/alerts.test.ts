// Alerts from the cron trigger to the ledger and the queue: what opens, holds and closes, and who is told when.

import { env as runtime } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { AlertDesk } from "./support/alert_desk.ts";
import { says } from "./support/fake_ae.ts";
import { ledger } from "./support/faults.ts";
import { hurry } from "./support/report_desk.ts";

let desk: AlertDesk;
beforeEach(async () => {
  desk = await AlertDesk.open();
});
afterEach(() => AlertDesk.close());

const states = async (scope?: string) =>
  (await desk.alerts(scope)).map(
    ({ kind, dimension, value, closed_at }) =>
      `${kind}:${dimension}:${value} ${closed_at === null ? "open" : "closed"}`,
  );

describe("a silence", () => {
  test("opens, is told once, stays one alert while it lasts, and closes when leads come again", async () => {
    desk.channel("desk");
    desk.usual();
    await desk.watch();
    expect(await states()).toEqual([]);
    const stopped = desk.now;
    desk.after(8);
    await desk.watch();
    const silence = `silence:project:${desk.project}`;
    expect(await states()).toEqual([`${silence} open`]);
    expect(await states('["*"]')).toEqual([`${silence} open`]);
    expect(await desk.told()).toEqual(["alert.opened to desk"]);
    await desk.watches(2);
    desk.after(40);
    await desk.watches(2);
    expect(await states()).toEqual([`${silence} open`]);
    expect(await desk.told()).toEqual(["alert.opened to desk"]);

    desk.add({ hourly: 6, from: desk.now, until: desk.now + 72 * 3600 });
    desk.after(1.5);
    await desk.watch();
    expect(await states()).toEqual([`${silence} open`]);
    await desk.watches(1);
    expect(await states()).toEqual([`${silence} closed`]);
    await desk.watches(1);
    expect(await desk.told()).toEqual(["alert.opened to desk", "alert.closed to desk"]);
    const [opened, closed] = await desk.deliveries();
    expect(desk.sent).toEqual([opened?.delivery_id, closed?.delivery_id]);

    const [alert] = await desk.alerts();
    const body = JSON.parse(String(closed?.body));
    expect(body.type).toBe("alert.closed");
    expect(body.data).toMatchObject({
      alert_id: alert?.alert_id,
      projects: [desk.project],
      kind: "silence",
      dimension: "project",
      value: desk.project,
      state: "closed",
    });
    expect(body.data.insight).toMatchObject({ kind: "silence", value: desk.project });
    expect(Date.parse(body.data.opened_at)).toBeGreaterThan(stopped * 1000);
    expect(body.data.text).toMatch(/^Over: /);
    expect(body.data.text).not.toMatch(/:\/\//);
  });

  test("over a night in which nothing is expected is one alert", async () => {
    desk.channel("desk");
    const stopped = desk.now - 5 * 3600;
    desk.usual(stopped, { hourly: 20, hours: [9, 19] });
    // 16:10; silent since 11:10. From 19:00 to 9:00 nothing was ever expected.
    desk.after(2.2);
    await desk.watch();
    const silence = `silence:project:${desk.project}`;
    expect(await states()).toEqual([`${silence} open`]);
    for (let hours = 3; hours <= 30; hours += 3) {
      desk.after(3);
      await desk.watch();
      expect(await states(), `${hours} hours later`).toEqual([`${silence} open`]);
    }
    expect(await desk.told()).toEqual(["alert.opened to desk"]);
  });
});

test("a spike is one alert for as long as it is in the last day, and then closes", async () => {
  desk.channel("desk");
  desk.usual(desk.now + 14 * 24 * 3600);
  await desk.watch();
  expect(await states()).toEqual([]);
  desk.add({ hourly: 100, from: desk.now - 3600, until: desk.now });
  desk.after(1);
  await desk.watch();
  const rise = `rise:project:${desk.project}`;
  expect(await states()).toEqual([`${rise} open`]);
  // It stays in the window for a day, and is one alert all the while.
  for (let hours = 0; hours < 20; hours += 4) {
    desk.after(4);
    await desk.watch();
  }
  expect(await states()).toEqual([`${rise} open`]);
  desk.after(6);
  await desk.watch();
  expect(await states()).toEqual([`${rise} open`]);
  await desk.watches(1);
  expect(await states()).toEqual([`${rise} closed`]);
  expect(await desk.told()).toEqual(["alert.opened to desk", "alert.closed to desk"]);
});

test("between the thresholds nothing opens, and nothing that is open closes", async () => {
  desk.channel("desk");
  desk.usual(desk.now + 14 * 24 * 3600);
  const begun = desk.now - 3600;
  // Of 144 in a day the square root is 12: 4 of these open an alert, less than 2.5 close it.
  desk.add({ hourly: 40, from: begun, until: begun + 3600 });
  await desk.watches(4);
  expect(await states()).toEqual([]);
  desk.add({ hourly: 15, from: begun + 3600, until: begun + 7200 });
  desk.after(1);
  await desk.watch();
  expect(await states()).toEqual([`rise:project:${desk.project} open`]);
  // The first 40 come and go; what is left is too little to open, and enough to stay.
  for (let swing = 0; swing < 4; swing += 1) {
    const points = desk.analytics.points;
    desk.analytics.points = points.slice(0, -20);
    desk.after(1);
    await desk.watch();
    desk.analytics.points = points;
    desk.after(1);
    await desk.watch();
  }
  expect(await states()).toEqual([`rise:project:${desk.project} open`]);
  expect(await desk.told()).toEqual(["alert.opened to desk"]);
});

test("a bot share out of its range opens an alert", async () => {
  desk.channel("desk");
  desk.usual(desk.now + 24 * 3600);
  desk.add({ hourly: 6, from: desk.now - 20 * 3600, until: desk.now, event_type: "bot" });
  await desk.watch();
  expect(await states()).toEqual([`bot_share:project:${desk.project} open`]);
});

describe("quiet hours", () => {
  const night = { from: "22:00", to: "07:00", timezone: "Asia/Kolkata" };

  test("hold an alert and send it afterwards; one channel's are not another's", async () => {
    desk.channel("night", { quiet_hours: night });
    desk.channel("day");
    desk.usual();
    desk.after(8); // 00:10
    await desk.watch();
    expect(await desk.told()).toEqual(["alert.opened to day"]);
    desk.after(6.5); // 06:40
    await desk.watch();
    expect(await desk.told()).toEqual(["alert.opened to day"]);
    desk.after(0.5); // 07:10
    await desk.watch();
    expect(await desk.told()).toEqual(["alert.opened to day", "alert.opened to night"]);
    await desk.watches(2);
    expect(await desk.told()).toHaveLength(2);
  });

  test("what closed meanwhile is never told", async () => {
    desk.channel("night", { quiet_hours: night });
    desk.usual();
    desk.after(8); // 00:10
    await desk.watch();
    desk.add({ hourly: 6, from: desk.now, until: desk.now + 72 * 3600 });
    desk.after(2);
    await desk.watches(3);
    expect(await states()).toEqual([`silence:project:${desk.project} closed`]);
    desk.after(8);
    await desk.watch();
    expect(await desk.told()).toEqual([]);
    expect(desk.sent).toEqual([]);
  });

  test("hold the news that an alert is over, too", async () => {
    desk.channel("night", { quiet_hours: { ...night, from: "02:00" } });
    desk.usual();
    desk.after(8); // 00:10
    await desk.watch();
    expect(await desk.told()).toEqual(["alert.opened to night"]);
    desk.add({ hourly: 6, from: desk.now, until: desk.now + 72 * 3600 });
    desk.after(2); // 02:10
    await desk.watches(3);
    expect(await states()).toEqual([`silence:project:${desk.project} closed`]);
    expect(await desk.told()).toHaveLength(1);
    desk.after(5);
    await desk.watch();
    expect(await desk.told()).toEqual(["alert.opened to night", "alert.closed to night"]);
  });

  test("in a zone that nobody knows do not keep an alert back", async () => {
    desk.channel("lost", { quiet_hours: { from: "00:00", to: "23:59", timezone: "Mars/Olympus" } });
    desk.usual();
    desk.after(8);
    await desk.watch();
    expect(await desk.told()).toEqual(["alert.opened to lost"]);
  });
});

describe("a channel", () => {
  test("is told of its own projects alone, and only where it takes alerts", async () => {
    desk.channel("mine");
    desk.channel("slack", { type: "slack" });
    desk.channel("other", { projects: [desk.other] });
    desk.channel("all", { projects: ["*"] });
    desk.channel("briefs", { topics: ["brief"] });
    desk.channel("broken", { url: "ftp://nowhere" });
    desk.usual();
    desk.after(8);
    await desk.watch();
    const told = (await desk.told()).filter((one) => one.startsWith("alert"));
    expect(told.sort()).toEqual(["alert.opened to all", "alert.opened to mine", "alert.opened to slack"]);
    const slack = (await desk.deliveries()).find(({ channel }) => channel === "slack");
    const body = JSON.parse(String(slack?.body));
    expect(Object.keys(body)).toEqual(["text"]);
    expect(body.text).toMatch(/^Alert: /);
    expect(body.text).toContain(desk.project);
  });

  test("that is added while an alert is open is told of it; one that goes leaves none behind", async () => {
    desk.usual();
    desk.channel("first");
    desk.after(8);
    await desk.watch();
    desk.channel("second");
    await desk.watches(1);
    expect(await desk.told()).toEqual(["alert.opened to first", "alert.opened to second"]);
    desk.channels = [];
    await desk.watches(1);
    expect(await states()).toEqual([`silence:project:${desk.project} open`]);
    desk.after(24);
    await desk.watches(1);
    expect(await states()).toEqual([`silence:project:${desk.project} closed`]);
    expect(await states('["*"]')).toEqual([`silence:project:${desk.project} open`]);
  });
});

describe("two watches at once", () => {
  test("open an alert once and deliver once", async () => {
    desk.channel("desk");
    desk.usual();
    desk.after(8);
    await Promise.all([desk.watch(), desk.watch(), desk.watch()]);
    expect(await states()).toHaveLength(1);
    expect(await states('["*"]')).toHaveLength(1);
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

describe("trouble", () => {
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
    expect(await states()).toHaveLength(1);
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
