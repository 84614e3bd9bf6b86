/** What a view's address holds and says: ranges of any length, what is left out of a link, and what it is called. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { deskOf, stack } from "./support/desk.ts";
import { day, panel, searchOf, soon } from "./support/stats.ts";

describe("a range of more hours than the API counts", () => {
  test("has its figures; only the hours of the week ask for a shorter one", async () => {
    const { page } = await deskOf("admin_key", `/?from=${day(-400)}&to=${day(1)}&bucket=month`);
    await soon(() => page.locator(".kpi.total .value").textContent()).toMatch(/^[\d,]+$/);
    await panel(page, "Hours of the week").getByText("Choose a range of at most 375 days.").waitFor();
    await panel(page, "Submissions over time").getByRole("button", { name: "Table" }).click();
    await panel(page, "Submissions over time").getByRole("table").waitFor();
    expect(await page.getByRole("alert").count()).toBe(0);
  });
});

const notices = (page: Page) => page.getByRole("region", { name: "About these figures" });

describe("a link", () => {
  test("says what it asks for and does not get", async () => {
    const { page } = await deskOf("admin_key", "/?event_type=bogus&source=a%5C&country=IN");
    const said = notices(page).getByText(
      "The link also asks for event_type=bogus and source=a\\, which are not known; they were left out.",
    );
    await said.waitFor();
    await page.getByRole("button", { name: "30 days" }).click();
    await said.waitFor({ state: "detached" });
    await soon(() => searchOf(page)).toBe("?days=30&country=IN");
  });

  test("shows the same types, part, count and tables", async () => {
    const { page } = await deskOf("admin_key", "/?days=90");
    const over = (on: Page) => panel(on, "Submissions over time");
    const hours = "Count of the hours of the week";
    await over(page).getByRole("button", { name: "Bot", exact: true }).click();
    await over(page).getByRole("button", { name: "Zoom in" }).click();
    await soon(() => new URL(page.url()).searchParams.get("zoom")).toMatch(/^2.*Z\/2.*Z$/);
    await page.getByLabel(hours).selectOption("hot_count");
    await panel(page, "Each type on its own scale").getByRole("button", { name: "Table" }).click();
    await soon(() => new URL(page.url()).searchParams.get("tables")).toBe("by-type");
    const shown = over(page).getByText(/^Shown: /);
    const text = await shown.textContent();

    const other = await deskOf("marketing_key", new URL(page.url()).search);
    await soon(() =>
      over(other.page)
        .getByText(/^Shown: /)
        .textContent(),
    ).toBe(text);
    const bot = over(other.page).getByRole("button", { name: "Bot", exact: true });
    expect(await bot.getAttribute("aria-pressed")).toBe("false");
    expect(await other.page.getByLabel(hours).inputValue()).toBe("hot_count");
    await panel(other.page, "Each type on its own scale").getByRole("table").waitFor();

    // Another range is another series.
    await page.getByRole("button", { name: "30 days" }).click();
    await soon(() => new URL(page.url()).searchParams.has("zoom")).toBe(false);
    expect(new URL(page.url()).searchParams.get("hidden")).toBe("bot");
  });
});

test("a zoom that has not come to rest is none of the next range", async () => {
  const { page } = await deskOf("admin_key", "/?days=90");
  await panel(page, "Submissions over time").getByRole("button", { name: "Zoom in" }).waitFor();
  // Both at once, and then as long as a zoom takes to rest.
  await page.evaluate(async () => {
    document.querySelector<HTMLElement>("[aria-label='Zoom in']")?.click();
    [...document.querySelectorAll("button")].find(({ textContent }) => textContent === "30 days")?.click();
    await new Promise((resume) => setTimeout(resume, 400));
  });
  await soon(() => searchOf(page)).toMatch(/^\?days=30/);
  expect(searchOf(page)).toBe("?days=30");
});

test("who comes back to the page on another day sees that day's", async () => {
  // The beginning of this month, so that the answers are those of days that were.
  const month = day().slice(0, 7);
  const midnight = new Date(`${month}-01T00:00:00+05:30`).getTime();
  const { page, asked } = await deskOf("admin_key", "/nowhere");
  await page.clock.install({ time: midnight - 3_600_000 });
  await page.goto("/?range=this_month");
  await soon(() => asked.some((path) => path.includes(`to=${month}-01`))).toBe(true);
  await page.getByRole("link", { name: "Alerts" }).click();
  await page.getByRole("heading", { level: 1, name: "Alerts" }).waitFor();
  await page.clock.fastForward(2 * 3_600_000);
  await page.goBack();
  await page.locator(".kpi-section").waitFor();
  await soon(() => asked.some((path) => path.includes(`from=${month}-01`))).toBe(true);
});

describe("projects", () => {
  test("are named above the figures, and chosen beside the range", async () => {
    const { page } = await deskOf("admin_key", "/?country=IN");
    await page.getByText(/^All projects, /).waitFor();
    await page.getByRole("button", { name: "Project: All projects" }).click();
    await page.getByRole("button", { name: new RegExp(`^${stack.project}`) }).click();
    await soon(() => searchOf(page)).toBe(`?project=${stack.project}&country=IN`);
    await page.getByText(new RegExp(`^Project ${stack.project}, `)).waitFor();
    await page.getByRole("button", { name: `Project: Project ${stack.project}` }).click();
    await page.getByRole("button", { name: "All projects", exact: true }).click();
    await soon(() => searchOf(page)).toBe("?country=IN");
    // One project is no choice.
    const limited = await deskOf("limited_key");
    await limited.page.getByText(new RegExp(`^Project ${stack.project}, `)).waitFor();
    expect(await limited.page.getByRole("button", { name: /^Project:/ }).count()).toBe(0);
  });

  test("that nothing came to yet are tried with a test lead", async () => {
    const { page } = await deskOf(
      "admin_key",
      `/?project=${stack.other_project}&from=${day(-89)}&to=${day(-88)}`,
    );
    await page.getByRole("link", { name: "Send a test lead" }).first().waitFor();
  });
});

test("a changed view is said when it is answered", async () => {
  const { page } = await deskOf("marketing_key");
  const total = page.locator(".kpi.total .value");
  await total.waitFor();
  const said = () => page.locator("p.unseen[aria-live=polite]").textContent();
  expect(await said()).toBe("");
  await page.getByRole("button", { name: "30 days" }).click();
  await soon(said).toMatch(/^[\d,]+ submissions$/);
  expect(await total.textContent()).toBe((await said())?.split(" ")[0]);
  await page.locator(".kpi.primary button").click();
  await soon(said).toMatch(/^Filtered: [\d,]+ submissions$/);
});

describe("what the API refuses", () => {
  test("is said once, without a way to ask the same again, and the filter can be taken away", async () => {
    const { page } = await deskOf("limited_key", `/?project=${stack.other_project}`);
    await page.getByText("Not counted either, for the reason above.").last().waitFor();
    expect(await page.getByRole("alert").count()).toBe(1);
    expect(await page.getByRole("button", { name: "Try again" }).count()).toBe(0);
    await soon(() => page.locator(".realtime-state").textContent()).toMatch(/^This could not be counted: /);
    expect(await page.locator(".realtime-state").textContent()).not.toContain("tried again");
    await page.getByRole("alert").getByRole("button", { name: "Remove the filter Project" }).click();
    await soon(() => searchOf(page)).toBe("");
    await page.locator(".kpi.total .value").waitFor();
  });
});
