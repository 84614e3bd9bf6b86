/** What the lead stats page costs: posts to Analytics Engine, script to load, and work while it is used. */
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { api, deskOf, newDesk, settled, signIn, stack, untilQuarterHas } from "./support/desk.ts";
import { day, panel, reports, soon } from "./support/stats.ts";

interface Explained {
  meta: { cache: string; bucket: string; generated_at: string };
  explain: { statements: { attempts: number }[] };
}

/**
 * Posts that filled the answer which the cache has for this question; -1 where it has none. That of the last half hour
 * is kept for seconds only: when it is gone, this asks in the page's place.
 */
async function postsFor(path: string): Promise<number> {
  const { meta, explain } = await api<Explained>(`${path}&explain=1`);
  return meta.cache === "hit" || isRealtime(path)
    ? explain.statements.reduce((sum, { attempts }) => sum + attempts, 0)
    : -1;
}

const isRealtime = (path: string) => path.includes("bucket=1min");
/** Asked where somebody scrolls to it, which clicks in panels near it do: insights.test.ts says when. */
const isInsights = (path: string) => path.startsWith("/analytics/insights?");
/** The number in the navigation: a row of the ledger, and no post to Analytics Engine. */
const isAlerts = (path: string) => path.startsWith("/api/alerts?");
const partOf = (path: string) =>
  isRealtime(path)
    ? "realtime"
    : path.includes("hour_of_week")
      ? "stats"
      : new URL(path, stack.url).searchParams.get("limit") === "200"
        ? "suggestions"
        : (new URL(path, stack.url).searchParams.get("group_by") ?? "?");

describe("the page", () => {
  test("costs at most four posts to Analytics Engine", { timeout: 180_000 }, async () => {
    await untilQuarterHas(90_000);
    // A view that nobody has asked for: of it the cache has nothing.
    const unheard = `cta=-cost-${Date.now()}`;
    const { page, asked } = await deskOf("admin_key", "/nowhere");
    const answers: Promise<Explained>[] = [];
    page.on("response", (response) => {
      if (response.url().includes(reports)) {
        answers.push(response.json());
      }
    });
    await page.goto(`/?days=30&bucket=60min&compare=previous&group_by=source,device&${unheard}`);
    const isLive = ({ meta }: Explained) => meta.bucket === "1min";
    /** A page that is slow has asked for the half hour again by itself: only its first question counts here. */
    const once = <T>(all: T[], isOfHalfHour: (one: T) => boolean) => [
      ...all.filter((one) => !isOfHalfHour(one)),
      ...all.filter(isOfHalfHour).slice(0, 1),
    ];
    const questions = () =>
      once(
        asked.filter((path) => path.startsWith(reports)),
        isRealtime,
      );
    await soon(() => questions().length).toBe(4);
    await page.locator(".panel.breakdown table").waitFor();
    await page.locator(".realtime-total strong").filter({ hasText: /\d/ }).waitFor();
    await settled(page);
    expect(questions().map(partOf).sort()).toEqual(["country", "realtime", "source,device", "stats"]);
    expect(once(await Promise.all(answers), isLive).map(({ meta }) => meta.cache)).toEqual([
      "miss",
      "miss",
      "miss",
      "miss",
    ]);
    const posts: number[] = [];
    for (const question of questions()) posts.push(await postsFor(question));
    expect(posts).toEqual([1, 1, 1, 1]);
    expect(asked.filter(isInsights)).toEqual([]);

    // Who asks the same in the same minutes costs nothing but the half hour that goes on.
    const before = await Promise.all(answers.splice(0));
    await page.reload();
    const counted = (all: Explained[]) =>
      all.filter((one) => !isLive(one)).map(({ meta }) => meta.generated_at);
    await soon(async () => counted(await Promise.all(answers)).sort()).toEqual(counted(before).sort());
  });

  test("asks again only for what a change changes", async () => {
    const { page, asked, reset } = await deskOf("admin_key", "/?days=30");
    await page.locator(".panel.breakdown table").waitFor();
    await settled(page);
    const others = () =>
      asked
        .filter((path) => !isRealtime(path) && !isInsights(path) && !isAlerts(path))
        .map(partOf)
        .sort();
    const asks = async (act: () => Promise<unknown>, parts: string[]) => {
      reset();
      await act();
      await soon(others).toEqual(parts);
      await settled(page);
      // Whatever else would be asked has been by now.
      await page.evaluate(() => new Promise((resume) => requestIdleCallback(resume)));
      expect(others()).toEqual(parts);
    };
    const bucket = page.getByRole("group", { name: "By", exact: true });
    await asks(() => page.getByLabel("Break down by", { exact: true }).selectOption("device"), ["device"]);
    await asks(
      () => page.getByLabel("Ranked by", { exact: true }).selectOption("bot"),
      ["country", "device"],
    );
    await asks(() => bucket.getByRole("button", { name: "Week" }).click(), ["stats"]);
    await asks(() => page.getByLabel("Compared with").selectOption("none"), ["stats"]);
    await asks(() => page.locator(".kpi.bot button").click(), ["country", "device", "stats"]);
    // What was asked before is known.
    await asks(() => page.getByLabel("Compared with").selectOption("previous"), ["stats"]);
    await asks(() => page.getByLabel("Compared with").selectOption("none"), []);
    // The second dimension of a breakdown by country: the countries are there already.
    await asks(() => page.getByLabel("Break down by", { exact: true }).selectOption("country"), []);
    await asks(
      () =>
        panel(page, "Hours of the week")
          .getByLabel(/^Count of/)
          .selectOption("hot_count"),
      [],
    );
    await asks(
      () => panel(page, "Submissions over time").getByRole("button", { name: "Table", exact: true }).click(),
      [],
    );
    // The zone moves days, so all is asked anew.
    await asks(async () => {
      await page.getByRole("button", { name: /^Time zone/ }).click();
      await page.getByRole("combobox", { name: "Time zone of the report" }).fill("utc");
      await page.getByRole("option", { name: /^UTC/ }).first().click();
    }, ["country", "stats"]);
  });

  test("asks for the last half hour again by itself, and for nothing else", async () => {
    const { page, asked, reset } = await deskOf("admin_key", "/nowhere");
    await page.clock.install();
    await page.goto("/");
    await page.getByText("Counted at").waitFor();
    await settled(page);
    reset();
    // A timer begins when an answer has come.
    const asksAgain = async () => {
      await page.clock.fastForward(4_000);
      return asked.length;
    };
    await soon(asksAgain).toBeGreaterThanOrEqual(2);
    expect(asked.filter((path) => !isAlerts(path)).every(isRealtime)).toBe(true);
  });
});

