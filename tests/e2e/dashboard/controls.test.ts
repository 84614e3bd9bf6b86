/** Every control above the figures: after each use the page shows what the API answers to that very question. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { api, deskOf } from "./support/desk.ts";
import {
  countText,
  day,
  expectShown,
  type Report,
  reports,
  searchOf,
  showTimes,
  soon,
  submitToday,
  valueText,
} from "./support/stats.ts";

const week = { range: "days=7", bucket: "day" };
const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true });
const bucket = (page: Page, name: string) =>
  page.getByRole("group", { name: "By", exact: true }).getByRole("button", { name, exact: true });

async function desk(path = "/") {
  const { page, asked, reset } = await deskOf("admin_key", path);
  await showTimes(page);
  return { page, asked, reset };
}

describe("the range", () => {
  test("of the last days is at hand", async () => {
    const filters = await submitToday();
    const { page } = await desk(`/?${filters}`);
    const seen = [await expectShown(page, { ...week, filters })];
    for (const [name, days, size] of [
      ["30 days", 30, "day"],
      ["Today", 1, "60min"],
      ["90 days", 90, "day"],
    ] as const) {
      await button(page, name).click();
      await soon(() => button(page, name).getAttribute("aria-pressed")).toBe("true");
      // The table of 90 days has more rows than are kept in the document.
      if (days === 90) await bucket(page, "Week").click();
      const bucketOf = days === 90 ? "week" : size;
      seen.push(await expectShown(page, { range: `days=${days}`, bucket: bucketOf, filters }));
    }
    expect(new Set(seen.map(({ cards }) => cards.total)).size).toBe(4);
  });

  test("of weeks and months is one step further", async () => {
    const { page } = await desk();
    const weekday = (new Date(day()).getUTCDay() + 6) % 7;
    const first = `${day().slice(0, 7)}-01`;
    const month = (by: number) => {
      const date = new Date(first);
      date.setUTCMonth(date.getUTCMonth() + by);
      return date.toISOString().slice(0, 10);
    };
    for (const [name, word, from, to] of [
      ["Last week", "last_week", day(-weekday - 7), day(-weekday)],
      ["This week", "this_week", day(-weekday), day(7 - weekday)],
      ["Last month", "last_month", month(-1), first],
      ["This month", "this_month", first, month(1)],
    ] as const) {
      await page.getByRole("button", { name: /^Other ranges/ }).click();
      await page.getByRole("button", { name: new RegExp(`^${name}`) }).click();
      await page.getByRole("button", { name: `Other ranges, now ${name}` }).waitFor();
      await soon(() => searchOf(page)).toBe(`?range=${word}`);
      const isShort = (Date.parse(to) - Date.parse(from)) / 86_400_000 <= 2;
      await expectShown(page, { range: `from=${from}&to=${to}`, bucket: isShort ? "60min" : "day" });
    }
  });

  test("of one's own is typed, or picked in the calendar", async () => {
    const { page } = await desk();
    const open = () => page.getByRole("button", { name: /^Other ranges/ }).click();
    const firstDay = page.getByLabel("First day");
    const lastDay = page.getByLabel("Last day");
    const show = page.getByRole("button", { name: "Show these days" });

    await open();
    await firstDay.fill(day(-12));
    await lastDay.fill(day(-15));
    await page.getByText("The last day is before the first.").waitFor();
    expect(await show.getAttribute("aria-disabled")).toBe("true");
    await show.click({ force: true });
    await soon(() => searchOf(page)).toBe("");
    await lastDay.fill(day(3));
    await page.getByText("These days are still to come.").waitFor();
    await lastDay.fill("");
    await page.getByText("Give a first and a last day.").waitFor();
    await firstDay.fill(day(-100));
    await lastDay.fill(day(-10));
    await page.getByText(/Analytics Engine keeps 90 days: what came before .* may be missing/).waitFor();

    await firstDay.fill(day(-20));
    await lastDay.fill(day(-16));
    await show.click();
    await soon(() => searchOf(page)).toBe(`?from=${day(-20)}&to=${day(-15)}`);
    await expectShown(page, { range: `from=${day(-20)}&to=${day(-15)}`, bucket: "day" });

    // Within one month of the calendar, which opens at the last day.
    await open();
    const month = day(-16).slice(0, 7);
    const named = (date: number) => {
      const local = new Date(`${month}-${String(date).padStart(2, "0")}T12:00:00Z`);
      const weekday = local.toLocaleDateString("en-GB", { weekday: "long", timeZone: "UTC" });
      return `${weekday}, ${local.toLocaleDateString("en-GB", { dateStyle: "medium", timeZone: "UTC" })}`;
    };
    const grid = page.getByRole("grid");
    const pick = (date: number) => grid.getByRole("button", { name: new RegExp(`^${named(date)}`) }).click();
    await pick(1);
    await pick(2);
    expect(await firstDay.inputValue()).toBe(`${month}-01`);
    expect(await lastDay.inputValue()).toBe(`${month}-02`);
    await show.click();
    await expectShown(page, { range: `from=${month}-01&to=${month}-03`, bucket: "60min" });
  });
});

test("the zone decides where days begin", async () => {
  const { page } = await desk();
  const home = await expectShown(page, week);
  await page.getByRole("button", { name: "Time zone: Asia/Kolkata GMT+5:30" }).click();
  const search = page.getByRole("combobox", { name: "Time zone of the report" });
  await search.fill("atlantis");
  await page.getByText("No zone is called that.").waitFor();
  await search.fill("new york");
  await page.getByRole("option", { name: /^America\/New York/ }).click();
  await soon(() => searchOf(page)).toBe("?timezone=America/New_York");
  const away = await expectShown(page, { ...week, timezone: "America/New_York" });
  expect(away.times).not.toEqual(home.times);
  await page.getByText(/in America\/New York/).waitFor();

  // Back to the deployment's, with the keyboard alone; it need not be in the address.
  await page.getByRole("button", { name: /^Time zone: America\/New York/ }).press("Enter");
  await search.pressSequentially("kolkata");
  await page.getByRole("option", { name: /^Asia\/Kolkata/ }).waitFor();
  await search.press("Enter");
  await soon(() => searchOf(page)).toBe("");
  await expectShown(page, week);
});

test("the list of zones changes nothing until one is chosen in it", async () => {
  const { page } = await deskOf("admin_key", "/?timezone=America/New_York");
  const search = page.getByRole("combobox", { name: "Time zone of the report" });
  const open = page.getByRole("button", { name: /^Time zone: America\/New York/ });
  const zones = page.getByRole("listbox").getByRole("option");
  for (const [typed, key] of [
    ["", "Escape"],
    ["tok", "Escape"],
    ["tok", "Shift+Tab"],
  ] as const) {
    await open.click();
    await zones.first().waitFor();
    await search.fill(typed);
    if (typed !== "") await soon(() => zones.first().textContent()).toMatch(/tok/i);
    await search.press(key);
    await soon(() => search.evaluateAll(([input]) => input === document.activeElement)).toBe(false);
    // What follows a change of the address comes before this.
    await page.keyboard.press("Escape");
    await search.waitFor({ state: "detached" });
    expect(searchOf(page)).toBe("?timezone=America/New_York");
  }
});

describe("buckets", () => {
  test("cut the range as finely as was chosen", async () => {
    const filters = await submitToday();
    const { page } = await desk(`/?range=today&${filters}`);
    for (const [name, size] of [
      ["15 min", "15min"],
      ["30 min", "30min"],
      ["Day", "day"],
      ["Week", "week"],
      ["Month", "month"],
      ["Hour", "60min"],
    ] as const) {
      await bucket(page, name).click();
      await soon(() => bucket(page, name).getAttribute("aria-pressed")).toBe("true");
      // What the range would choose anyway is not in the address.
      await soon(() => new URL(page.url()).searchParams.get("bucket")).toBe(name === "Hour" ? null : size);
      if (size !== "15min") await expectShown(page, { range: "days=1", bucket: size, filters });
    }
  });

  test("that are too many cannot be chosen, and say why", async () => {
    const { page, asked } = await desk(`/?from=${day(-119)}&to=${day(-19)}`);
    const fine = bucket(page, "15 min");
    expect(await fine.getAttribute("aria-disabled")).toBe("true");
    expect(await bucket(page, "30 min").getAttribute("aria-disabled")).toBe("false");
    const reason = page.locator(`[id="${await fine.getAttribute("aria-describedby")}"]`);
    expect(await reason.textContent()).toMatch(/^Too many: the range has 9,600 of them, .* at most 9,000\./);
    await fine.focus();
    await soon(() => reason.isVisible()).toBe(true);
    const before = page.url();
    await fine.press("Enter");
    await fine.click({ force: true });
    expect(page.url()).toBe(before);
    expect(asked.filter((path) => path.includes("15min"))).toEqual([]);

    // Where it was chosen for a shorter range, the longer one is cut as it can be.
    await page.goto(`/?from=${day(-119)}&to=${day(-19)}&bucket=15min`);
    await soon(() => bucket(page, "Day").getAttribute("aria-pressed")).toBe("true");
    await soon(() => asked.filter((path) => path.includes("bucket=day")).length).toBeGreaterThan(0);
    expect(asked.filter((path) => path.includes("15min"))).toEqual([]);
  });
});

test("the comparison is what was chosen, or none", async () => {
  const { page } = await desk("/?range=last_week");
  const weekday = (new Date(day()).getUTCDay() + 6) % 7;
  const range = `from=${day(-weekday - 7)}&to=${day(-weekday)}`;
  const select = page.getByLabel("Compared with");
  const seen = [await expectShown(page, { range, bucket: "day" })];
  for (const [label, name] of [
    ["A week earlier", "previous_week"],
    ["A year earlier", "previous_year"],
    ["Nothing", "none"],
  ] as const) {
    await select.selectOption({ label });
    await soon(() => searchOf(page)).toBe(`?range=last_week&compare=${name}`);
    seen.push(await expectShown(page, { range, bucket: "day", compare: name }));
    const why = page.getByText(
      "There is nothing to compare with: the earlier time begins before the 90 days",
    );
    expect(await why.count()).toBe(name === "previous_year" ? 1 : 0);
  }
  expect(seen[2]?.cards.total).toMatch(/^[\d,]+$/);
  expect(await page.locator(".kpi .change").count()).toBe(0);
  // Without anything to compare with the table has no column of it.
  expect(seen.map(({ times }) => times[0]?.length)).toEqual([11, 11, 10, 10]);
});

describe("a filter", () => {
  const form = (page: Page) => page.locator("form.filter-editor");
  const choice = (page: Page, name: string) =>
    form(page)
      .locator(".choice")
      .filter({ has: page.getByText(name, { exact: true }) });
  const openEditor = async (page: Page, dimension: string, way?: string) => {
    await page.getByRole("button", { name: "Add filter" }).first().click();
    await form(page).getByLabel("Filter by").selectOption({ label: dimension });
    if (way) await form(page).getByLabel("which").selectOption({ label: way });
  };
  const apply = (page: Page) => form(page).locator("button[type=submit]").click();
  const chips = (page: Page) => page.locator(".filter-chip").allInnerTexts();

  test("is added from what the data has, counted as the API counts it", async () => {
    // Of a project that nobody posts to, what was kept before is still right.
    const demo = "project=demo-saas";
    const { page } = await desk(`/?${demo}`);
    const { groups } = await api<Report>(`${reports}days=7&bucket=none&group_by=country&limit=200&${demo}`);
    await openEditor(page, "Country");
    const add = form(page).locator("button[type=submit]");
    expect(await add.isDisabled()).toBe(true);
    for (const { key, total } of groups.slice(0, 3)) {
      const offered = choice(page, valueText("country", key?.country ?? ""));
      expect(await offered.locator(".numeric").textContent()).toBe(countText(total));
    }
    await form(page).getByLabel("Search, or type a value").fill("united st");
    await soon(() => form(page).locator(".choice").count()).toBe(1);
    await choice(page, "United States").getByRole("checkbox").check();
    await form(page).getByLabel("Search, or type a value").fill("");
    await choice(page, "India").getByRole("checkbox").check();
    await apply(page);
    await soon(() => searchOf(page)).toBe(`?${demo}&country=US,IN`);
    await expectShown(page, { ...week, filters: `${demo}&country=IN,US` });
  });

  test("is typed, sought within, and of what is not known", async () => {
    const { page } = await desk();
    await openEditor(page, "Source");
    await form(page).getByLabel("Search, or type a value").fill("google.com");
    await apply(page);
    await expectShown(page, { ...week, filters: "source=google.com" });
    expect((await chips(page)).join()).toMatch(/Source\s*is\s*google\.com/);

    // Chosen anew behind its chip: not "google.com" alone, but whatever has the text.
    await page.getByRole("button", { name: /edit the filter “Source is google.com”/ }).click();
    await form(page).getByLabel("which").selectOption({ label: "contains any of" });
    await form(page).getByLabel("Text to look for").fill("NEWS");
    await page.getByRole("button", { name: "Remove “google.com”" }).click();
    await apply(page);
    await soon(() => searchOf(page)).toBe("?source=~NEWS");
    const { cards } = await expectShown(page, { ...week, filters: "source=~news" });
    expect(cards.total).not.toMatch(/^0 /);

    await page.getByRole("button", { name: "Remove the filter “Source contains “NEWS””" }).click();
    await openEditor(page, "Source");
    await choice(page, "(not known)").getByRole("checkbox").check();
    await apply(page);
    await soon(() => searchOf(page)).toBe("?source=");
    await expectShown(page, { ...week, filters: "source=" });
  });

  test("of a country is typed by its name, and what is no country is refused in place", async () => {
    const { page } = await desk();
    await openEditor(page, "Country");
    const box = form(page).getByLabel("Search, or type a value");
    await box.fill("indi");
    await soon(() => form(page).locator(".choice").count()).toBe(1);
    await box.press("Enter");
    expect(await choice(page, "India").getByRole("checkbox").isChecked()).toBe(true);
    await box.fill("Atlantis");
    await apply(page);
    await form(page).getByText("Tick a country of the list, or type its two letters, such as IN.").waitFor();
    expect(searchOf(page)).toBe("");
    await box.fill("united states");
    await apply(page);
    await soon(() => searchOf(page)).toBe("?country=IN,US");
  });

  test("with a comma or a sign in its text finds that text", async () => {
    const { page } = await desk();
    await openEditor(page, "Call to action");
    await form(page).getByLabel("Search, or type a value").fill("-Pricing, ~please");
    await apply(page);
    await soon(() => searchOf(page)).toMatch(/cta=\\-Pricing\\,/);
    await page.reload();
    await soon(async () => (await chips(page)).join()).toContain("-Pricing, ~please");
    await page.getByText("Nothing matches").first().waitFor();
  });

  test("is turned round, held with others, taken away, and cleared", async () => {
    const { page } = await desk("/?country=IN");
    await expectShown(page, { ...week, filters: "country=IN" });
    await page.getByRole("button", { name: "is: change “Country is India” to “is not”" }).click();
    await expectShown(page, { ...week, filters: "country=-IN" });
    expect(searchOf(page)).toBe("?country=-IN");

    await openEditor(page, "VPN");
    await form(page).getByLabel("Only without VPN").check();
    await apply(page);
    await expectShown(page, { ...week, filters: "country=-IN&vpn=false" });
    await page.getByRole("button", { name: /^no: change/ }).click();
    await expectShown(page, { ...week, filters: "country=-IN&vpn=true" });

    await openEditor(page, "Source", "is none of");
    await choice(page, "google").getByRole("checkbox").check();
    await apply(page);
    await expectShown(page, { ...week, filters: "country=-IN&vpn=true&source=-google" });
    await page.getByRole("button", { name: "Remove the filter “VPN yes”" }).click();
    await expectShown(page, { ...week, filters: "country=-IN&source=-google" });
    await page.getByRole("button", { name: "Clear all" }).click();
    await expectShown(page, week);
    expect(searchOf(page)).toBe("");
    expect(await chips(page)).toEqual([]);
  });
});
