/** Briefs: the history, one of them, a preview; and each where the API fails or has nothing. */
import { describe, expect, test } from "vitest";
import { api, axe, deskOf, settled } from "./support/desk.ts";
import { panel, soon } from "./support/stats.ts";
import { answering, brief, briefItem, feed, hostile, list, paths, refusing } from "./support/told.ts";

async function fed(key: "admin_key" | "marketing_key" = "marketing_key") {
  const desk = await deskOf(key, "/nowhere");
  await feed(desk.page);
  return desk;
}

describe("the history", () => {
  test("lists briefs with their days and how they were sent, and goes on where there are more", async () => {
    const { page } = await fed();
    const older = {
      ...briefItem,
      brief_id: "brief_0",
      title: "An older week",
      deliveries: [],
      written_by: "model",
    };
    await page.route(paths.briefs, (route) =>
      route.fulfill({
        json: route.request().url().includes("cursor=more") ? list([older]) : list([briefItem], "more"),
      }),
    );
    await page.goto("/briefs");
    const rows = page.getByRole("table", { name: "Weekly briefs, newest first" }).locator("tbody tr");
    await soon(() => rows.count()).toBe(1);
    const cells = await rows.first().locator("td").allTextContents();
    expect(cells[0]).toBe(briefItem.title);
    expect(cells[1]?.replaceAll(/\s*–\s*/g, "–")).toBe("9–15 Nov 2026");
    expect(cells.slice(2, 5)).toEqual(["All projects", "Template", "1 delivered and 1 failed"]);
    expect(cells[5]).toContain("16 Nov 2026, 06:15");
    await page.getByRole("button", { name: "Show more" }).click();
    await soon(() => rows.count()).toBe(2);
    expect(await rows.nth(1).locator("td").allTextContents()).toEqual(
      expect.arrayContaining(["An older week", "Model", "To nobody"]),
    );
    expect(await page.getByRole("button", { name: "Show more" }).count()).toBe(0);
  });

  test("says that there is none yet, what failed, and that it is loading", async () => {
    const { page } = await fed();
    await page.route(paths.briefs, answering(list([])));
    await page.goto("/briefs");
    await page.getByText("No brief yet").waitFor();
    expect(await axe(page)).toEqual([]);
    await page.route(paths.briefs, refusing(503, "ledger_unavailable", "The ledger gives no answer."));
    await page.reload();
    const alert = page.getByRole("alert");
    await alert.getByText("The ledger gives no answer.").waitFor({ timeout: 20_000 });
    expect(await axe(page)).toEqual([]);
    await page.route(paths.briefs, answering(list([briefItem])));
    await alert.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("link", { name: briefItem.title }).click();
    await page.getByRole("heading", { level: 1, name: briefItem.title }).waitFor();
    let answer = () => {};
    const held = new Promise<void>((resume) => {
      answer = resume;
    });
    await page.route(paths.brief, async (route) => {
      await held;
      await route.fulfill({ json: brief });
    });
    await page.reload();
    // The page's script is there, and its heading with it.
    await page.locator("h1").waitFor({ state: "attached" });
    await page.getByRole("status").getByText("Loading…").waitFor();
    expect(await axe(page)).toEqual([]);
    answer();
    await page.getByRole("heading", { level: 1, name: briefItem.title }).waitFor();
  });
});

