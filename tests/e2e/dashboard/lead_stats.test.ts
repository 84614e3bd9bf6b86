/** The panels of the lead stats page: what can be clicked in them does what it says; and links to views. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { api, deskOf, newDesk, signIn, stack } from "./support/desk.ts";
import {
  counts,
  countText,
  day,
  expectShown,
  panel,
  questions,
  type Report,
  rowsOf,
  searchOf,
  showTimes,
  soon,
  valueText,
} from "./support/stats.ts";

const week = { range: "days=7", bucket: "day" };
const breakdown = (page: Page) => page.locator(".panel.breakdown");

async function desk(path = "/") {
  const { page } = await deskOf("admin_key", path);
  await showTimes(page);
  return page;
}

describe("a click filters", () => {
  test("by a type or a flag on its card, and takes it back", async () => {
    const page = await desk();
    const card = (name: string) => page.locator(`.kpi.${name} button`);
    await card("bot").click();
    await expectShown(page, { ...week, filters: "event_type=bot" });
    await card("blocked").click();
    await expectShown(page, { ...week, filters: "event_type=bot,blocked" });
    expect(searchOf(page)).toBe("?event_type=bot,blocked");
    expect(await card("bot").getAttribute("aria-pressed")).toBe("true");
    await card("bot").click();
    await card("blocked").click();
    await card("vpn_count").press("Enter");
    await expectShown(page, { ...week, filters: "vpn=true" });
  });

  test("by two cards clicked faster than the page is drawn", async () => {
    const page = await desk();
    await page.evaluate(() => {
      for (const name of ["bot", "blocked"])
        document.querySelector<HTMLElement>(`.kpi.${name} button`)?.click();
    });
    await expectShown(page, { ...week, filters: "event_type=bot,blocked" });
    expect(searchOf(page)).toBe("?event_type=bot,blocked");
  });

  test("filters turned round and taken away faster than the page is drawn", async () => {
    const page = await desk("/?country=IN&device=mobile&vpn=false");
    await page.locator(".filter-chip").nth(2).waitFor();
    await page.evaluate(() => {
      const chips = [...document.querySelectorAll(".filter-chip")];
      const click = (chip: Element | undefined, part: string) =>
        chip?.querySelector<HTMLElement>(part)?.click();
      for (const chip of chips) click(chip, ".verb");
      click(chips[1], ".remove");
      click(chips[1], ".verb");
    });
    await soon(() => searchOf(page)).toBe("?country=-IN&vpn=true");
  });

  test("a breakdown by two dimensions chosen faster than the page is drawn", async () => {
    const page = await desk();
    await page.evaluate(() => {
      for (const [label, value] of [
        ["Break down by", "city"],
        ["And break down by", "device"],
      ]) {
        const select = document.querySelector<HTMLSelectElement>(`select[aria-label="${label}"]`);
        if (!select) throw new Error(`no ${label}`);
        select.value = value ?? "";
        select.dispatchEvent(new Event("change", { bubbles: true }));
      }
    });
    await soon(() => searchOf(page)).toBe("?group_by=city,device");
  });

  test("by a row of the breakdown, one of its bars, and a country", async () => {
    const page = await desk("/?group_by=source,device");
    const { groups } = await api<Report>(questions({ ...week, by: "source,device" }).groups);
    const { source = "?", device = "?" } = groups[1]?.key ?? {};
    const row = breakdown(page).locator("tbody tr").nth(1);
    await row.getByRole("button", { name: valueText("device", device) }).click();
    await expectShown(page, { ...week, by: "source,device", filters: `device=${device}` });
    // The first value stands for the whole row.
    await page.goto("/?group_by=source,device");
    await showTimes(page);
    await row.getByRole("button", { name: valueText("source", source) }).click();
    await expectShown(page, {
      ...week,
      by: "source,device",
      filters: `source=${source}&device=${device}`,
    });

    await page.goto("/");
    const { groups: sources } = await api<Report>(questions(week).groups);
    await breakdown(page).locator(".recharts-bar.primary .recharts-rectangle").nth(2).click();
    await soon(() => new URL(page.url()).searchParams.get("source")).toBe(sources[2]?.key?.source);

    await page.goto("/");
    await showTimes(page);
    await panel(page, "Countries")
      .getByRole("button", { name: /^United States/ })
      .click();
    await expectShown(page, { ...week, filters: "country=US" });
  });
});

describe("the breakdown", () => {
  test("is by any dimension, or two", async () => {
    const page = await desk();
    const first = page.getByLabel("Break down by", { exact: true });
    const second = page.getByLabel("And break down by");
    await first.selectOption({ label: "Device" });
    await expectShown(page, { ...week, by: "device" });
    await second.selectOption({ label: "Type" });
    await expectShown(page, { ...week, by: "device,event_type" });
    // A dimension cannot stand beside itself.
    expect(await second.locator("option", { hasText: "Device" }).count()).toBe(0);
    await first.selectOption({ label: "Type" });
    await expectShown(page, { ...week, by: "event_type" });
    await first.selectOption({ label: "Country" });
    await expectShown(page, { ...week, by: "country" });
    expect(searchOf(page)).toBe("?group_by=country");
  });

  test("is ranked by the count that was chosen", async () => {
    const page = await desk();
    await page.getByLabel("Ranked by", { exact: true }).selectOption({ label: "Bot" });
    await expectShown(page, { ...week, sort: "bot" });
    await breakdown(page).getByRole("button", { name: "Hot", exact: true }).click();
    const { groups } = await expectShown(page, { ...week, sort: "hot_count" });
    const hot = groups.map((row) => Number(row.at(-1)?.replaceAll(",", "")));
    expect(hot).toEqual([...hot].sort((a, b) => b - a));
    expect(await page.getByLabel("Ranked by", { exact: true }).inputValue()).toBe("hot_count");
    expect(await breakdown(page).locator("th[aria-sort=descending]").textContent()).toBe("Hot");
  });

  test("of countries is sorted where it stands", async () => {
    const { page, asked, reset } = await deskOf("admin_key", "/");
    const frame = panel(page, "Countries");
    await frame.getByRole("button", { name: "Bot", exact: true }).waitFor();
    reset();
    const bots = async () => (await rowsOf(page, "Submissions by country")).map((row) => Number(row.at(-4)));
    const known = (await bots()).sort((a, b) => a - b);
    await frame.getByRole("button", { name: "Bot", exact: true }).click();
    await soon(bots).toEqual([...known].reverse());
    await frame.getByRole("button", { name: "Bot", exact: true }).click();
    await soon(bots).toEqual(known);
    // The page goes on by itself with the last half hour, and with insights when they come near.
    expect(asked.filter((path) => !/1min|\/insights\?/.test(path))).toEqual([]);
  });
});

describe("charts", () => {
  // Of a project that nobody posts to: what was kept before is still right.
  const path = "/?project=demo-saas";
  const demo = { ...week, filters: "project=demo-saas" };

  test("draw the types that the legend has, and tell each point's counts", async () => {
    const { page } = await deskOf("admin_key", path);
    const { buckets } = await api<Report>(questions(demo).stats);
    const over = panel(page, "Submissions over time");
    const areas = over.locator(".recharts-area.of-type");
    await soon(() => areas.count()).toBe(5);
    await over.getByRole("button", { name: "Actual" }).click();
    await soon(() => areas.count()).toBe(4);
    expect(await over.locator(".recharts-area.primary").count()).toBe(0);
    expect(await over.getByRole("button", { name: "Actual" }).getAttribute("aria-pressed")).toBe("false");
    await over.getByRole("button", { name: "Actual" }).click();
    await soon(() => areas.count()).toBe(5);

    await over.getByRole("application").focus();
    await page.keyboard.press("ArrowRight");
    const tip = over.locator(".tip");
    const told = buckets.map(({ start, ...row }) => [
      new Date(start).toLocaleDateString("en-GB", { dateStyle: "medium", timeZone: "Asia/Kolkata" }),
      ...["primary", "follow_up", "test", "blocked", "bot", "total"].map((name) =>
        countText(row[name as "total"]),
      ),
    ]);
    const saidNow = () =>
      tip.evaluate((box) => [
        box.querySelector(".when")?.textContent,
        ...[...box.querySelectorAll("tr td:nth-child(2)")].map((cell) => cell.textContent),
      ]);
    await soon(saidNow).toEqual(told[1]);
    await page.keyboard.press("ArrowRight");
    await soon(saidNow).toEqual(told[2]);
  });

  test("of single types say how many, and when most", async () => {
    const { page } = await deskOf("admin_key", path);
    const { buckets, totals } = await api<Report>(questions(demo).stats);
    const charts = panel(page, "Each type on its own scale").getByRole("listitem");
    await soon(() => charts.count()).toBe(5);
    for (const [index, name] of (["primary", "follow_up", "test", "blocked", "bot"] as const).entries()) {
      const most = Math.max(...buckets.map((row) => row[name]));
      const words = await charts.nth(index).locator(".caption").textContent();
      expect(words).toContain(`${countText(totals[name])} in all; most ${countText(most)} on `);
    }
  });

  test("of long series are zoomed, and their tables have every bucket", async () => {
    const { page } = await deskOf("admin_key", `${path}&bucket=60min`);
    const { buckets } = await api<Report>(questions({ ...demo, bucket: "60min" }).stats);
    const over = panel(page, "Submissions over time");
    const zoom = (name: string) => over.getByRole("group", { name: "Zoom" }).getByRole("button", { name });
    const caption = () => over.locator(".caption").textContent();
    const clock = (index: number) => buckets[index]?.start.slice(11, 16) ?? "?";
    await zoom("Zoom in").waitFor();
    expect(await zoom("Zoom out").getAttribute("aria-disabled")).toBe("true");
    await zoom("Zoom in").click();
    const size = Math.round(buckets.length / 2);
    const from = Math.round(buckets.length / 2 - size / 2);
    await soon(caption).toMatch(new RegExp(`^Shown: .*${clock(from)} – `));
    await zoom("Earlier").click();
    await soon(() => zoom("Earlier").getAttribute("aria-disabled")).toBe("true");
    await soon(caption).toMatch(/Shown: .*00:00 – /);
    await zoom("Whole range").click();
    await soon(caption).not.toContain("Shown: ");

    await over.getByRole("button", { name: "Table", exact: true }).click();
    const table = over.getByRole("table");
    await soon(() => table.getAttribute("aria-rowcount")).toBe(String(buckets.length + 1));
    // Rows come into the document as they come into sight; the last ones too.
    await over.getByLabel("Submissions by time").evaluate((frame) => frame.scrollTo(0, frame.scrollHeight));
    const last = table.locator(`tr[aria-rowindex="${buckets.length + 1}"]`);
    await last.waitFor();
    const cells = await last.locator("td").allTextContents();
    expect(cells.slice(-counts.length)).toEqual(
      counts.map((name) => countText(buckets.at(-1)?.[name] ?? -1)),
    );
    await over.getByRole("button", { name: "Chart", exact: true }).click();
    await over.getByRole("application").waitFor();
  });

  test("of the week's hours are of the count that was chosen", async () => {
    const { page } = await deskOf("admin_key", path);
    const { hour_of_week: hours = [] } = await api<Report>(questions(demo).stats);
    const frame = panel(page, "Hours of the week");
    const cells = () =>
      frame.locator("td[data-hour]").evaluateAll((all) =>
        Object.fromEntries(
          all.map((cell) => {
            const { weekday, hour } = (cell as HTMLElement).dataset;
            // Hours of today that are to come have no number.
            return [`${weekday} ${hour}`, cell.className === "heat-none" ? 0 : Number(cell.textContent)];
          }),
        ),
      );
    const right = (name: "total" | "hot_count") =>
      Object.fromEntries(hours.map((row) => [`${row.weekday} ${row.hour}`, row[name]]));
    expect(Object.keys(right("total"))).toHaveLength(168);
    await soon(cells).toEqual(right("total"));
    await frame.getByLabel("Count of the hours of the week").selectOption({ label: "Hot" });
    await soon(cells).toEqual(right("hot_count"));
    await frame.getByRole("button", { name: "Table", exact: true }).click();
    await soon(() => frame.getByRole("table").getAttribute("aria-rowcount")).toBe("169");
  });
});

describe("a shared link", () => {
  const view =
    "?days=30&timezone=Europe/Berlin&bucket=week&compare=previous_week&group_by=device,country&sort=bot&source=-google&vpn=false";
  const question = {
    range: "days=30",
    timezone: "Europe/Berlin",
    bucket: "week",
    compare: "previous_week",
    by: "device,country",
    sort: "bot",
    filters: "source=-google&vpn=false",
  };

  test("shows somebody else the very same", async () => {
    const { page } = await deskOf("admin_key", `/${view}`, {
      permissions: ["clipboard-read", "clipboard-write"],
    });
    await showTimes(page);
    await expectShown(page, question);
    await page.getByRole("button", { name: "Copy link" }).click();
    await page.getByText("The link to this view is copied.").waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(new URL(link).origin).toBe(stack.url);

    const other = await newDesk();
    await signIn(other.page, stack.marketing_key, link);
    await showTimes(other.page);
    await expectShown(other.page, question, "marketing_key");
    expect(searchOf(other.page)).toBe(view);

    await page.getByRole("button", { name: "API call" }).click();
    await page.getByText("The API call is copied.").waitFor();
    const call = new URL(await page.evaluate(() => navigator.clipboard.readText()));
    const told = await api<Report>(call.pathname + call.search);
    expect(told.totals).toEqual((await api<Report>(questions(question).stats)).totals);
  });

  test("is left and come back to with Back and Forward", async () => {
    const page = await desk();
    await page.getByRole("button", { name: "30 days" }).click();
    await expectShown(page, { range: "days=30", bucket: "day" });
    await page.locator(".kpi.bot button").click();
    await expectShown(page, { range: "days=30", bucket: "day", filters: "event_type=bot" });
    await page.goBack();
    await expectShown(page, { range: "days=30", bucket: "day" });
    await page.goBack();
    await expectShown(page, week);
    await page.goForward();
    await page.goForward();
    await expectShown(page, { range: "days=30", bucket: "day", filters: "event_type=bot" });
  });

  test("each click is a step back, however soon the next one comes", async () => {
    const page = await desk();
    await page.getByRole("button", { name: "30 days" }).click();
    await page.getByRole("button", { name: "90 days" }).click();
    await soon(() => searchOf(page)).toBe("?days=90");
    await page.goBack();
    await soon(() => searchOf(page)).toBe("?days=30");
  });

  test("whose parts cannot be understood falls back for these, and keeps the others", async () => {
    const page = await desk(
      "/?range=fortnight&bucket=hour&compare=x&group_by=source,device,city&sort=best&timezone=Mars/Base&event_type=primer&vpn=maybe&from=2026-13-01&country=IN&campaign=kept",
    );
    await expectShown(page, { ...week, filters: "country=IN" });
    await page.getByRole("button", { name: "30 days" }).click();
    await expectShown(page, { range: "days=30", bucket: "day", filters: "country=IN" });
    expect(searchOf(page)).toBe("?days=30&country=IN&campaign=kept");
  });

  test("with what only the API can refuse says why", async () => {
    const { page } = await deskOf("admin_key", "/?country=IND");
    // Once, where the page begins, and not in each panel.
    const said = page.getByRole("alert");
    await said.getByText("Country: It holds at most 2 bytes, so nothing is called that.").waitFor();
    expect(await said.count()).toBe(1);
    await said.getByRole("button", { name: "Remove the filter Country" }).click();
    await panel(page, "Breakdown").getByRole("table").waitFor();
  });
});

test("sentences stay English for who reads other dates", async () => {
  const { page } = await deskOf("admin_key", "/?days=30&country=US", { locale: "de-DE" });
  await page.getByRole("button", { name: "is: change “Country is United States” to “is not”" }).waitFor();
  const hours = panel(page, "Hours of the week");
  await hours.getByText(/^30 days: [A-Z][a-z]+day and [A-Z][a-z]+day came 5 times/).waitFor();
  await page
    .getByText(/\d\. Nov\.|\d\d\.\d\d\.\d{4}/)
    .first()
    .waitFor();
});

test("hours of a range that only has days to come besides are counted; of too long a one there is nothing to take", async () => {
  const { page } = await deskOf("admin_key", `/?from=${day(-2)}&to=2030-02-01`);
  const hours = panel(page, "Hours of the week");
  const taken = hours.getByRole("button", { name: /^Export: / });
  await taken.waitFor();
  expect(await hours.getByText("The range is too long for this").count()).toBe(0);
  await page.goto("/?from=2020-01-01&to=2030-02-01");
  await hours.getByText("The range is too long for this").waitFor();
  expect(await taken.count()).toBe(0);
  expect(await hours.getByRole("button", { name: "Table", exact: true }).count()).toBe(0);
});
