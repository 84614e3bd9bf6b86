/** When the API fails, is slow, has nothing, or answers with reservations; and a key that does not reach everything. */
import type { Page, Route } from "playwright-core";
import { describe, expect, test } from "vitest";
import { unasked, until } from "../support/browser.ts";
import { api, deskOf, settled, stack } from "./support/desk.ts";
import { day, expectShown, panel, type Report, reports, showTimes, soon } from "./support/stats.ts";

const week = { range: "days=7", bucket: "day" };
const breakdowns = /\/analytics\/lead-stats\?.*group_by=source/;
const times = /\/analytics\/lead-stats\?.*include=hour_of_week/;
const everything = /\/analytics\/lead-stats\?/;

const problem = (status: number, code: string, detail: string) => (route: Route) =>
  route.fulfill({
    status,
    contentType: "application/problem+json",
    body: JSON.stringify({ status, code, detail, title: "Trouble", request_id: "req_of_this_test" }),
  });

/** A page whose answers are not asked for yet: routes come first. */
async function desk() {
  return deskOf("admin_key", "/nowhere");
}

const alertIn = (page: Page, title: string) => panel(page, title).getByRole("alert");

/** A real answer with a part of it changed. */
const edited =
  (change: (answer: Report & { meta: Record<string, unknown> }) => void) => async (route: Route) => {
    const response = await route.fetch();
    const answer = (await response.json()) as Report & { meta: Record<string, unknown> };
    change(answer);
    await route.fulfill({ response, json: answer });
  };

describe("a failing API", () => {
  test("is said in the panel that it concerns, with what to do; the others show theirs", async () => {
    const { page, asked } = await desk();
    await page.route(
      breakdowns,
      problem(502, "analytics_unavailable", "Analytics Engine refused the statement."),
    );
    await page.goto("/");
    const alert = alertIn(page, "Breakdown");
    await alert.getByText("Analytics Engine refused the statement.").waitFor({ timeout: 20_000 });
    await alert.getByText(/^Analytics Engine is in trouble\. Nothing is lost/).waitFor();
    await alert.getByText("req_of_this_test").waitFor();
    // What may pass is tried once more by itself.
    expect(asked.filter((path) => breakdowns.test(path))).toHaveLength(2);
    await panel(page, "Countries").getByRole("table").waitFor();
    await page.locator(".kpi.total .value").waitFor();
    expect(await page.getByRole("alert").count()).toBe(1);

    await page.unroute(breakdowns);
    await showTimes(page);
    await alert.getByRole("button", { name: "Try again" }).click();
    await expectShown(page, week);
  });

  for (const [name, answer, said, advice] of [
    [
      "cannot be reached",
      (route: Route) => route.abort("connectionrefused"),
      "The server could not be reached. Check your connection.",
      "Try again in a moment.",
    ],
    [
      "is too slow for itself",
      problem(504, "analytics_timeout", "Analytics Engine did not answer in time."),
      "Analytics Engine did not answer in time.",
      /^Analytics Engine is in trouble/,
    ],
    [
      "breaks off in the middle of its JSON",
      async (route: Route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: (await response.text()).slice(0, 200) });
      },
      "The server's answer ended too early or cannot be read. Please try again.",
      "Try again in a moment.",
    ],
    [
      "answers with something else than a problem",
      (route: Route) => route.fulfill({ status: 500, contentType: "text/html", body: "<h1>Oh" }),
      "The server answered 500.",
      "Try again in a moment.",
    ],
  ] as const) {
    test(`that ${name} is told as such`, async () => {
      const { page } = await desk();
      await page.route(breakdowns, answer);
      await page.goto("/");
      const alert = alertIn(page, "Breakdown");
      await alert.getByText(said).waitFor({ timeout: 20_000 });
      await alert.getByText(advice).waitFor();
      await page.unroute(breakdowns);
      await alert.getByRole("button", { name: "Try again" }).click();
      await panel(page, "Breakdown").getByRole("table").waitFor();
    });
  }

  test("leaves the numbers that were there, and says that they are old", async () => {
    const { page } = await desk();
    await page.goto("/");
    const total = page.locator(".kpi.total .value");
    const before = await total.textContent();
    await page.route(times, problem(502, "analytics_unavailable", "It refused."));
    await page.getByRole("button", { name: "Refresh" }).click();
    const notices = page.getByRole("region", { name: "About these figures" });
    await notices
      .getByText(/The figures could not be counted anew: It refused\. Shown are those of \d\d:\d\d/)
      .waitFor({
        timeout: 20_000,
      });
    expect(await total.textContent()).toBe(before);
    await page.unroute(times);
    // Said once, above all panels that show them.
    expect(await page.getByText("could not be refreshed").count()).toBe(0);
    await notices.getByRole("button", { name: "Try again" }).click();
    await notices.getByText("could not be counted anew").waitFor({ state: "hidden" });
  });

  test("is said in the panel whose old numbers stay, with what to do", async () => {
    const { page } = await desk();
    await page.goto("/");
    const groups = panel(page, "Breakdown");
    await groups.getByRole("table").waitFor();
    await page.route(breakdowns, problem(502, "analytics_unavailable", "It refused."));
    await page.getByRole("button", { name: "Refresh" }).click();
    const said = groups.getByText(
      /^This could not be refreshed: It refused\. Shown is the answer of .+, \d\d:\d\d\. /,
    );
    await said.waitFor({ timeout: 20_000 });
    await groups.getByRole("table").waitFor();
    expect(await page.getByText("could not be refreshed").count()).toBe(1);
    await page.unroute(breakdowns);
    await groups.getByRole("button", { name: "Try again" }).click();
    await said.waitFor({ state: "detached" });
  });

  test("of the last half hour is tried again by itself", async () => {
    const { page } = await desk();
    await page.clock.install();
    const watched = /bucket=1min/;
    await page.route(watched, problem(502, "analytics_unavailable", "It refused."));
    await page.goto("/");
    await page.getByText("This could not be counted: It refused. It is tried again by itself.").waitFor();
    await page.unroute(watched);
    await page.clock.fastForward(21_000);
    await page
      .getByText(/ewest submission|o submission in this time/)
      .first()
      .waitFor();
    await page.route(watched, problem(502, "analytics_unavailable", "It refused."));
    await page.clock.fastForward(21_000);
    await page
      .getByText(/^Could not be refreshed; shown is \d\d:\d\d\. It is tried again by itself\.$/)
      .waitFor();
  });

  test("where the session has ended asks for the key, and goes on with the same view", async () => {
    const { page, context } = await deskOf("admin_key", "/?country=IN");
    await page.getByText("Counted at").waitFor();
    await context.clearCookies();
    await page.getByRole("button", { name: "30 days" }).click();
    await page.getByLabel("API key").fill(stack.admin_key);
    await page.getByRole("button", { name: "Sign in" }).click();
    await showTimes(page);
    await expectShown(page, { range: "days=30", bucket: "day", filters: "country=IN" });
  });
});