describe("a brief", () => {
  test("has its text, its numbers, what stood out, and where it went, with failures in words", async () => {
    const { page } = await fed();
    await page.goto("/briefs/brief_1");
    await page.getByRole("heading", { level: 1, name: brief.title }).waitFor();
    const text = panel(page, "The brief");
    for (const { title, lines } of brief.sections) {
      await text.getByRole("heading", { name: title }).waitFor();
      for (const line of lines) await text.getByText(line, { exact: true }).waitFor();
    }
    await page.getByText(/9\s*–\s*15 Nov 2026\. All projects\. Written from a template\./).waitFor();
    const numbers = panel(page, "Its numbers");
    const count = await numbers
      .getByRole("table", { name: "Counts of the week" })
      .locator("tbody tr")
      .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent)));
    expect(count.slice(0, 2)).toEqual([
      ["Submissions", "1,854", "+12%"],
      ["Actual", "1,022", "+11.8%"],
    ]);
    expect(count.find(([name]) => name === "Bot")).toEqual(["Bot", "415", "–"]);
    await numbers.getByText("23:00–00:00: 130").waitFor();
    expect(await numbers.getByRole("table").count()).toBe(4);
    expect(await panel(page, "What stood out").getByRole("article").count()).toBe(5);
    const went = panel(page, "Where it went");
    await went.getByText(/team.*Delivered after 3 attempts/).waitFor();
    await went.getByText(/crm.*Failed after 9 attempts: The receiver answered 500: <b>down<\/b>/).waitFor();
    expect(await page.title()).not.toBe("owned");
    await numbers.getByRole("link", { name: /^<img/ }).click();
    await soon(() => new URL(page.url()).searchParams.get("source")).toBe(hostile);
    const query = new URL(page.url()).searchParams;
    expect([query.get("from"), query.get("to"), query.get("timezone")]).toEqual([
      "2026-11-09",
      "2026-11-16",
      "Asia/Kolkata",
    ]);
  });

  test("tells that a model wrote it, and whether anybody was told", async () => {
    const { page } = await fed();
    await page.route(
      paths.brief,
      answering({ ...brief, written_by: "model", projects: ["a", "b"], deliveries: [] }),
    );
    await page.goto("/briefs/brief_1");
    await page.getByText(/a, b\. Written by a model; its numbers were checked against the facts\./).waitFor();
    await page.getByText("To nobody: no channel of exactly these projects takes briefs.").waitFor();
  });

  test("is copied as the text that channels get", async () => {
    const { page, context } = await fed();
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.goto("/briefs/brief_1");
    await page.getByRole("button", { name: "Copy as text" }).click();
    await page.getByText("The brief is copied as text.").waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(brief.text);
  });

  test("is whole on paper, and nothing but the brief", async () => {
    const { page } = await fed();
    await page.setViewportSize({ width: 718, height: 1000 });
    await page.goto("/briefs/brief_1");
    await settled(page);
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    const seen = await page.evaluate(() => ({
      background: getComputedStyle(document.body).backgroundColor,
      controls: [...document.querySelectorAll("nav, button, .toasts, .back")].filter((one) =>
        one.checkVisibility(),
      ).length,
      cut: [...document.querySelectorAll("table, h1, h2, h3, p, li")].filter(
        (one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1,
      ).length,
    }));
    expect(seen).toEqual({ background: "rgb(255, 255, 255)", controls: 0, cut: 0 });
  });

  test("that is none is told as such", async () => {
    const { page } = await fed();
    await page.route(
      paths.brief,
      refusing(404, "not_found", "There is no brief of this id that the key reaches."),
    );
    await page.goto("/briefs/brief_1");
    await page.getByRole("heading", { level: 1, name: "No such brief" }).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole("link", { name: "All briefs" }).click();
    await page.getByRole("heading", { level: 1, name: "Briefs", exact: true }).waitFor();
  });
});

