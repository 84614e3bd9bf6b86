// Who is told of alerts, and when.

import { env as runtime } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { AlertDesk } from "./support/alert_desk.ts";
import { keys } from "./support/keys.ts";

let desk: AlertDesk;
beforeEach(async () => {
  desk = await AlertDesk.open();
});
afterEach(() => AlertDesk.close());

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
    await desk.watches(4);
    expect(await desk.states()).toEqual([`silence:project:${desk.project} closed`]);
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
    await desk.watches(4);
    expect(await desk.states()).toEqual([`silence:project:${desk.project} closed`]);
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
    expect(body.text).toMatch(/^Alert \((?:notice|warning)\): /);
    expect(body.text).toContain(desk.project);
  });

  test("is told the gravest first of what one check found, as the list has it", async () => {
    desk.channel("all", { projects: ["*"] });
    desk.usual();
    desk.add({ project: desk.other, hourly: 60, from: desk.now, until: desk.now + 8 * 3600 });
    desk.after(8);
    await desk.watch();
    const gravest = [`silence of ${desk.project}`, `rise of ${desk.other}`, "rise of all"];
    const told = (await desk.deliveries()).map(({ body }) => JSON.parse(String(body)).data);
    expect(told.map(({ kind, value }) => `${kind} of ${value ?? "all"}`)).toEqual(gravest);
    expect(told.map(({ insight }) => insight.severity)).toEqual(["warning", "notice", "notice"]);
    const newest_first = (await desk.alerts('["*"]')).reverse();
    expect(newest_first.map(({ kind, value }) => `${kind} of ${value || "all"}`)).toEqual(gravest);
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
    expect(await desk.states()).toEqual([`silence:project:${desk.project} open`]);
    desk.after(24);
    await desk.watches(1);
    expect(await desk.states()).toEqual([`silence:project:${desk.project} closed`]);
    expect(await desk.states('["*"]')).toEqual([`silence:project:${desk.project} open`]);
  });
});

describe("that an alert is over", () => {
  const silence = async () => {
    desk.channel("desk");
    desk.usual();
    desk.after(8);
    await desk.watch();
  };
  const ends = async () => {
    desk.add({ hourly: 6, from: desk.now, until: desk.now + 72 * 3600 });
    desk.after(2);
    await desk.watches(4);
    expect(await desk.states()).toEqual([`silence:project:${desk.project} closed`]);
  };

  test("is not told where the receiver never took that it opened, and that is not told afterwards", async () => {
    desk.receiverWorks = false;
    await silence();
    await ends();
    const [opened, ...others] = await desk.deliveries();
    expect(others).toEqual([]);
    expect(opened).toMatchObject({ topic: "alert.opened", status: "dead", finished_at: expect.any(Number) });
    expect(opened?.error).toBe("The alert was over before the receiver took this.");
    await desk.watches(2);
    expect(await desk.told()).toEqual(["alert.opened to desk"]);
  });

  test("keeps that it opened from being told by hand", async () => {
    desk.receiverWorks = false;
    await silence();
    await ends();
    const [opened] = await desk.deliveries();
    const path = `/api/admin/deliveries/${opened?.delivery_id}/retry`;
    const { status, json } = await desk.call(path, keys.admin.key, "POST");
    expect([status, json.code]).toEqual([409, "not_possible"]);
    expect(json.detail).toBe("It says that an alert is open, which is over by now.");
    expect((await desk.deliveries())[0]).toEqual(opened);
  });

  test("is told where an attempt that was under way has delivered after all", async () => {
    desk.receiverWorks = false;
    await silence();
    await ends();
    desk.receiverWorks = true;
    await desk.takes("alert.opened");
    await desk.watches(1);
    expect(await desk.told()).toEqual(["alert.opened to desk", "alert.closed to desk"]);
  });

  test("is told however long ago it opened", async () => {
    await silence();
    await ends();
    const long = Date.now() - 91 * 86_400_000;
    await runtime.DB.batch([
      runtime.DB.prepare("DELETE FROM deliveries WHERE topic = 'alert.closed'"),
      runtime.DB.prepare("UPDATE deliveries SET created_at = ?1").bind(long),
      runtime.DB.prepare("UPDATE alerts SET opened_at = ?1").bind(long),
    ]);
    await desk.sweep();
    await desk.watches(1);
    expect(await desk.told()).toEqual(["alert.opened to desk", "alert.closed to desk"]);
    desk.after(4 * 24);
    await desk.sweep();
    expect(await desk.told()).toEqual(["alert.closed to desk"]);
  });
});
