/** Channels: what is wrong with them, a test that is followed to its end, and what failed, to be sent again. */
import type { Route } from "playwright-core";
import { describe, expect, test } from "vitest";
import { api, axe, deskOf, settled } from "./support/desk.ts";
import { panel, soon } from "./support/stats.ts";
import {
  answering,
  channels,
  deadDelivery,
  deliveredDelivery,
  feed,
  hostile,
  list,
  paths,
  refusing,
} from "./support/told.ts";

async function fed() {
  const desk = await deskOf("admin_key", "/nowhere");
  await feed(desk.page);
  return desk;
}
const where = "Where briefs and alerts go";

describe("the list of channels", () => {
  test("says what each takes and when it is quiet, its problem in words, and no secret", async () => {
    const { page } = await fed();
    await page.goto("/channels");
    const rows = page.getByRole("table", { name: "Channels" }).locator("tbody tr");
    await soon(() => rows.count()).toBe(2);
    const cells = async (at: number) => (await rows.nth(at).locator("td").allTextContents()).slice(0, 4);
    expect(await cells(0)).toEqual([
      "teamSlack, hooks.slack.example",
      "Briefs and alerts",
      "All projects",
      "22:00 to 07:00, Asia/Kolkata",
    ]);
    expect(await cells(1)).toEqual(["crmWebhook, crm.example", "Alerts", "demo-saas, demo-events", "None"]);
    await rows.nth(0).getByText("No problem known").waitFor();
    await rows.nth(1).getByText("secret is missing: whsec_ and 24 to 64 bytes in base64.").waitFor();
  });

  test("has entries that cannot even be named", async () => {
    const { page } = await fed();
    const unreadable = { ...channels[0], id: null, host: null, projects: [], topics: [], quiet_hours: null };
    await page.route(
      paths.channels,
      answering(list([{ ...unreadable, problem: "WEBHOOKS is no JSON list of channels." }])),
    );
    await page.goto("/channels");
    await page.getByText("WEBHOOKS is no JSON list of channels.").waitFor();
    await page.getByText("(no id)").waitFor();
    expect(await page.getByRole("button", { name: /^Send a test/ }).count()).toBe(0);
    expect(await axe(page)).toEqual([]);
  });

  test("may be empty, or fail", async () => {
    const { page } = await fed();
    await page.route(paths.channels, answering(list([])));
    await page.goto("/channels");
    await page.getByText("No channel yet").waitFor();
    expect(await axe(page)).toEqual([]);
    await page.route(paths.channels, refusing(500, "internal", "Something broke."));
    await page.reload();
    await panel(page, where).getByRole("alert").getByText("Something broke.").waitFor({ timeout: 20_000 });
    await panel(page, "Deliveries").getByRole("article").first().waitFor();
  });

  test("is for admins", async () => {
    const { page, asked } = await deskOf("marketing_key", "/channels");
    await page.getByRole("heading", { level: 1, name: "This page needs an admin key" }).waitFor();
    expect(asked.filter((path) => path.startsWith("/api/admin/"))).toEqual([]);
    expect(await page.getByRole("navigation", { name: "Pages" }).getByRole("link").allTextContents()).toEqual(
      expect.not.arrayContaining(["Channels"]),
    );
  });
});

describe("a test", () => {
  /** What becomes of it, one answer after the other. */
  async function tried(states: object[]) {
    const desk = await fed();
    const { page } = desk;
    const left = [...states];
    await page.route(/\/api\/admin\/channels\/team\/test$/, (route) =>
      route.fulfill({ status: 202, json: { delivery_id: "dlv_9" } }),
    );
    await page.route(/\/api\/admin\/deliveries\?channel=team$/, async (route: Route) => {
      const state = left.length > 1 ? left.shift() : left[0];
      await route.fulfill({ json: list([{ ...deliveredDelivery, delivery_id: "dlv_9", ...state }]) });
    });
    await page.goto("/channels");
    const row = page.locator("tbody tr", { hasText: "hooks.slack.example" });
    const button = row.getByRole("button", { name: /^Send a test/ });
    await button.focus();
    await page.keyboard.press("Enter");
    return { ...desk, row, button };
  }
  const waiting = { status: "pending", attempts: 0, response_status: null };

  test("ends with its delivery, as the receiver took it; the keyboard stays where it is", async () => {
    const { page, row, button } = await tried([waiting, { status: "delivered", attempts: 1 }]);
    await row.getByText("It is in the queue; waiting for the receiver’s answer…").waitFor();
    await row.getByRole("status").getByText("Delivered", { exact: true }).first().waitFor();
    expect(await button.evaluate((one) => one === document.activeElement)).toBe(true);
    expect(await axe(page)).toEqual([]);
  });

  test("ends with why it failed, and that it is tried again", async () => {
    const { row } = await tried([
      waiting,
      { status: "pending", attempts: 1, response_status: 500, error: "The receiver answered 500." },
    ]);
    await row
      .getByText("Not delivered yet after 1 attempt, tried again by itself: The receiver answered 500.")
      .waitFor();
  });

  test("that cannot be sent says so in the API's words", async () => {
    const { page } = await fed();
    await page.route(
      /\/channels\/crm\/test$/,
      refusing(409, "not_possible", "The channel cannot be used: secret is missing."),
    );
    await page.goto("/channels");
    await page.getByRole("button", { name: /^Send a test ?to crm$/ }).click();
    await page.getByText("The channel cannot be used: secret is missing.").waitFor();
  });
});

