/** "Worth knowing" on the lead stats page: what it costs and when, what it says, and what it says where nothing can be said. */
import type { Page, Route } from "playwright-core";
import { describe, expect, test } from "vitest";
import { api, axe, deskOf, settled, stack } from "./support/desk.ts";
import { panel, soon } from "./support/stats.ts";
import {
  answering,
  botShare,
  hostile,
  insights,
  noInsights,
  paths,
  refusing,
  tooLittle,
} from "./support/told.ts";

const worth = (page: Page) => panel(page, "Worth knowing");
const open = (page: Page) => page.getByRole("button", { name: "Worth knowing" }).click();
const isAsked = (path: string) => path.startsWith("/analytics/insights?");

/** The lead stats page at its top, with all that it asks for by itself; insights are answered by `answer`. */
async function atTop(answer: ((route: Route) => Promise<void>) | undefined, path = "/") {
  const desk = await deskOf("marketing_key", "/nowhere");
  if (answer !== undefined) await desk.page.route(paths.insights, answer);
  await desk.page.goto(path);
  await desk.page.locator(".panel.breakdown table").waitFor();
  await settled(desk.page);
  return desk;
}

describe("insights are looked for", () => {
  test("only where somebody comes to them, and after all else of the page", async () => {
    const { page, asked } = await atTop(answering(insights));
    expect(asked.filter(isAsked)).toEqual([]);
    // A script of its own, and nothing else, is there already.
    await page.mouse.wheel(0, 300);
    await page.evaluate(() => new Promise((resume) => requestIdleCallback(resume)));
    expect(asked.filter(isAsked)).toEqual([]);
    await worth(page).scrollIntoViewIfNeeded();
    await worth(page).locator(".insight").first().waitFor();
    expect(asked.filter(isAsked)).toEqual(["/analytics/insights?days=7"]);
  });

  test("not while the page's own figures are still to come", async () => {
    const desk = await deskOf("marketing_key", "/nowhere");
    const { page, asked } = desk;
    let answer = () => {};
    const held = new Promise<void>((resume) => {
      answer = resume;
    });
    await page.route(/\/analytics\/lead-stats\?.*group_by=country/, async (route) => {
      await held;
      await route.continue();
    });
    await page.route(paths.insights, answering(insights));
    await page.goto("/");
    await page.locator(".panel.breakdown table").waitFor();
    await worth(page).scrollIntoViewIfNeeded();
    await page.evaluate(() => new Promise((resume) => requestIdleCallback(resume)));
    expect(asked.filter(isAsked)).toEqual([]);
    answer();
    await worth(page).locator(".insight").first().waitFor();
  });

  test("with the page's filters and zone, whatever its range, and not again for what was asked before", async () => {
    const { page, asked } = await atTop(
      answering(insights),
      "/?days=90&timezone=Europe/Berlin&country=-SE&vpn=false",
    );
    await open(page);
    await worth(page).locator(".insight").first().waitFor();
    expect(asked.filter(isAsked)).toEqual([
      "/analytics/insights?days=7&timezone=Europe%2FBerlin&country=-SE&vpn=false",
    ]);
    await page.keyboard.press("Home");
    await page.getByRole("button", { name: "30 days" }).click();
    await settled(page);
    await open(page);
    await worth(page).locator(".insight").first().waitFor();
    expect(asked.filter(isAsked)).toHaveLength(1);
  });

  test("once, however often somebody comes back to them, and again when all is refreshed", async () => {
    const desk = await deskOf("marketing_key", "/nowhere");
    const { page, asked } = desk;
    await page.clock.install();
    await page.route(paths.insights, answering(insights));
    await page.goto("/");
    await page.locator(".panel.breakdown table").waitFor();
    await settled(page);
    const leave = async () => {
      await page.keyboard.press("Home");
      await soon(() => page.evaluate(() => scrollY)).toBe(0);
    };
    await open(page);
    await worth(page).locator(".insight").first().waitFor();
    await leave();
    await page.clock.fastForward(90_000);
    await open(page);
    await page.evaluate(() => new Promise((resume) => requestIdleCallback(resume)));
    await leave();
    await page.unroute(paths.insights);
    await page.route(paths.insights, answering(noInsights));
    await page.getByRole("button", { name: "Refresh" }).click();
    await settled(page);
    await open(page);
    await worth(page).getByText("Nothing out of the ordinary").waitFor();
    expect(asked.filter(isAsked)).toHaveLength(2);
  });

  test("by the button, which takes the keyboard along", async () => {
    const { page } = await atTop(answering(insights));
    await page.getByRole("button", { name: "Worth knowing" }).focus();
    await page.keyboard.press("Enter");
    await worth(page).locator(".insight").first().waitFor();
    expect(await worth(page).evaluate((section) => section === document.activeElement)).toBe(true);
    await page.keyboard.press("Tab");
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toBe(`${hostile}: show only these`);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await worth(page).getByRole("table").first().waitFor();
  });
});