test("a slow API: panels say that they load, and old numbers stay while new ones come", async () => {
  const { page } = await desk();
  let release = () => {};
  let held = new Promise<void>((resume) => {
    release = resume;
  });
  await page.route(everything, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto("/");
  const loading = page.locator(".panel").getByText("Loading…");
  await soon(() => loading.count()).toBe(5);
  expect(await page.locator(".panel .skeleton").count()).toBe(5);
  await page.getByText("Counting…").first().waitFor();
  // Nothing that has no numbers yet can be taken away.
  expect(await page.getByRole("button", { name: /^Export: / }).count()).toBe(0);
  release();
  await page.locator(".kpi.total .value").waitFor();
  await settled(page);

  held = new Promise<void>((resume) => {
    release = resume;
  });
  const before = await page.locator(".kpi.total .value").textContent();
  await page.getByRole("button", { name: "30 days" }).click();
  await page.locator(".kpi-section [aria-busy=true]").waitFor();
  expect(await page.locator(".kpi.total .value").textContent()).toBe(before);
  expect(await loading.count()).toBe(0);
  release();
  await soon(() => page.locator(".kpi.total .value").textContent()).not.toBe(before);
  await settled(page);
});

test("numbers of an older view are named as such, and no file has them under the new one", async () => {
  const { page } = await desk();
  let release = () => {};
  const held = new Promise<void>((resume) => {
    release = resume;
  });
  await page.goto("/");
  await page.getByText(/^All projects, /).waitFor();
  await settled(page);
  const menus = page.getByRole("button", { name: /^Export: / });
  const before = await menus.count();
  expect(before).toBe(5);
  await page.getByRole("button", { name: "Project: All projects" }).click();
  const project = page.getByRole("button", { name: /^demo-saas/ });
  await project.waitFor();
  await page.route(everything, async (route) => {
    await held;
    await route.continue();
  });
  await project.click();
  await page.locator(".kpi-section [aria-busy=true]").waitFor();
  expect(await menus.count()).toBe(before);
  for (const menu of await menus.all()) expect(await menu.isDisabled()).toBe(true);
  await page.getByRole("button", { name: "Export view" }).click();
  for (const name of ["By time", "By source", "By country"]) {
    const files = page.getByRole("group", { name }).getByRole("button");
    await soon(() => files.count()).toBe(4); // CSV, Excel, JSON, NDJSON
    for (const file of await files.all()) expect(await file.isDisabled(), name).toBe(true);
  }
  await page.locator(".used", { hasText: /^All projects, / }).waitFor();
  release();
  await page.locator(".used", { hasText: /^Project demo-saas, / }).waitFor();
  await settled(page);
  for (const menu of await menus.all()) expect(await menu.isDisabled()).toBe(false);
});

describe("nothing", () => {
  test("that matches is said in every panel, with steps that help", async () => {
    const { page } = await deskOf("admin_key", "/?project=demo-saas&country=AQ&event_type=test");
    await soon(() => page.getByText("Nothing matches").count()).toBe(5);
    expect(await page.locator(".kpi.total .value").textContent()).toBe("0");
    const advice = panel(page, "Breakdown");
    await advice.getByRole("button", { name: "Show 90 days" }).click();
    await soon(() => new URL(page.url()).searchParams.get("days")).toBe("90");
    await advice.getByRole("button", { name: "Remove all filters" }).click();
    await panel(page, "Breakdown").getByRole("table").waitFor();
    expect(new URL(page.url()).search).toBe("?days=90");
  });

  test("in a range that is longer than what is held leads to no other", async () => {
    const range = `from=${day(-365)}&to=${day(1)}`;
    const { page } = await deskOf("admin_key", `/?${range}&project=demo-saas&country=AQ&event_type=test`);
    await soon(() => page.getByText("Remove a filter.", { exact: true }).count()).toBe(5);
    expect(await page.getByRole("button", { name: "Show 90 days" }).count()).toBe(0);
    // Of days that are long over, the last ones are others.
    await page.goto("/?from=2001-01-01&to=2002-01-01");
    await soon(() => page.getByText("Take another range.", { exact: true }).count()).toBe(5);
    expect(await page.getByRole("button", { name: "Show 90 days" }).count()).toBe(5);
  });

  test("in the range leads to a longer one", async () => {
    const { page } = await deskOf("admin_key", "/?from=2001-01-01&to=2001-01-03&bucket=60min");
    await soon(() => page.getByText("No submissions in this range").count()).toBe(5);
    await page.getByText("Nothing of this range is held any more: Analytics Engine keeps 90 days.").waitFor();
    await panel(page, "Countries").getByRole("button", { name: "Show 90 days" }).click();
    await panel(page, "Countries").getByRole("table").waitFor();
    expect(new URL(page.url()).search).toBe("?days=90");
  });
});

describe("an answer with reservations", () => {
  const notices = (page: Page) => page.getByRole("region", { name: "About these figures" });

  test("that is stale says so, and of when it is", async () => {
    const { page } = await desk();
    await page.route(
      everything,
      edited(({ meta }) => {
        meta.cache = "stale";
        meta.generated_at = new Date(Date.now() - 3_600_000).toISOString();
        meta.warnings = [{ code: "stale", detail: "Analytics Engine gave no answer." }];
      }),
    );
    await page.goto("/");
    await notices(page)
      .getByText(
        /Analytics Engine gives no answer at the moment\. These are the last good figures, counted at \d\d:\d\d, 60 minutes ago\./,
      )
      .waitFor();
    await page
      .getByText(/^Analytics Engine gives no answer; shown is the last good one, of \d\d:\d\d\.$/)
      .waitFor();
  });

  test("that is sampled shows each count with its margin", async () => {
    const { page } = await desk();
    await page.route(
      times,
      edited(({ meta, totals }) => {
        Object.assign(totals, { total: 4000, primary: 3000, hot_count: 1000 });
        meta.sampled = true;
        meta.sample_interval_max = 10;
        meta.margin = { ...totals, total: 118, primary: 1020, test: 0, hot_count: 40 };
      }),
    );
    await page.goto("/");
    const text = (card: string) => page.locator(`.kpi.${card} .value`).textContent();
    await soon(() => text("total")).toBe("4,000 ± 118");
    expect(await text("primary")).toBe("3,000 ± 1,020");
    expect(await text("hot_count_share")).toBe("25%");
    expect(await text("test")).not.toContain("±");
    await notices(page)
      .getByText(
        "The figures are estimates: there were so many submissions that one point stands for up to 10 of them. In 19 of 20 cases the true number of submissions lies within ±118 of 4,000.",
      )
      .waitFor();
  });

  test("with warnings and corrections has them in words, also unknown ones", async () => {
    const { page } = await desk();
    await page.route(
      times,
      edited(({ meta }) => {
        meta.corrections = 2;
        meta.warnings.push({ code: "of_a_later_version", detail: "Something new is to be known." });
      }),
    );
    await page.goto("/");
    await notices(page).getByText("Something new is to be known.").waitFor();
    await notices(page)
      .getByText(/2 corrected verdicts are counted as corrected\./)
      .waitFor();
    await notices(page)
      .getByText(/Complete up to .* The last bucket is still filling\./)
      .waitFor();
  });

  test("whose buckets are cut or still running says which", async () => {
    // Thirty days begin within a week, except on one day of seven.
    const days = new Date(day(-29)).getUTCDay() === 1 ? 29 : 30;
    const from = day(1 - days);
    const { page } = await deskOf("admin_key", `/?from=${from}&to=${day(1)}&bucket=week`);
    const over = panel(page, "Submissions over time");
    // Two stretches of one area.
    const hatched = over.locator(".partial-area .recharts-area-area");
    await soon(async () => (await hatched.getAttribute("d"))?.match(/M/g)?.length).toBe(2);
    await over.getByText("Hatched: still running.").waitFor();
    await showTimes(page);
    const { times: rows } = await expectShown(page, { range: `from=${from}&to=${day(1)}`, bucket: "week" });
    const whole = rows.slice(1, -1).map(() => "");
    expect(rows.map(([note]) => note)).toEqual(["Partial", ...whole, "Still running"]);
  });
});

describe("a key that reaches one project", () => {
  test("sees its own numbers, and is told plainly where a link asks for another's", async () => {
    const campaign = `reach-${Date.now()}`;
    for (const project of [stack.project, stack.other_project]) {
      const answer = await fetch(`${stack.url}/api/leads`, {
        method: "POST",
        headers: { "content-type": "application/json", origin: stack.origin },
        body: JSON.stringify({
          project,
          name: "Ada Reach",
          email: `${campaign}-${project}@engines.co.uk`,
          page: `${stack.origin}/?utm_campaign=${campaign}`,
          cta: "Reach",
        }),
      });
      expect(answer.status).toBe(201);
    }
    await until("both are counted", async () => {
      const range = `from=${unasked()}&bucket=none`;
      const { totals } = await api<Report>(`${reports}${range}&utm_campaign=${campaign}`);
      return totals.total === 2;
    });
    const question = { range: "days=7", bucket: "day", by: "project", filters: `utm_campaign=${campaign}` };
    const { page } = await deskOf("limited_key", `/?group_by=project&utm_campaign=${campaign}`);
    await showTimes(page);
    const { groups, cards } = await expectShown(page, question, "limited_key");
    expect(cards.total).toMatch(/^1 /);
    expect(groups.map(([name]) => name)).toEqual([stack.project]);

    await page.goto(`/?project=${stack.other_project}`);
    await page
      .getByRole("alert")
      .getByText(`The API key does not reach the project ${stack.other_project}.`)
      .first()
      .waitFor();
    await page.getByRole("button", { name: "Remove the filter Project" }).first().waitFor();
    expect(await page.locator(".kpi .value").count()).toBe(0);
    await page.goto(`/?from=${day(-3)}&to=${day(1)}&project=-${stack.project}`);
    await page.getByText("Nothing matches").first().waitFor();
  });
});