describe("a preview", () => {
  test("is asked for once, of the days that are chosen, and says that it is one", async () => {
    const { page } = await fed();
    const bodies: unknown[] = [];
    await page.route(paths.preview, async (route) => {
      bodies.push(route.request().postDataJSON());
      await route.fulfill({ json: { ...brief, brief_id: null, deliveries: [] } });
    });
    await page.goto("/briefs");
    await page.getByRole("link", { name: "Preview a brief" }).click();
    await page.getByRole("heading", { level: 1, name: brief.title }).waitFor();
    await page.getByText("This is a preview: it is kept nowhere and sent to nobody.").waitFor();
    expect(await page.getByRole("region", { name: "Where it went" }).count()).toBe(0);
    const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Kolkata" }).format(new Date());
    expect(bodies).toEqual([{ to: today }]);
    await page.getByRole("button", { name: "The last whole week" }).click();
    await soon(() => bodies).toEqual([{ to: today }, {}]);
    await page.getByRole("button", { name: "Write it anew" }).click();
    await soon(() => bodies.length).toBe(3);
  });

  test("that cannot be written anew says so above the old one, and trying again helps", async () => {
    const { page } = await fed();
    await page.goto("/briefs/preview");
    const title = page.getByRole("heading", { level: 1, name: brief.title });
    await title.waitFor();
    await page.route(paths.preview, refusing(502, "analytics_unavailable", "It refused."));
    await page.getByRole("button", { name: "Write it anew" }).click();
    const said = page.getByText(/^This could not be refreshed: It refused\. Shown is the answer of /);
    await said.waitFor({ timeout: 20_000 });
    await title.waitFor();
    expect(await axe(page)).toEqual([]);
    await page.unroute(paths.preview);
    await page.route(
      paths.preview,
      answering({ ...brief, title: "Another", brief_id: null, deliveries: [] }),
    );
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("heading", { level: 1, name: "Another" }).waitFor();
    await said.waitFor({ state: "detached" });
  });

  test("says why there is none", async () => {
    const { page } = await fed();
    await page.route(
      paths.preview,
      refusing(502, "analytics_unavailable", "Analytics Engine refused the statement."),
    );
    await page.goto("/briefs/preview");
    const alert = page.getByRole("alert");
    await alert.getByText("Analytics Engine refused the statement.").waitFor({ timeout: 20_000 });
    await alert.getByText(/^Analytics Engine is in trouble/).waitFor();
    expect(await axe(page)).toEqual([]);
  });
});

describe("of the demo data", () => {
  interface List {
    data: { brief_id: string; title: string; deliveries: { channel: string; status: string }[] }[];
  }
  interface Whole {
    title: string;
    text: string;
    sections: { title: string; lines: string[] }[];
  }

  test("there is one, which was delivered to one channel and refused by another", async () => {
    const asked = async () => (await api<List>("/api/briefs", "marketing_key")).data[0];
    await expect
      .poll(
        async () => (await asked())?.deliveries.map(({ channel, status }) => `${channel} ${status}`).sort(),
        {
          timeout: 30_000,
        },
      )
      .toEqual(["demo-gone dead", "demo-team delivered"]);
    const one = await asked();
    const whole = await api<Whole>(`/api/briefs/${one?.brief_id}`, "marketing_key");
    const { page } = await deskOf("marketing_key", "/briefs");
    await page
      .getByRole("link", { name: one?.title ?? "?" })
      .first()
      .click();
    await page.getByRole("heading", { level: 1, name: whole.title }).waitFor();
    for (const line of whole.sections.flatMap(({ lines }) => lines)) {
      await panel(page, "The brief").getByText(line, { exact: true }).first().waitFor();
    }
    await panel(page, "Where it went")
      .getByText(/demo-team.*Delivered$/)
      .waitFor();
    await panel(page, "Where it went")
      .getByText(/demo-gone.*Failed after 1 attempt: /)
      .waitFor();
    expect(await axe(page)).toEqual([]);
  });

  test("a preview is written with a session's cookie, and kept nowhere", async () => {
    const before = await api<List>("/api/briefs", "marketing_key");
    const { page } = await deskOf("marketing_key", "/briefs/preview");
    await panel(page, "Its numbers").getByRole("table").first().waitFor();
    await page.getByRole("button", { name: "The last whole week" }).click();
    await settled(page);
    await panel(page, "The brief").getByRole("heading", { level: 3 }).first().waitFor();
    expect(await api<List>("/api/briefs", "marketing_key")).toEqual(before);
  });
});
