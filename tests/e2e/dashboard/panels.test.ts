/** What only a look at the panels shows: what is in sight, where it lies, and what paper and narrow screens have. */
import { readFile } from "node:fs/promises";
import type { Locator, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { api, deskOf, settled } from "./support/desk.ts";
import { panel, questions, type Report, soon, submitToday } from "./support/stats.ts";

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
    // What lies above it comes when it is near, and moves it.
    await frame.scrollIntoViewIfNeeded();
    await panel(page, "Worth knowing").getByRole("article").first().waitFor();
    await settled(page);
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
  const page = await desk(`/?days=1&${await submitToday()}`);
  const frame = panel(page, "Hours of the week");
  const now = new Intl.DateTimeFormat("en-GB", {
    weekday: "long",
    hour: "2-digit",
    timeZone: "Asia/Kolkata",
  });
  const parts = Object.fromEntries(now.formatToParts().map(({ type, value }) => [type, value]));
  const cells = frame.locator("td[data-hour]");
  await soon(() => cells.count()).toBe(168);
  const told = await cells.evaluateAll((all) =>
    all.filter((cell) => cell.className !== "heat-none").map((cell) => (cell as HTMLElement).dataset.hour),
  );
  expect(told).toEqual(Array.from({ length: Number(parts.hour) + 1 }, (_, hour) => String(hour)));
  await frame.getByText(`1 day: only ${parts.weekday}.`).waitFor();
  expect(await frame.getByRole("grid").getByText("Not in this range").count()).toBe(168 - told.length);
});

test("Enter on a bar of the breakdown shows only what it stands for", async () => {
  // Of a project that nobody posts to: what was kept before is still right.
  const filters = "project=demo-saas";
  const page = await desk(`/?${filters}`);
  const { groups } = await api<Report>(questions({ range: "days=7", bucket: "day", filters }).groups);
  const frame = panel(page, "Breakdown");
  await frame.getByRole("application").focus();
  await page.keyboard.press("ArrowRight");
  const name = (await frame.locator(".tip .when").textContent()) ?? "?";
  const value = name === "(not known)" ? "" : name;
  expect(groups.map(({ key }) => key?.source)).toContain(value);
  await page.keyboard.press("Enter");
  await soon(() => new URL(page.url()).searchParams.get("source")).toBe(value);
});

test("names of bars lie within the chart, at any width", async () => {
  for (const width of [1280, 360]) {
    const page = await desk("/?group_by=source", { viewport: { width, height: 800 } });
    const chart = panel(page, "Breakdown").locator(".bars");
    const names = chart.locator(".small-tick");
    await names.first().waitFor();
    const edge = (await chart.boundingBox())?.x ?? Number.NaN;
    for (const box of await names.all()) expect((await box.boundingBox())?.x).toBeGreaterThanOrEqual(edge);
  }
});

describe("what is not over", () => {
  test("is hatched in every chart of the time, be it areas or bars", async () => {
    for (const [path, mark] of [
      ["/", ".partial-area"],
      [`/?days=1&bucket=day&${await submitToday()}`, ".partial-bar"],
    ] as const) {
      const page = await desk(path);
      for (const [title, charts] of [
        ["Submissions over time", 1],
        ["Each type on its own scale", 5],
      ] as const) {
        const frame = panel(page, title);
        await frame.getByText("Hatched: still running.").waitFor();
        await soon(() => frame.locator(`.recharts-wrapper:has(${mark})`).count()).toBe(charts);
      }
    }
  });
});

test("a type that never came has no line on top of the others", async () => {
  const page = await desk("/?event_type=primary,follow_up");
  const frame = panel(page, "Submissions over time");
  await soon(() => frame.locator(".recharts-area.of-type").count()).toBe(2);
  expect(await frame.getByRole("list", { name: "Types drawn" }).getByRole("button").count()).toBe(5);
  // Nor a speck in its card.
  expect(await page.locator(".kpi.bot .bar > *").count()).toBe(0);
  expect(await page.locator(".kpi.primary .bar > *").count()).toBe(1);
});

test("tables of groups show how many at any width, and their share where there is room", async () => {
  for (const [width, shares] of [
    [1440, true],
    [360, false],
  ] as const) {
    const page = await desk("/", { viewport: { width, height: 800 } });
    const table = panel(page, "Breakdown").getByRole("table");
    const head = (name: string) => table.getByRole("columnheader", { name, exact: true });
    expect(await head("Share").isVisible()).toBe(shares);
    const frame = await panel(page, "Breakdown").locator(".counts-frame").boundingBox();
    const total = await head("Submissions").boundingBox();
    if (frame === null || total === null) throw new Error("The table is not drawn.");
    expect(total.x + total.width).toBeLessThanOrEqual(frame.x + frame.width);
  }
});

