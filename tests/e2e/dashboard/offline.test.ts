/** A browser that has lost the network: what fails says so, and nothing is done later that was given up. */
import { describe, expect, test } from "vitest";
import { pause } from "../support/browser.ts";
import { type Desk, deskOf, post, settled, stack } from "./support/desk.ts";
import { panel, soon } from "./support/stats.ts";

const unreachable = /server could not be reached/;
const mark = Date.now().toString(36);

/** Methods other than GET that the page used, with their paths. */
function changesOf({ page }: Desk): string[] {
  const changes: string[] = [];
  page.on("request", (request) => {
    if (request.method() !== "GET") changes.push(`${request.method()} ${new URL(request.url()).pathname}`);
  });
  return changes;
}

/** Online again, long enough for what might have waited. */
async function backOnline({ context, page }: Desk) {
  await context.setOffline(false);
  await page.waitForFunction(() => navigator.onLine);
  await pause(1500);
}

async function submission(name: string): Promise<string> {
  const email = `${name.toLowerCase()}@offline-${mark}.co.uk`;
  const body = { project: stack.project, name, email, visitor: { ip: "198.51.100.79" } };
  return (await post<{ submission_id: string }>("/api/leads", body)).submission_id;
}

describe("what is asked for without a network", () => {
  test("fails at once, and is not done once the network is back", async () => {
    const id = await submission("Grace");
    const desk = await deskOf("admin_key", `/submissions/${id}`);
    const { page, context } = desk;
    await page.getByRole("button", { name: "Erase this person" }).click();
    await context.setOffline(true);
    const dialog = page.getByRole("dialog", { name: "Erase this person?" });
    await dialog.getByRole("button", { name: "Erase for good" }).click();
    await dialog.getByRole("alert").getByText(unreachable).waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    const changes = changesOf(desk);
    await backOnline(desk);
    expect(changes).toEqual([]);
    await page.reload();
    await page.getByRole("heading", { level: 1, name: "Grace" }).waitFor();
  });

  test("is told where an address should be blocked, too", async () => {
    const desk = await deskOf("admin_key", "/projects");
    const { page, context } = desk;
    await page.getByRole("button", { name: "Block an address" }).click();
    const dialog = page.getByRole("dialog", { name: "Block an address" });
    await dialog.getByLabel("Address or range").fill("198.51.100.80");
    await context.setOffline(true);
    await dialog.getByRole("button", { name: "Block", exact: true }).click();
    await dialog.getByRole("alert").getByText(unreachable).waitFor();
    await page.keyboard.press("Escape");
    const changes = changesOf(desk);
    await backOnline(desk);
    expect(changes).toEqual([]);
  });

  test("is told where one signs out: one is still signed in", async () => {
    const { page, context } = await deskOf("admin_key");
    await page.locator(".kpi.total .value").waitFor();
    await settled(page);
    await context.setOffline(true);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.locator(".toast.bad").getByText(unreachable).waitFor();
    await page.getByRole("navigation", { name: "Pages" }).waitFor();
    await context.setOffline(false);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByLabel("API key").waitFor();
  });

  test("leaves no old figures under a new range, nor the last half hour as live", async () => {
    const { page, context } = await deskOf("admin_key", "/nowhere");
    await page.clock.install();
    await page.goto("/");
    await page.locator(".kpi.total .value").waitFor();
    await settled(page);
    await page.locator(".pulse:not(.off)").waitFor({ state: "attached" });
    await context.setOffline(true);
    await page.getByRole("button", { name: "30 days" }).click();
    await page.clock.runFor(2000);
    await panel(page, "Submissions over time")
      .getByText(/not be reached|for the reason above/i)
      .waitFor();
    await page.getByRole("alert").first().getByText(unreachable).waitFor();
    expect(await page.locator(".kpi .value").count()).toBe(0);
    await page.clock.runFor(21_000);
    await page.locator(".pulse.off").waitFor({ state: "attached" });
    await page.getByText("Could not be refreshed").waitFor();

    // The network comes back: so do the figures, without being asked for.
    await context.setOffline(false);
    await page.clock.runFor(2000);
    await page.locator(".kpi.total .value").waitFor();
  });

  test("is told where submissions are searched", async () => {
    const { page, context } = await deskOf("admin_key", "/submissions");
    await page.getByRole("table").waitFor();
    await context.setOffline(true);
    await page.getByRole("searchbox", { name: "Search" }).fill("grace");
    await page.getByRole("alert").getByText(unreachable).waitFor();
    expect(await page.getByRole("table").count()).toBe(0);
  });
});

describe("a part that is not loaded yet", () => {
  test("says so instead of leaving the app, and what is loaded stays within reach", async () => {
    const { page, context, faults } = await deskOf("admin_key", "/?days=30&country=IN");
    await page.locator(".kpi.total .value").waitFor();
    await settled(page);
    await page.evaluate(() => Object.assign(window, { isSame: true }));
    await context.setOffline(true);
    await page.getByRole("link", { name: "Projects" }).click();
    const alert = page.getByRole("alert");
    await alert.getByText(`This could not be loaded: the server could not be reached.`).waitFor();
    await alert.getByRole("button", { name: "Try again" }).click();
    await alert.getByText(unreachable).waitFor();
    await page.goBack();
    await page.locator(".kpi.total .value").waitFor();
    expect(await page.evaluate(() => "isSame" in window)).toBe(true);

    await context.setOffline(false);
    await page.getByRole("link", { name: "Projects" }).click();
    await page.getByRole("heading", { name: "Projects and access", level: 1 }).waitFor();
    faults.splice(0);
  });

  test("of a page gives that page back", async () => {
    const { page, context, faults } = await deskOf("admin_key", "/?days=30");
    await page.locator(".kpi.total .value").waitFor();
    await settled(page);
    await context.setOffline(true);
    await page.getByRole("button", { name: "Add filter" }).click();
    const alert = page.getByRole("alert");
    await alert.getByText(unreachable).waitFor();
    await alert.getByRole("button", { name: "Try again" }).click();
    await page.locator(".kpi.total .value").waitFor();
    await soon(() => alert.count()).toBe(0);
    faults.splice(0);
  });
});
