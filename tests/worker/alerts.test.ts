// Alerts from the cron trigger to the ledger: what opens, holds and closes.

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { AlertDesk } from "./support/alert_desk.ts";

let desk: AlertDesk;
beforeEach(async () => {
  desk = await AlertDesk.open();
});
afterEach(() => AlertDesk.close());

describe("a silence", () => {
  test("opens, is told once, stays one alert while it lasts, and closes when leads come again", async () => {
    desk.channel("desk");
    desk.usual();
    await desk.watch();
    expect(await desk.states()).toEqual([]);
    const stopped = desk.now;
    desk.after(8);
    await desk.watch();
    const silence = `silence:project:${desk.project}`;
    expect(await desk.states()).toEqual([`${silence} open`]);
    expect(await desk.states('["*"]')).toEqual([`${silence} open`]);
    expect(await desk.told()).toEqual(["alert.opened to desk"]);
    await desk.watches(2);
    desk.after(40);
    await desk.watches(2);
    expect(await desk.states()).toEqual([`${silence} open`]);
    expect(await desk.told()).toEqual(["alert.opened to desk"]);

    desk.add({ hourly: 6, from: desk.now, until: desk.now + 72 * 3600 });
    desk.after(1.5);
    await desk.watch();
    expect(await desk.states()).toEqual([`${silence} open`]);
    // 18:55, of the same hours as before; 19:10.
    await desk.watches(1);
    expect(await desk.states()).toEqual([`${silence} open`]);
    await desk.watches(1);
    expect(await desk.states()).toEqual([`${silence} closed`]);
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
    expect(await desk.states()).toEqual([`${silence} open`]);
    for (let hours = 3; hours <= 30; hours += 3) {
      desk.after(3);
      await desk.watch();
      expect(await desk.states(), `${hours} hours later`).toEqual([`${silence} open`]);
    }
    expect(await desk.told()).toEqual(["alert.opened to desk"]);
  });
});

describe("the silence of a project that was deleted", () => {
  const silence = () => `silence:project:${desk.project}`;

  test("is nothing to be told", async () => {
    desk.channel("all", { projects: ["*"] });
    desk.usual();
    await desk.isDeleted(desk.project);
    desk.after(8);
    await desk.watch();
    expect(await desk.states('["*"]')).toEqual([]);
    expect(await desk.told()).toEqual([]);
  });

  test("that had opened before is over as if leads had come", async () => {
    desk.usual();
    desk.after(8);
    await desk.watch();
    expect(await desk.states('["*"]')).toEqual([`${silence()} open`]);
    await desk.isDeleted(desk.project);
    desk.after(1);
    await desk.watch();
    expect(await desk.states('["*"]')).toEqual([`${silence()} open`]);
    desk.after(1);
    await desk.watch();
    expect(await desk.states('["*"]')).toEqual([`${silence()} closed`]);
  });
});

test("a spike is one alert for as long as it is in the last day, and then closes", async () => {
  desk.channel("desk");
  desk.usual(desk.now + 14 * 24 * 3600);
  await desk.watch();
  expect(await desk.states()).toEqual([]);
  desk.add({ hourly: 100, from: desk.now - 3600, until: desk.now });
  desk.after(1);
  await desk.watch();
  const rise = `rise:project:${desk.project}`;
  expect(await desk.states()).toEqual([`${rise} open`]);
  // It stays in the window for a day, and is one alert all the while.
  for (let hours = 0; hours < 20; hours += 4) {
    desk.after(4);
    await desk.watch();
  }
  expect(await desk.states()).toEqual([`${rise} open`]);
  desk.after(6);
  await desk.watch();
  expect(await desk.states()).toEqual([`${rise} open`]);
  await desk.watches(3);
  expect(await desk.states()).toEqual([`${rise} open`]);
  await desk.watches(1);
  expect(await desk.states()).toEqual([`${rise} closed`]);
  expect(await desk.told()).toEqual(["alert.opened to desk", "alert.closed to desk"]);
});

test("between the thresholds nothing opens, and nothing that is open closes", async () => {
  desk.channel("desk");
  desk.usual(desk.now + 14 * 24 * 3600);
  const begun = desk.now - 3600;
  // Of 144 in a day the square root is 12: 4 of these open an alert, less than 2.5 close it.
  desk.add({ hourly: 40, from: begun, until: begun + 3600 });
  await desk.watches(4);
  expect(await desk.states()).toEqual([]);
  desk.add({ hourly: 15, from: begun + 3600, until: begun + 7200 });
  desk.after(1);
  await desk.watch();
  expect(await desk.states()).toEqual([`rise:project:${desk.project} open`]);
  await desk.watches(3);
  const points = desk.analytics.points;
  // Without 20 what is left is too little to open, and enough to stay; without 55 nothing is found, for one
  // hour and all of its four watches.
  for (const fewer of [20, 55, 55]) {
    desk.analytics.points = points.slice(0, -fewer);
    await desk.watches(4);
    desk.analytics.points = points;
    await desk.watches(4);
  }
  expect(await desk.states()).toEqual([`rise:project:${desk.project} open`]);
  expect(await desk.told()).toEqual(["alert.opened to desk"]);
});

test("a bot share out of its range opens an alert", async () => {
  desk.channel("desk");
  desk.usual(desk.now + 24 * 3600);
  desk.add({ hourly: 6, from: desk.now - 20 * 3600, until: desk.now, event_type: "bot" });
  await desk.watch();
  expect(await desk.states()).toEqual([`bot_share:project:${desk.project} open`]);
});
