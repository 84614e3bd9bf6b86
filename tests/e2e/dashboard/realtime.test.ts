/** The last half hour: new submissions come by themselves, and what goes wrong on the way is said in words. */
import type { Page, Route } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { deskOf, settled, stack } from "./support/desk.ts";

const REFRESH_MS = 20_000;
const mark = Date.now().toString(36);
const project = `e2e-live-${mark}`;

async function post(path: string, json: unknown): Promise<void> {
  const response = await fetch(stack.url + path, {
    method: "POST",
    headers: { authorization: `Bearer ${stack.admin_key}`, "content-type": "application/json" },
    body: JSON.stringify(json),
  });
  expect(response.status).toBe(201);
}

let people = 0;
function lead(): Promise<void> {
  people += 1;
  return post("/api/leads", {
    project,
    name: "Ada",
    email: `ada.${people}@live-${mark}.co.uk`,
    visitor: {
      ip: "198.51.100.79",
      country: "GB",
      user_agent: "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0",
    },
  });
}

const isRealtime = (path: string) => path.includes("bucket=1min");
const realtimeUrl = /\/analytics\/lead-stats\?.*bucket=1min/;
const strip = (page: Page) => page.getByRole("region", { name: "Last 30 minutes" });
const total = (page: Page) => strip(page).locator(".realtime-total strong").textContent();
const bars = (page: Page) => strip(page).locator("rect.bar").count();
const words = (page: Page) => strip(page).locator(".realtime-state").textContent();

beforeAll(() => post("/api/admin/projects", { slug: project, name: "Live" }));

/** An answer with so many submissions in the present minute, `late` seconds behind. */
function answer(count: number, { late = 60, cache = "miss", now = Date.now() } = {}) {
  const minute = Math.floor(now / 60_000) * 60_000;
  const time = (ms: number) => new Date(ms).toISOString().replace(/\.\d+Z$/, "+00:00");
  const counts = (primary: number) => ({
    ...{ total: primary, primary, follow_up: 0, test: 0, blocked: 0, bot: 0 },
    ...{ vpn_count: 0, suspicious_count: 0, hot_count: 0 },
  });
  return {
    meta: {
      ...{ from: time(minute - 29 * 60_000), to: time(minute + 60_000), timezone: "UTC", bucket: "1min" },
      ...{ group_by: [], filters: [], compare: "none", generated_at: time(now), data_from: null },
      ...{ data_through: time(now - late * 1000), newest_submission_at: time(now - 65_000), sampled: false },
      ...{ sample_interval_max: 1, rows_read: 1, margin: null, cache, warnings: [], corrections: 0 },
    },
    totals: counts(count),
    buckets: Array.from({ length: 30 }, (_, at) => ({
      start: time(minute - (29 - at) * 60_000),
      end: time(minute - (28 - at) * 60_000),
      partial: at === 29,
      ...counts(at === 29 ? count : 0),
    })),
    groups: [],
    comparison: null,
  };
}

describe("a submission that comes while one looks", () => {
  test("is drawn without a reload, and only the strip asks again", { timeout: 90_000 }, async () => {
    const desk = await deskOf("marketing_key", `/?project=${project}`);
    const { page } = desk;
    await expect.poll(() => total(page)).toBe("0");
    await settled(page);
    expect(await bars(page)).toBe(0);
    await page.evaluate(() => Object.assign(window, { isSame: true }));
    desk.reset();
    await lead();
    // Two refreshes: the first may get an answer of the cache.
    await expect.poll(() => total(page), { timeout: 2.5 * REFRESH_MS }).toBe("1");
    expect(await bars(page)).toBe(1);
    await strip(page)
      .getByRole("listitem")
      .filter({ hasText: "Actual" })
      .getByText("1", { exact: true })
      .waitFor();
    expect(desk.asked.length).toBeGreaterThan(0);
    expect(desk.asked.filter((path) => !isRealtime(path))).toEqual([]);
    expect(desk.asked.length).toBeLessThanOrEqual(3);
    expect(await page.evaluate(() => "isSame" in window)).toBe(true);

    await strip(page)
      .getByRole("button", { name: /^By minute/ })
      .click();
    const rows = strip(page).getByRole("row");
    await expect.poll(() => rows.count()).toBe(31);
    const counts = await rows.locator("td:nth-of-type(1)").allTextContents();
    expect(counts.filter((count) => count !== "0")).toEqual(["1"]);
  });

  test("filters of the view hold for the strip too", async () => {
    const desk = await deskOf("marketing_key", `/?project=${project}&country=SE`);
    await expect.poll(() => total(desk.page)).toBe("0");
    const asked = desk.asked.filter(isRealtime);
    expect(asked.length).toBeGreaterThan(0);
    for (const path of asked) {
      const question = new URLSearchParams(path.split("?")[1]);
      expect([question.get("project"), question.get("country")]).toEqual([project, "SE"]);
    }
  });
});

