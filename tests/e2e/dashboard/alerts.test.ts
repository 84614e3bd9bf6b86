/** Alerts: open ones first, past ones a page at a time, and their number beside the page's name. */
import { describe, expect, test } from "vitest";
import { api, axe, deskOf } from "./support/desk.ts";
import { panel, soon } from "./support/stats.ts";
import { answering, closedAlert, feed, hostile, list, openAlert, paths, refusing } from "./support/told.ts";

async function fed(path = "/alerts") {
  const desk = await deskOf("marketing_key", "/nowhere");
  await feed(desk.page);
  await desk.page.goto(path);
  return desk;
}

describe("an alert", () => {
  test("that is open says what holds, since when, for how long, and who was told", async () => {
    const { page } = await fed();
    const card = panel(page, "Open").getByRole("article");
    await card.getByRole("heading", { level: 3, name: openAlert.insight.headline }).waitFor();
    expect(await card.locator(".marks").textContent()).toBe("OpenWarningSilence");
    await card.getByText(/^Since .*, for 5 hours$/).waitFor();
    await card.getByText(/^Last found \d+ minutes ago$/).waitFor();
    await card.getByText("It had some in every one of 4 earlier windows.").waitFor();
    await card
      .getByText(/crm, alert opened .*Not delivered yet after 2 attempts, tried again by itself: /)
      .waitFor();
    expect(await page.title()).not.toBe("owned");
    await card.getByRole("link", { name: /^<img src=x/ }).click();
    await soon(() => new URL(page.url()).searchParams.get("source")).toBe(hostile);
  });

  test("that is over says from when to when, and comes after those that are open", async () => {
    const { page } = await fed();
    const card = panel(page, "Past").getByRole("article");
    await card.getByText("14 Nov 2026, 13:30 to 16 Nov 2026, 14:30, for 2 days").waitFor();
    expect(await card.locator(".marks").textContent()).toBe("OverNoticeSudden rise");
    await card
      .getByText(/^To nobody: there is no channel of exactly these projects \(All projects\)/)
      .waitFor();
    expect(await page.getByRole("heading", { level: 2 }).allTextContents()).toEqual(["Open", "Past"]);
  });
});

test("past alerts come a page at a time", async () => {
  const { page, asked } = await deskOf("marketing_key", "/nowhere");
  await feed(page);
  const older = {
    ...closedAlert,
    alert_id: "alert_0",
    insight: { ...closedAlert.insight, headline: "An older one." },
  };
  await page.route(paths.closedAlerts, (route) =>
    route.fulfill({
      json: route.request().url().includes("cursor=") ? list([older]) : list([closedAlert], "c&1"),
    }),
  );
  await page.goto("/alerts");
  const past = panel(page, "Past");
  await past.getByRole("button", { name: "Show more" }).click();
  await past.getByRole("heading", { name: "An older one." }).waitFor();
  expect(await past.getByRole("article").count()).toBe(2);
  expect(asked).toContain("/api/alerts?state=closed&cursor=c%261");
});

test("one that ends while the page is open goes from the one list to the other", async () => {
  const { page } = await deskOf("marketing_key", "/nowhere");
  await page.clock.install();
  await feed(page);
  await page.route(paths.closedAlerts, answering(list([])));
  await page.goto("/alerts");
  await panel(page, "Open").getByRole("article").waitFor();
  await panel(page, "Past").getByText("No alert is over yet").waitFor();
  await page.route(paths.openAlerts, answering(list([])));
  await page.route(paths.closedAlerts, answering(list([closedAlert])));
  await page.clock.fastForward(301_000);
  await panel(page, "Open").getByText("No alert is open").waitFor();
  await panel(page, "Past").getByRole("article").waitFor();
});

test("a list that could not be read again says so, and of when it is", async () => {
  const { page } = await deskOf("marketing_key", "/nowhere");
  await page.clock.install();
  await feed(page);
  await page.goto("/alerts");
  const open = panel(page, "Open");
  await open.getByRole("article").waitFor();
  await page.route(paths.openAlerts, refusing(503, "ledger_unavailable", "The ledger gives no answer."));
  await page.clock.fastForward(301_000);
  const said = open.getByText(
    /^This could not be refreshed: The ledger gives no answer\. Shown is the answer of .+, \d\d:\d\d\. /,
  );
  await said.waitFor({ timeout: 20_000 });
  await open.getByRole("article").waitFor();
  expect(await page.getByText("could not be refreshed").count()).toBe(1);
  await page.unroute(paths.openAlerts);
  await page.route(paths.openAlerts, answering(list([openAlert])));
  await open.getByRole("button", { name: "Try again" }).click();
  await said.waitFor({ state: "detached" });
});

test("where nothing is out of the ordinary it says so", async () => {
  const { page } = await deskOf("marketing_key", "/nowhere");
  await page.route(paths.openAlerts, answering(list([])));
  await page.route(paths.closedAlerts, answering(list([])));
  await page.goto("/alerts");
  await panel(page, "Open").getByText("No alert is open").waitFor();
  await panel(page, "Past").getByText("No alert is over yet").waitFor();
  expect(await page.getByRole("link", { name: "Alerts" }).textContent()).toBe("Alerts");
  expect(await axe(page)).toEqual([]);
});

test("a failure is said in the list that it concerns", async () => {
  const { page } = await deskOf("marketing_key", "/nowhere");
  await feed(page);
  await page.route(paths.openAlerts, refusing(503, "ledger_unavailable", "The ledger gives no answer."));
  await page.goto("/alerts");
  await panel(page, "Open")
    .getByRole("alert")
    .getByText("The ledger gives no answer.")
    .waitFor({ timeout: 20_000 });
  await panel(page, "Past").getByRole("article").waitFor();
  expect(await page.getByRole("alert").count()).toBe(1);
  expect(await axe(page)).toEqual([]);
});

describe("the number of open alerts", () => {
  test("stands beside the page's name, on every page", async () => {
    const { page } = await fed("/briefs");
    await page.getByRole("link", { name: /^Alerts ?1 open$/ }).waitFor();
    await page.route(
      paths.openAlerts,
      answering(list([openAlert, { ...openAlert, alert_id: "alert_9" }], "more")),
    );
    await page.reload();
    await page.getByRole("link", { name: /^Alerts ?2\+ open$/ }).waitFor();
  });

  test("says nothing where it cannot be known, and holds nothing up", async () => {
    const { page } = await deskOf("marketing_key", "/nowhere");
    await page.route(paths.openAlerts, () => {});
    await page.goto("/");
    await page.locator(".kpi.total .value").waitFor();
    expect(await page.getByRole("link", { name: "Alerts" }).textContent()).toBe("Alerts");
  });
});

test("of the demo data there are alerts, as the API has them", async () => {
  interface List {
    data: { kind: string; insight: { headline: string } }[];
  }
  const { data } = await api<List>("/api/alerts?state=open", "marketing_key");
  const kinds = data.map(({ kind }) => kind);
  for (const kind of ["silence", "rise", "bot_share"]) expect(kinds).toContain(kind);
  const { page } = await deskOf("marketing_key", "/alerts");
  await soon(() => panel(page, "Open").getByRole("heading", { level: 3 }).allTextContents()).toEqual(
    data.map(({ insight }) => insight.headline),
  );
  await page.getByRole("link", { name: new RegExp(`^Alerts ?${data.length} open$`) }).waitFor();
  expect(await axe(page)).toEqual([]);
});