describe("script", () => {
  const LIMIT = 200 * 1024;

  /** Scripts that the page has loaded: gzipped bytes by name. */
  async function loaded(
    page: Page,
    act: () => Promise<void>,
  ): Promise<Map<string, { bytes: number; text: string }>> {
    const scripts = new Map<string, { bytes: number; text: string }>();
    const bodies: Promise<void>[] = [];
    page.on("response", (response) => {
      if (response.request().resourceType() !== "script") return;
      bodies.push(
        response.body().then((body) => {
          scripts.set(new URL(response.url()).pathname, {
            bytes: gzipSync(body, { level: 9 }).length,
            text: body.toString(),
          });
        }),
      );
    });
    await act();
    await Promise.all(bodies);
    return scripts;
  }
  const sum = (scripts: Map<string, { bytes: number }>) =>
    [...scripts.values()].reduce((total, { bytes }) => total + bytes, 0);
  const charts = (scripts: Map<string, { text: string }>) =>
    [...scripts].filter(([, { text }]) => text.includes("recharts-surface")).map(([path]) => path);

  test("is at most 200 KB before there are charts, which come when there are numbers", async () => {
    const { page } = await newDesk();
    const first = await loaded(page, async () => {
      await page.goto("/");
      await page.getByLabel("API key").waitFor();
    });
    expect(charts(first)).toEqual([]);
    expect(sum(first)).toBeLessThan(LIMIT);

    const signedIn = await newDesk();
    // No answer yet: whatever is loaded until then stands before the first number.
    let release = () => {};
    const held = new Promise<void>((resume) => {
      release = resume;
    });
    await signedIn.page.route(/\/analytics\//, async (route) => {
      await held;
      await route.continue();
    });
    let before = 0;
    const all = await loaded(signedIn.page, async () => {
      await signIn(signedIn.page, stack.marketing_key);
      await signedIn.page.getByText("Counting…").first().waitFor();
      // Until nothing more comes by itself.
      await signedIn.page.waitForFunction(() => {
        const ends = performance.getEntriesByType("resource").map((one) => one.startTime + one.duration);
        return performance.now() - Math.max(...ends) > 700;
      });
      const names = await signedIn.page.evaluate(() =>
        performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname),
      );
      before = names.filter((name) => name.endsWith(".js")).length;
      release();
      await signedIn.page.locator(".recharts-surface").first().waitFor();
    });
    const early = new Map([...all].slice(0, before));
    expect(before).toBeGreaterThan(1);
    expect(charts(early)).toEqual([]);
    expect(charts(all).length).toBeGreaterThan(0);
    expect(sum(early)).toBeLessThan(LIMIT);
    console.log(
      `script, gzip: ${sum(first)} B to sign in, ${sum(early)} B to the page, ${sum(all)} B with charts`,
    );
  });
});

