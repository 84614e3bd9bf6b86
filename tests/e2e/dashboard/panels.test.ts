/** What only a look at the panels shows: what is in sight, where it lies, and what paper and narrow screens have. */
import type { Locator, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { deskOf, settled } from "./support/desk.ts";
import { panel, soon } from "./support/stats.ts";

/** Seen, and within what a person has before them. */
async function expectInSight(tip: Locator, text: RegExp) {
  await tip.waitFor({ state: "visible" });
  await soon(() => tip.textContent()).toMatch(text);
  expect(await tip.evaluate((node) => getComputedStyle(node).visibility)).toBe("visible");
}

async function desk(path = "/", options = {}): Promise<Page> {
  const { page } = await deskOf("admin_key", path, options);
  await settled(page);
  return page;
}

describe("tips of charts are in sight", () => {
  test("under the pointer and with the keyboard", async () => {
    const page = await desk();
    for (const title of ["Submissions over time", "Each type on its own scale", "Breakdown"]) {
      const frame = panel(page, title);
      const chart = frame.getByRole("application").first();
      const tip = frame.locator(".tip").first();
      await chart.scrollIntoViewIfNeeded();
      await chart.hover();
      await expectInSight(tip, /\d/);
      await page.mouse.move(0, 0);
      await tip.waitFor({ state: "hidden" });
      await chart.focus();
      await page.keyboard.press("ArrowRight");
      await expectInSight(tip, /\d/);
    }
  });

  test("in the hours of the week too", async () => {
    const page = await desk("/?days=30");
    const frame = panel(page, "Hours of the week");
    const tip = frame.locator(".tip");
    const cell = (weekday: number, hour: number) =>
      frame.locator(`[data-weekday="${weekday}"][data-hour="${hour}"]`);
    await cell(3, 10).hover();
    await expectInSight(tip, /^Wednesday 10:00–11:00/);
    await page.mouse.move(0, 0);
    await tip.waitFor({ state: "hidden" });
    await cell(1, 9).focus();
    await page.keyboard.press("ArrowRight");
    await expectInSight(tip, /^Monday 10:00–11:00/);
  });
});

test("hours of the week that the range does not come to are no zeros", async () => {
  const page = await desk("/?days=1");
  const frame = panel(page, "Hours of the week");
  const now = new Intl.DateTimeFormat("en-GB", { weekday: "long", hour: "2-digit", timeZone: "Asia/Kolkata" });
  const parts = Object.fromEntries(now.formatToParts().map(({ type, value }) => [type, value]));
  const cells = frame.locator("td[data-hour]");
  await soon(() => cells.count()).toBe(168);
  const told = await cells.evaluateAll((all) =>
    all.filter((cell) => cell.className !== "heat-none").map((cell) => (cell as HTMLElement).dataset.hour),
  );
  expect(told).toEqual(Array.from({ length: Number(parts.hour) + 1 }, (_, hour) => String(hour)));
  await frame.getByText(`1 day: only ${parts.weekday}.`).waitFor();
  expect(await frame.getByText("Not in this range").count()).toBe(168 - told.length);
});