describe("an insight", () => {
  test("says how much it matters in a word, what was found and why, and the numbers behind it", async () => {
    const { page } = await atTop(answering(insights));
    await open(page);
    const cards = worth(page).getByRole("article");
    await expect.poll(() => cards.count()).toBe(insights.data.length);
    const words = { warning: "Warning", notice: "Notice", info: "Info" } as Record<string, string>;
    for (const [at, { severity, headline, explanation }] of insights.data.entries()) {
      const card = cards.nth(at);
      expect(await card.locator(".severity").textContent()).toBe(words[severity]);
      expect(await card.getByRole("heading", { level: 3 }).textContent()).toBe(headline);
      expect(await card.locator(".why").textContent()).toBe(explanation);
    }
    const facts = (at: number) =>
      cards
        .nth(at)
        .locator("dl > div")
        .evaluateAll((all) => all.map((one) => [...one.children].map((part) => part.textContent)));
    expect(await facts(1)).toEqual([
      ["Now", "22.4%"],
      ["Expected", "9%"],
      ["Usual range", "6% to 12%"],
      ["Bot", "415 of 1,854"],
    ]);
    expect((await facts(2)).slice(1)).toEqual([
      ["Now", "1,245"],
      ["Expected", "12.5"],
      ["Usual range", "0 to 25"],
      ["Change", "+9,860%"],
    ]);
    expect(await facts(4)).toContainEqual(["Hours", "23:00–02:00"]);
    await cards.nth(2).getByText("Earlier times").click();
    const rows = await cards
      .nth(2)
      .locator("tbody tr")
      .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));
    expect(rows.map((row) => row.map((text) => text.replaceAll(/\s*–\s*/g, "–")))).toEqual([
      ["Now: 14–20 Nov 2026", "1,245"],
      ["7–13 Nov 2026", "10"],
      ["31 Oct–6 Nov 2026", "12"],
      ["24–30 Oct 2026", "13"],
      ["17–23 Oct 2026", "15"],
    ]);
    await worth(page)
      .getByText(/compared with the same days of 4 earlier times\. Counted at 14:20\./)
      .waitFor();
    expect(await page.title()).not.toBe("owned");
  });

  test("adds its value to the filters with a click, and the page counts only that", async () => {
    const { page, asked } = await atTop(answering(insights), "/?source=google&country=IN");
    await open(page);
    await worth(page)
      .getByRole("button", { name: /^newsletter ?: show only these$/ })
      .click();
    await soon(() => new URL(page.url()).searchParams.get("source")).toBe("newsletter");
    expect(new URL(page.url()).searchParams.get("country")).toBe("IN");
    await soon(() =>
      asked.some((path) => path.startsWith("/analytics/lead-stats?") && path.includes("source=newsletter")),
    ).toBe(true);
    await soon(() => asked.filter(isAsked).at(-1)).toContain("source=newsletter");
    // What a stranger wrote is a filter's value like any other.
    await worth(page)
      .getByRole("button", { name: /^<img src=x/ })
      .click();
    await soon(() => new URL(page.url()).searchParams.get("source")).toBe(hostile);
  });
});