describe("90 days of quarters of an hour", () => {
  const MOST_POINTS = 450;

  test("draw as many points, and keep as many rows, as there is room for", async () => {
    const { page } = await deskOf("marketing_key", "/?days=90&bucket=15min");
    await page.evaluate(() => {
      const tasks: number[] = [];
      Object.assign(window, { tasks });
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) tasks.push(duration);
      }).observe({ type: "longtask" });
    });
    const over = panel(page, "Submissions over time");
    const chart = over.getByRole("application");
    await chart.waitFor();
    await settled(page);
    const { buckets } = await api<{ buckets: unknown[] }>(
      `${reports}days=90&bucket=15min&compare=previous&include=hour_of_week`,
    );
    expect(buckets.length).toBeGreaterThan(8_500);
    const points = () =>
      page
        .locator(".panel .recharts-area-curve")
        .evaluateAll((curves) =>
          Math.max(0, ...curves.map((curve) => (curve.getAttribute("d") ?? "").match(/[LM]/g)?.length ?? 0)),
        );
    const rows = () => page.locator("tbody tr").count();
    const measured: string[] = [];
    const step = async (name: string, act: () => Promise<unknown>) => {
      await page.evaluate(() => new Promise((resume) => requestIdleCallback(resume)));
      await page.evaluate(() => void (window as unknown as { tasks: number[] }).tasks.splice(0));
      await act();
      await page.evaluate(
        () => new Promise((resume) => requestAnimationFrame(() => requestIdleCallback(resume))),
      );
      const longest = await page.evaluate(() =>
        Math.max(0, ...(window as unknown as { tasks: number[] }).tasks),
      );
      measured.push(`${name} ${longest === 0 ? "<50" : Math.round(longest)}`);
      // An area goes there and back.
      expect(await points(), name).toBeLessThan(2 * MOST_POINTS);
      expect(await rows(), name).toBeLessThan(400);
    };
    await step("hover", async () => {
      const box = await chart.boundingBox();
      if (box === null) throw new Error("no chart");
      for (let x = 100; x < 1000; x += 60) await page.mouse.move(box.x + x, box.y + 120);
    });
    await step("legend off", () => over.getByRole("button", { name: "Actual" }).click());
    await step("legend on", () => over.getByRole("button", { name: "Actual" }).click());
    for (const name of [
      "Zoom in",
      "Zoom in",
      "Zoom in",
      "Zoom in",
      "Later",
      "Earlier",
      "Zoom out",
      "Whole range",
    ]) {
      await step(name.toLowerCase(), () => over.getByRole("button", { name, exact: true }).click());
    }
    await step("table", () => over.getByRole("button", { name: "Table", exact: true }).click());
    const table = over.getByLabel("Submissions by time");
    expect(await table.getByRole("table").getAttribute("aria-rowcount")).toBe(String(buckets.length + 1));
    await step("sort", () => table.getByRole("button", { name: "Bot", exact: true }).click());
    await step("scroll", () => table.evaluate((frame) => frame.scrollTo(0, frame.scrollHeight / 2)));
    await step("chart", () => over.getByRole("button", { name: "Chart", exact: true }).click());
    await step("type table", () =>
      panel(page, "Each type on its own scale").getByRole("button", { name: "Table", exact: true }).click(),
    );
    await step("hours of hot", () =>
      panel(page, "Hours of the week")
        .getByLabel(/^Count of/)
        .selectOption("hot_count"),
    );
    await step("theme", () => page.getByRole("button", { name: /^Theme/ }).click());
    console.log(
      `${day()}: longest tasks of ${buckets.length} buckets, in milliseconds: ${measured.join(", ")}`,
    );
  });
});