describe("with answers made up", () => {
  /** A page whose clock the test holds, and whose half hour is answered by `respond`. */
  async function opened(respond: (route: Route) => Promise<void>) {
    const desk = await deskOf("marketing_key", "/nowhere");
    await desk.page.clock.install();
    let handler = respond;
    await desk.page.route(realtimeUrl, (route) => handler(route));
    await desk.page.goto(`/?project=${project}`);
    await strip(desk.page).waitFor();
    const respondWith = (next: typeof respond) => {
      handler = next;
    };
    return { ...desk, respondWith };
  }
  const fulfil = (count: number, how?: Parameters<typeof answer>[1]) => (route: Route) =>
    route.fulfill({ json: answer(count, how) });

  test("how far behind the numbers are is said in words", async () => {
    const { page, respondWith } = await opened(fulfil(3));
    await expect.poll(() => words(page)).toMatch(/^Up to about a minute behind; newest submission .+ ago\.$/);
    respondWith(fulfil(3, { late: 600 }));
    await page.clock.fastForward(REFRESH_MS + 1000);
    await expect.poll(() => words(page)).toMatch(/^Up to about 10 minutes behind; newest/);
    respondWith(fulfil(5, { cache: "stale" }));
    await page.clock.fastForward(REFRESH_MS + 1000);
    await expect
      .poll(() => words(page))
      .toMatch(/^Analytics Engine gives no answer; shown is the last good one, of /);
    expect(await total(page)).toBe("5");
  });

  test("the numbers are those of the bars, where the clocks differ and the answer has more", async () => {
    const { page } = await opened((route) => {
      const whole = answer(3);
      const [first] = whole.buckets;
      const earlier = { ...first, total: 4, primary: 4 };
      return route.fulfill({
        json: {
          ...whole,
          totals: { ...whole.totals, total: 7, primary: 7 },
          buckets: [earlier, ...whole.buckets],
        },
      });
    });
    await expect.poll(() => total(page)).toBe("3");
    const actual = strip(page).getByRole("listitem").filter({ hasText: "Actual" });
    expect(await actual.textContent()).toMatch(/ 3$/);
  });

  test("a refresh that fails keeps the bars, says so, and the next one mends it", async () => {
    const { page, respondWith } = await opened(fulfil(7));
    await expect.poll(() => total(page)).toBe("7");
    respondWith((route) =>
      route.fulfill({ status: 503, json: { code: "analytics_unavailable", detail: "Down." } }),
    );
    await page.clock.fastForward(REFRESH_MS + 1000);
    await expect
      .poll(() => words(page))
      .toMatch(/^Could not be refreshed; shown is .+\. It is tried again by itself\.$/);
    expect(await total(page)).toBe("7");
    expect(await bars(page)).toBe(1);
    respondWith(fulfil(8));
    await page.clock.fastForward(REFRESH_MS + 1000);
    await expect.poll(() => total(page)).toBe("8");
    expect(await words(page)).toContain("behind");
  });

  test("where there was never an answer it says so, and one that comes later is shown", async () => {
    const { page, respondWith } = await opened((route) => route.abort());
    await expect
      .poll(() => words(page))
      .toMatch(/^This could not be counted: .+ It is tried again by itself\.$/);
    expect(await total(page)).toBe("–");
    respondWith(fulfil(2));
    await page.clock.fastForward(REFRESH_MS + 1000);
    await expect.poll(() => total(page)).toBe("2");
  });

  test("nothing is asked while nobody sees the page, and at once when somebody does", async () => {
    const { page, asked, reset, respondWith } = await opened(fulfil(1));
    await expect.poll(() => total(page)).toBe("1");
    const see = (state: string) =>
      page.evaluate((visibility) => {
        Object.defineProperty(document, "visibilityState", { value: visibility, configurable: true });
        document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
      }, state);
    await see("hidden");
    reset();
    respondWith(fulfil(9));
    for (let i = 0; i < 3; i++) await page.clock.fastForward(REFRESH_MS);
    expect(asked.filter(isRealtime)).toEqual([]);
    expect(await total(page)).toBe("1");
    await see("visible");
    await expect.poll(() => total(page)).toBe("9");
  });
});