test("under forced colours the marks of types and shades keep theirs, and what is pressed has an outline", async () => {
  const page = await desk("/", { forcedColors: "active" });
  const style = (selector: string, name: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((node, property) => getComputedStyle(node).getPropertyValue(property), name);
  const colours = new Set<string>();
  for (const type of ["primary", "follow_up", "test", "blocked", "bot"]) {
    colours.add(await style(`.legend .swatch.${type}`, "background-color"));
  }
  expect(colours.size).toBe(5);
  expect(await style(".heat td.heat-5", "background-color")).not.toBe(
    await style(".heat td.heat-1", "background-color"),
  );
  expect(await style(".segments [aria-pressed=true]", "outline-style")).toBe("solid");
  expect(await style(".segments [aria-pressed=false]", "outline-style")).toBe("none");
});

test("a file for Excel is the CSV behind a byte order mark, whoever writes it", async () => {
  const page = await desk("/?range=last_week");
  for (const byServer of [false, true]) {
    if (byServer) await page.route("**/export/**", (route) => route.abort());
    await page.reload();
    await settled(page);
    const bytesOf = async (name: string) => {
      await page.getByRole("button", { name: "Export view" }).click();
      const coming = page.waitForEvent("download");
      await page.getByRole("group", { name: "By source" }).getByRole("button", { name, exact: true }).click();
      return readFile(await (await coming).path());
    };
    const plain = await bytesOf("CSV");
    const excel = await bytesOf("Excel");
    expect(excel.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(excel.subarray(3)).toEqual(plain);
  }
});

test("paper has the product, the title, what is shown and its address", async () => {
  const page = await desk("/?days=30&country=IN");
  const head = page.locator(".print-head");
  expect(await head.isVisible()).toBe(false);
  await page.emulateMedia({ media: "print" });
  expect(await head.isVisible()).toBe(true);
  for (const text of ["Leadledger", "Lead stats", page.url()]) {
    expect(await head.getByText(text, { exact: true }).isVisible()).toBe(true);
  }
  for (const shown of [/in Asia\/Kolkata/, /^India$/]) {
    expect(await page.getByText(shown).first().isVisible()).toBe(true);
  }
  // Flags are there without having been scrolled to.
  const flags = await page
    .locator("img.flag")
    .evaluateAll((all) => all.map((flag) => (flag as HTMLImageElement).naturalWidth));
  expect(flags.length).toBeGreaterThan(0);
  expect(Math.min(...flags)).toBeGreaterThan(0);
});

test("panels that all fail stay where they were while they loaded", async () => {
  const { page } = await deskOf("admin_key", "/?days=30");
  let fail = () => {};
  const failing = new Promise<void>((resume) => {
    fail = resume;
  });
  await page.route("**/analytics/lead-stats?*", async (route) => {
    await failing;
    await route.fulfill({
      status: 503,
      contentType: "application/problem+json",
      body: '{"status":503,"code":"analytics_unavailable","detail":"No answer."}',
    });
  });
  await page.goto("/?days=7");
  await page.locator(".panels .skeleton").first().waitFor();
  const tops = () =>
    page
      .locator(".panels > .panel")
      .evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().top + scrollY)));
  const between = async () => {
    const [first = 0, ...others] = await tops();
    return others.map((top) => top - first);
  };
  const before = await between();
  expect(before).toHaveLength(4);
  fail();
  await soon(() => page.locator(".panels .state").count()).toBe(6);
  expect(await between()).toEqual(before);
});

test("every column of the countries is in sight at a desk, and cards stand in even columns", async () => {
  const page = await desk("/", { viewport: { width: 1440, height: 900 } });
  const frame = panel(page, "Countries").locator(".counts-frame");
  const hidden = () => frame.evaluate((node) => node.scrollWidth - node.clientWidth);
  for (const width of [1440, 1180]) {
    await page.setViewportSize({ width, height: 900 });
    await soon(hidden).toBe(0);
    expect(await frame.getByRole("columnheader", { name: "Share" }).isVisible()).toBe(true);
  }
  for (const width of [1440, 1100, 720, 390]) {
    await page.setViewportSize({ width, height: 900 });
    for (const cards of [".kpis.types > li", ".multiples > li"]) {
      const widths = await page
        .locator(cards)
        .evaluateAll((all) => all.map((card) => Math.round(card.getBoundingClientRect().width)));
      expect(new Set(widths).size, `${cards} at ${width}`).toBe(1);
    }
    const lastRow = await page.locator(".multiples > li").evaluateAll((all) => {
      const top = (card: Element | undefined) => card?.getBoundingClientRect().top;
      return all.filter((card) => top(card) === top(all.at(-1))).length;
    });
    expect(lastRow === 1, `at ${width}`).toBe(width === 390);
  }
});
