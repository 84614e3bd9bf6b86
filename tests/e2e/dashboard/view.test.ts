/** What a view's address holds and says: ranges of any length, what is left out of a link, and what it is called. */
import { describe, expect, test } from "vitest";
import { deskOf } from "./support/desk.ts";
import { day, panel, soon } from "./support/stats.ts";

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