describe("deliveries", () => {
  test("that failed come first; what was to be said can be read, and is only text", async () => {
    const { page, asked } = await fed();
    await page.goto("/channels");
    const card = panel(page, "Deliveries").getByRole("article").first();
    await card.getByRole("heading", { level: 3, name: "Weekly brief to crm" }).waitFor();
    expect(asked).toContain("/api/admin/deliveries?status=dead");
    await card.getByText("Failed after 9 attempts: The receiver answered 500: <b>down</b>").waitFor();
    await card.getByText("What was to be said").click();
    const body = await card.getByRole("region", { name: "Posted: Weekly brief to crm" }).textContent();
    expect(JSON.parse(body ?? "")).toEqual(deadDelivery.body);
    expect(body).toContain(hostile.slice(0, 8));
    expect(await page.title()).not.toBe("owned");
    expect(await axe(page)).toEqual([]);
  });

  test("are narrowed to a state and a channel", async () => {
    const { page, asked } = await fed();
    await page.goto("/channels");
    await panel(page, "Deliveries").getByLabel("Channel").selectOption("crm");
    await page.getByRole("button", { name: "On its way", exact: true }).click();
    await soon(() => asked).toContain("/api/admin/deliveries?status=pending&channel=crm");
    await page.getByRole("button", { name: "All", exact: true }).click();
    await soon(() => asked).toContain("/api/admin/deliveries?channel=crm");
    await page.route(paths.deliveries, answering(list([])));
    await page.getByRole("button", { name: "Delivered", exact: true }).click();
    await page.getByText("Nothing was delivered yet").waitFor();
    await settled(page);
    expect(await axe(page)).toEqual([]);
  });

  test("are sent again, once however often one clicks, and leave the list", async () => {
    const { page } = await fed();
    let posts = 0;
    await page.route(/\/deliveries\/dlv_2\/retry$/, async (route) => {
      posts += 1;
      await page.unroute(paths.deliveries);
      await page.route(paths.deliveries, answering(list([])));
      await route.fulfill({ status: 202, json: { delivery_id: "dlv_2" } });
    });
    await page.goto("/channels");
    const again = page.getByRole("button", { name: /^Send again/ });
    await again.evaluate((button: HTMLButtonElement) => {
      button.click();
      button.click();
    });
    await page.getByText("Weekly brief to crm is on its way again.").waitFor();
    await page.getByText("Nothing has failed").waitFor();
    expect(posts).toBe(1);
  });

  test("that cannot be sent again say why", async () => {
    const { page } = await fed();
    await page.route(
      /\/retry$/,
      refusing(409, "not_possible", "Only a dead delivery can be tried again; this one is pending."),
    );
    await page.goto("/channels");
    await page.getByRole("button", { name: /^Send again/ }).click();
    await page
      .getByText("It was not sent again. Only a dead delivery can be tried again; this one is pending.")
      .waitFor();
  });
});

describe("of the demo", () => {
  interface List {
    data: { channel: string; topic: string; status: string; attempts: number }[];
  }

  test("a test arrives at one channel and is refused by the other, for good", {
    timeout: 60_000,
  }, async () => {
    const { page } = await deskOf("admin_key", "/channels");
    const row = (id: string) => page.locator("tbody tr", { hasText: id });
    await row("demo-team")
      .getByRole("button", { name: /^Send a test/ })
      .click();
    await row("demo-team")
      .getByRole("status")
      .getByText("Delivered", { exact: true })
      .first()
      .waitFor({ timeout: 20_000 });
    await row("demo-gone")
      .getByRole("button", { name: /^Send a test/ })
      .click();
    await row("demo-gone")
      .getByText(/Failed after 1 attempt: .*410/)
      .waitFor({ timeout: 20_000 });
    const { data } = await api<List>("/api/admin/deliveries?channel=demo-gone&status=dead");
    expect(data[0]).toMatchObject({ topic: "test", attempts: 1 });
    expect(await axe(page)).toEqual([]);
  });

  test("what failed is sent again, with a session's cookie", { timeout: 60_000 }, async () => {
    const { page } = await deskOf("admin_key", "/channels");
    const card = panel(page, "Deliveries").getByRole("article").first();
    await card.getByText("What was to be said").click();
    await card
      .getByRole("region")
      .getByText(/"text"/)
      .waitFor();
    await card.getByRole("button", { name: /^Send again/ }).click();
    await page.getByText(/is on its way again\.$/).waitFor();
    // It is refused once more.
    await expect
      .poll(
        async () => {
          const { data } = await api<List>("/api/admin/deliveries?channel=demo-gone");
          return data.every(({ status }) => status === "dead");
        },
        { timeout: 20_000 },
      )
      .toBe(true);
  });
});