describe("where there is nothing to tell", () => {
  test("it says that nothing is out of the ordinary", async () => {
    const { page } = await atTop(answering(noInsights));
    await open(page);
    await worth(page).getByText("Nothing out of the ordinary").waitFor();
    expect(await axe(page)).toEqual([]);
  });

  test("it says that there is too little data yet, which is something else", async () => {
    const { page } = await atTop(answering(tooLittle));
    await open(page);
    await worth(page).getByText("Too little data yet").waitFor();
    await worth(page).getByText("What is usual can be told from 4 earlier weeks on.").waitFor();
    expect(await worth(page).getByText("Nothing out of the ordinary").count()).toBe(0);
  });

  test("what can be told without history is, with the API's word about the rest", async () => {
    const { page } = await atTop(answering({ ...tooLittle, data: insights.data.slice(-1) }));
    await open(page);
    await worth(page)
      .getByRole("heading", { name: /^Most new leads come/ })
      .waitFor();
    await worth(page).getByText("There are fewer than 4 earlier windows to compare with.").waitFor();
  });

  test("it says that it is looking, and then what it found", async () => {
    let answer = () => {};
    const held = new Promise<void>((resume) => {
      answer = resume;
    });
    const { page } = await atTop(async (route) => {
      await held;
      await route.fulfill({ json: insights });
    });
    await open(page);
    await worth(page).getByRole("status").getByText("Loading…").waitFor();
    expect(await axe(page)).toEqual([]);
    answer();
    await worth(page).locator(".insight").first().waitFor();
  });

  test("it says what went wrong, and the rest of the page stays", async () => {
    const { page, asked } = await atTop(
      refusing(502, "analytics_unavailable", "Analytics Engine refused the statement."),
    );
    await open(page);
    const alert = worth(page).getByRole("alert");
    await alert.getByText("Analytics Engine refused the statement.").waitFor({ timeout: 20_000 });
    await alert.getByText(/^Analytics Engine is in trouble/).waitFor();
    await alert.getByText("req_of_this_test").waitFor();
    expect(asked.filter(isAsked)).toHaveLength(2);
    expect(await page.getByRole("alert").count()).toBe(1);
    await page.unroute(paths.insights);
    await page.route(paths.insights, answering({ ...insights, data: [botShare] }));
    await alert.getByRole("button", { name: "Try again" }).click();
    await worth(page).getByRole("heading", { name: botShare.headline }).waitFor();
  });
});

describe("of the demo data", () => {
  interface Found {
    meta: { warnings: unknown[]; baseline: unknown[] };
    data: { kind: string; headline: string; dimension: string | null; value: string | null }[];
    explain: { statements: { attempts: number }[] };
  }

  test("are what the API answers, for six posts to Analytics Engine", async () => {
    const found = await api<Found>("/analytics/insights?days=7&explain=1");
    expect(found.explain.statements.reduce((sum, { attempts }) => sum + attempts, 0)).toBe(6);
    const { page } = await atTop(undefined);
    await open(page);
    await worth(page).getByRole("article").first().waitFor();
    await expect
      .poll(() => worth(page).getByRole("heading", { level: 3 }).allTextContents())
      .toEqual(found.data.map(({ headline }) => headline));
    // Every number that the answer has is shown as one.
    expect(await worth(page).textContent()).not.toMatch(/NaN|undefined|Invalid/);
    const kinds = new Set(found.data.map(({ kind }) => kind));
    for (const kind of ["rise", "silence", "bot_share", "no_hot_leads"]) expect([...kinds]).toContain(kind);
    expect(await axe(page)).toEqual([]);
  });

  test("are those of the projects that the key reaches", async () => {
    const { page } = await deskOf("limited_key", "/");
    await settled(page);
    await open(page);
    await worth(page).getByText("Too little data yet").waitFor();
    expect(stack.project).toBe("acme");
  });
});
