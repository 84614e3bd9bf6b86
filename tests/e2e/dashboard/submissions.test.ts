/** Submissions: searching, narrowing and paging, sharing and taking away, and why each of the five types was judged so. */
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { api, deskOf, post, settled, stack } from "./support/desk.ts";

interface Row {
  submission_id: string;
  lead_id: string | null;
  event_type: string;
}
interface List {
  data: Row[];
  next_cursor: string | null;
}
interface Reason {
  code: string;
  text: string;
  weight?: number | null;
  detail?: string | null;
}
interface Why {
  decided: string;
  bot_score: number;
  lead_score: number;
  bot_threshold: number;
  hot_threshold: number;
  reasons: Reason[];
  person_reason: Reason | null;
  lead_score_parts: { points: number }[];
  status: number;
  ruleset: string;
}

// Of this run alone, whatever others have left.
const mark = Date.now().toString(36);
const project = `e2e-list-${mark}`;
const hostile = `<img src=x onerror="hacked=1"> %_'; DROP ${mark}`;
const visitor = {
  ip: "198.51.100.77",
  country: "GB",
  user_agent:
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.5 Safari/605.1.15",
};

const lead = (json: object, headers?: Record<string, string>) =>
  post<Row>("/api/leads", { project, visitor, ...json }, headers);

const OTHERS = 26;
const five: Record<string, Row> = {};

beforeAll(async () => {
  await post("/api/admin/projects", {
    slug: project,
    name: "Listed",
    allowed_origins: ["https://www.listed.co.uk"],
  });
  for (let i = 0; i < OTHERS; i++) {
    await lead({ name: `Person ${i}`, email: `person.${i}@listed-${mark}.co.uk` });
  }
  const ada = { name: "Ada Lovelace", email: `ada@engines-${mark}.co.uk`, phone: "+44 20 7946 0812" };
  five.primary = await lead({
    ...ada,
    company: "Engines",
    time_on_page: 140,
    scroll_depth: 80,
    pages_viewed: 4,
  });
  five.follow_up = await lead({ ...ada, name: "ADA LOVELACE" });
  five.test = await lead({ name: "Tess", email: "tess@qa.co.uk" }, { "x-lead-test": "1" });
  five.blocked = await lead({ name: hostile, email: "x@evil.co.uk" }, { origin: "https://evil.co.uk" });
  five.bot = await lead({ name: "Robby", email: "robby@bots.co.uk", lead_hp: "x", form_seconds: 1 });
  for (const [type, row] of Object.entries(five)) expect(row.event_type).toBe(type);
});

const links = (page: Page) => page.getByRole("table", { name: "Submissions, newest first" }).locator("a");
const shownIds = async (page: Page) =>
  (await links(page).evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).pathname))).map((path) =>
    path.slice("/submissions/".length),
  );
const focused = (page: Page) => page.evaluate(() => document.activeElement?.tagName);
const ids = ({ data }: List) => data.map(({ submission_id }) => submission_id);
const list = (question: string) => api<List>(`/api/submissions?project=${project}&${question}`);

/** Waits until the page shows just these rows. */
async function expectShown(page: Page, wanted: string[]) {
  await expect.poll(() => shownIds(page)).toEqual(wanted);
}

describe("searching", () => {
  test("finds by name, e-mail, phone, address and ids, and keeps the text in the page's address", async () => {
    const { page } = await deskOf("admin_key", `/submissions?project=${project}`);
    const both = [five.follow_up?.submission_id, five.primary?.submission_id] as string[];
    const box = page.getByRole("searchbox", { name: "Search" });
    for (const [text, wanted] of [
      ["ada love", both],
      [`ADA@ENGINES-${mark}`, both],
      ["020-7946 0812".slice(1), both],
      ["engines", both],
      [five.primary?.lead_id ?? "", both],
      [five.bot?.submission_id ?? "", [five.bot?.submission_id ?? ""]],
      ["Tess", [five.test?.submission_id ?? ""]],
    ] as const) {
      await box.fill(text);
      await expect.poll(() => new URL(page.url()).searchParams.get("q")).toBe(text);
      await expectShown(page, [...wanted]);
    }
    await box.fill(visitor.ip);
    await expectShown(page, ids(await list(`q=${visitor.ip}&limit=50`)));
  });

  test("one letter is not asked for, and what is typed on is asked for once", async () => {
    const desk = await deskOf("admin_key", `/submissions?project=${project}`);
    await links(desk.page).first().waitFor();
    desk.reset();
    await desk.page.getByRole("searchbox", { name: "Search" }).pressSequentially("Tess", { delay: 20 });
    await expectShown(desk.page, [five.test?.submission_id ?? ""]);
    const texts = desk.asked.map((path) => new URLSearchParams(path.split("?")[1]).get("q"));
    expect(texts).not.toContain("T");
    expect(texts.filter((text) => text === "Tess")).toHaveLength(1);
  });

  test("one letter left is no search: the whole list, and a word that says why", async () => {
    const { page } = await deskOf("admin_key", `/submissions?project=${project}&q=Tess`);
    const box = page.getByRole("searchbox", { name: "Search" });
    await expectShown(page, [five.test?.submission_id ?? ""]);
    await box.fill("T");
    await page.getByText("Two letters or more.").waitFor();
    await expectShown(page, ids(await list("limit=50")));
    await box.press("Enter");
    await page.getByRole("button", { name: "Clear all" }).click();
    await expect.poll(() => box.inputValue()).toBe("");
    await expect.poll(() => new URL(page.url()).search).toBe("");
    expect(await page.getByRole("alert").count()).toBe(0);
  });

  test("hostile text is a text: it matches itself alone and runs nowhere", async () => {
    const { page } = await deskOf(
      "admin_key",
      `/submissions?${new URLSearchParams({ project, q: hostile })}`,
    );
    await expectShown(page, [five.blocked?.submission_id ?? ""]);
    expect(await links(page).textContent()).toBe(hostile);
    const box = page.getByRole("searchbox", { name: "Search" });
    expect(await box.inputValue()).toBe(hostile);
    for (const text of ["' OR 1=1 --", "%%", "__", '"><script>hacked=1</script>', "\\\\", "*)"]) {
      await box.fill(text);
      await expect.poll(() => new URL(page.url()).searchParams.get("q")).toBe(text);
      expect(await list(new URLSearchParams({ q: text }).toString())).toMatchObject({ data: [] });
      await expect.poll(() => links(page).count()).toBe(0);
      await page.getByText("No submission matches").waitFor();
    }
    await page.goto(`/submissions/${five.blocked?.submission_id}`);
    await page.getByRole("heading", { level: 1, name: hostile }).waitFor();
    expect(await page.evaluate(() => "hacked" in window)).toBe(false);
  });
});

describe("narrowing", () => {
  test("each filter shows what the API finds with it", async () => {
    const { page } = await deskOf("admin_key", "/submissions");
    await page.getByLabel("Project").selectOption(project);
    await expectShown(page, ids(await list("limit=50")));
    const choose = async (label: string, value: string, question: string) => {
      await page.getByLabel(label, { exact: true }).selectOption(value);
      const wanted = ids(await list(question));
      expect(wanted.length).toBeGreaterThan(0);
      await expectShown(page, wanted);
      await page.getByLabel(label, { exact: true }).selectOption("");
    };
    for (const type of Object.keys(five)) await choose("Type", type, `event_type=${type}`);
    for (const reason of ["honeypot_filled", "origin_not_allowed", "known_email"]) {
      await choose("Reason", reason, `reason=${reason}`);
    }
    await choose("Flag", "hot", "flag=hot");
    await expectShown(page, ids(await list("limit=50")));
  });

  test("days are those of the reporting zone, the last one included", async () => {
    const session = await api<{ reporting_timezone: string }>("/api/session");
    const { page } = await deskOf("admin_key", "/submissions?project=demo-saas");
    const day = (daysAgo: number) =>
      new Intl.DateTimeFormat("sv", { timeZone: session.reporting_timezone }).format(
        Date.now() - daysAgo * 86_400_000,
      );
    await links(page).first().waitFor();
    await page.getByLabel("From", { exact: true }).fill(day(3));
    await page.getByLabel("Until (included)").fill(day(2));
    await expect.poll(() => new URL(page.url()).searchParams.get("to")).toBe(day(1));
    await settled(page);
    const days = () =>
      page
        .locator("td.when time")
        .evaluateAll(
          (times, zone) =>
            times.map((time) =>
              new Intl.DateTimeFormat("sv", { timeZone: zone }).format(
                new Date((time as HTMLTimeElement).dateTime),
              ),
            ),
          session.reporting_timezone,
        );
    // Newest first, so the first page is of the last day, whole or nearly.
    await expect.poll(async () => (await days())[0]).toBe(day(2));
    for (const one of await days()) expect([day(2), day(3)]).toContain(one);
  });

  test("a person's submissions, a chip that says so, and everything cleared", async () => {
    const { page } = await deskOf("admin_key", `/submissions/${five.primary?.submission_id}`);
    await page.getByRole("link", { name: "All of this person" }).click();
    const both = [five.follow_up?.submission_id, five.primary?.submission_id] as string[];
    await expectShown(page, both);
    await page.getByRole("button", { name: "Show submissions of everybody" }).click();
    await expect.poll(async () => (await shownIds(page)).length).toBe(50);
    await expect.poll(() => focused(page)).not.toBe("BODY");
    await page.getByRole("searchbox", { name: "Search" }).fill(`engines-${mark}`);
    await expectShown(page, both);
    await page.getByRole("button", { name: "Clear all" }).click();
    await expect.poll(async () => (await shownIds(page)).length).toBe(50);
    await expect.poll(() => focused(page)).not.toBe("BODY");
    expect(new URL(page.url()).search).toBe("");
  });
});

describe("paging", () => {
  test("forth and back, with the browser's own button too, and back from a single one", async () => {
    const { page } = await deskOf("admin_key", `/submissions?project=${project}&limit=25`);
    const first = await list("limit=25");
    const second = await list(`limit=25&cursor=${first.next_cursor}`);
    expect(second.next_cursor).toBeNull();
    await expectShown(page, ids(first));
    const [previous, next] = [
      page.getByRole("button", { name: "Previous" }),
      page.getByRole("button", { name: "Next" }),
    ];
    await next.click();
    await expectShown(page, ids(second));
    await page.getByText("6 on this page, page 2").waitFor();
    expect(await next.isEnabled()).toBe(false);
    await links(page).first().click();
    await page.getByRole("heading", { name: "Why", exact: true }).waitFor();
    await page.getByRole("link", { name: "Back to the list" }).click();
    await expectShown(page, ids(second));
    await previous.click();
    await expectShown(page, ids(first));
    expect(await previous.isEnabled()).toBe(false);
    await next.click();
    await expectShown(page, ids(second));
    await page.goBack();
    await expectShown(page, ids(first));
    await page.getByLabel("Rows").selectOption("50");
    await expectShown(page, [...ids(first), ...ids(second)]);
  });

  test("a page that was shared shows the same to another admin, who can go to the first", async () => {
    const { page } = await deskOf("admin_key", `/submissions?project=${project}&limit=25`);
    await page.getByRole("button", { name: "Next" }).click();
    const second = (await list("limit=25").then(({ next_cursor }) =>
      list(`limit=25&cursor=${next_cursor}`),
    )) as List;
    await expectShown(page, ids(second));
    const other = await deskOf("admin_key", page.url());
    await expectShown(other.page, ids(second));
    await other.page.getByRole("button", { name: "First page" }).click();
    await expectShown(other.page, ids(await list("limit=25")));
  });
});

/** Holds the answers of which the question has this cursor; `release` lets them come. */
async function holdPage(page: Page, cursor: string, json?: object) {
  let release = () => {};
  const released = new Promise<void>((resume) => {
    release = resume;
  });
  await page.route(
    (url) => url.pathname === "/api/submissions" && url.searchParams.get("cursor") === cursor,
    async (route) => {
      await released;
      await (json === undefined ? route.continue() : route.fulfill({ json }));
    },
  );
  return release;
}

describe("clicking twice goes on by one page", () => {
  test("with Next", async () => {
    const { page } = await deskOf("admin_key", `/submissions?project=${project}&limit=25`);
    const first = await list("limit=25");
    const second = await list(`limit=25&cursor=${first.next_cursor}`);
    await expectShown(page, ids(first));
    const release = await holdPage(page, first.next_cursor ?? "");
    const next = page.getByRole("button", { name: "Next" });
    await next.click();
    await page.getByText("25 on this page, page 2").waitFor();
    await next.click();
    release();
    await expectShown(page, ids(second));
    await page.getByText("6 on this page, page 2").waitFor();
    await page.getByRole("button", { name: "Previous" }).click();
    await expectShown(page, ids(first));
    expect(await page.getByRole("button", { name: "Previous" }).isEnabled()).toBe(false);
  });

  test("with Look further back", async () => {
    const { page } = await deskOf("admin_key", "/nowhere");
    const release = await holdPage(page, "c2", { data: [], next_cursor: null, searched_to: null });
    await page.route(
      (url) => url.pathname === "/api/submissions" && !url.searchParams.has("cursor"),
      (route) =>
        route.fulfill({ json: { data: [], next_cursor: "c2", searched_to: "2026-11-01T00:00:00Z" } }),
    );
    await page.goto(`/submissions?project=${project}`);
    const further = page.getByRole("button", { name: "Look further back" });
    await further.click();
    await page.getByText("0 on this page, page 2").waitFor();
    await further.click();
    release();
    await page.getByText("There is nothing older").waitFor();
    await page.getByText("0 on this page, page 2").waitFor();
  });
});

test("the export is what the API says, of all pages of the search", async () => {
  const { page } = await deskOf("admin_key", `/submissions?project=${project}&limit=25&event_type=primary`);
  await links(page).first().waitFor();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Export NDJSON" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\.ndjson$/);
  const saved = await readFile(await download.path(), "utf8");
  const response = await fetch(
    `${stack.url}/api/submissions?project=${project}&event_type=primary&format=ndjson`,
    { headers: { authorization: `Bearer ${stack.admin_key}` } },
  );
  expect(saved).toBe(await response.text());
  expect(saved.trimEnd().split("\n")).toHaveLength(OTHERS + 1);
});

describe("a link that asks for what cannot be", () => {
  test("shows the rest, and says what it left out", async () => {
    const { page } = await deskOf("admin_key", `/submissions?project=${project}&event_type=foo&fbclid=1`);
    await page.getByText("The link also asks for event_type=foo, which is not known").waitFor();
    await expectShown(page, ids(await list("limit=50")));
  });

  test("of a page that there is not has a way to the first", async () => {
    const { page } = await deskOf("admin_key", `/submissions?project=${project}&cursor=garbage`);
    await page.getByRole("alert").getByRole("button", { name: "First page" }).click();
    await expectShown(page, ids(await list("limit=50")));
  });

  test("is answered in the words of the page", async () => {
    const { page } = await deskOf("admin_key", `/submissions?project=${project}&q=${"x".repeat(300)}`);
    const alert = page.getByRole("alert");
    await alert.getByText(/^Search: It is a text of 2 to 100 characters/).waitFor();
    expect(await alert.textContent()).not.toContain("parameter");
    await alert.getByRole("button", { name: "Clear all" }).click();
    await links(page).first().waitFor();
  });

  test("of days that end before they begin is told at the field, and nothing is asked", async () => {
    const { page, asked } = await deskOf("admin_key", "/submissions?from=2026-11-08&to=2026-11-03");
    await page.getByRole("alert").getByText("The last day is before the first.").waitFor();
    expect(asked.filter((path) => path.startsWith("/api/submissions"))).toEqual([]);
    // Nor can it be taken away as a file.
    expect(await page.getByRole("link", { name: "Export NDJSON" }).count()).toBe(0);
    expect(await page.getByRole("button", { name: "Export NDJSON" }).isDisabled()).toBe(true);
    await page.getByLabel("Until (included)").fill("2026-11-08");
    await page.getByRole("link", { name: "Export NDJSON" }).waitFor();
    await expect.poll(() => asked.some((path) => path.startsWith("/api/submissions"))).toBe(true);
    await expect.poll(() => page.getByText("The last day is before the first.").count()).toBe(0);
  });
});

describe("when there is nothing to show", () => {
  test("a search without a match, a ledger without a row", async () => {
    const { page } = await deskOf("admin_key", `/submissions?project=${project}&q=nobody-${mark}`);
    await page.getByText("No submission matches").waitFor();
    await page.getByRole("button", { name: "Clear all" }).last().click();
    await links(page).first().waitFor();
    await page.route("**/api/submissions?*", (route) =>
      route.fulfill({ json: { data: [], next_cursor: null } }),
    );
    await page.goto("/submissions");
    await page.getByText("No submission has come yet").waitFor();
    await page.getByRole("link", { name: "your project" }).click();
    await page.getByRole("heading", { level: 1, name: "Projects and access" }).waitFor();
  });

  test("a ledger that fails is said so, with what to do, and doing it helps", async () => {
    const { page } = await deskOf("admin_key", "/");
    const detail = "The ledger gives no answer.";
    await page.route("**/api/submissions?*", (route) =>
      route.fulfill({ status: 503, json: { code: "ledger_unavailable", detail, request_id: "req_1" } }),
    );
    await page.goto(`/submissions?project=${project}`);
    await page.getByText("Loading…").first().waitFor({ state: "attached" });
    const alert = page.getByRole("alert").filter({ hasText: detail });
    await alert.getByText("req_1").waitFor();
    await page.unroute("**/api/submissions?*");
    await alert.getByRole("button", { name: "Try again" }).click();
    await expectShown(page, ids(await list("limit=50")));
  });

  test("an id that is nobody's", async () => {
    const { page } = await deskOf("admin_key", "/submissions/sub_00000000000000000000000000000000");
    await page.getByRole("heading", { level: 1, name: "No such submission" }).waitFor();
    await page.getByRole("link", { name: "All submissions" }).click();
    await links(page).first().waitFor();
  });
});

test.each(["primary", "follow_up", "test", "blocked", "bot"])(
  "why it was judged %s is what the API says",
  async (type) => {
    const { page } = await deskOf("admin_key", `/submissions?project=${project}&event_type=${type}`);
    const id = five[type]?.submission_id ?? "";
    await page.locator(`a[href="/submissions/${id}"]`).click();
    const why = page.getByRole("region", { name: "Why", exact: true });
    await why.waitFor();
    const said = (await api<{ why: Why }>(`/api/submissions/${id}`)).why;
    await why.getByText(said.decided.slice(said.decided.indexOf(": ") + 2)).waitFor();
    const rows = await why.locator("table.reasons tbody tr").allInnerTexts();
    const reasons = [...(said.person_reason === null ? [] : [said.person_reason]), ...said.reasons];
    expect(rows).toHaveLength(reasons.length);
    for (const [at, { code, text, weight, detail }] of reasons.entries()) {
      const row = rows[at]?.toLowerCase();
      for (const part of [text, code, detail ?? "", weight ? `+${weight}` : ""]) {
        expect(row).toContain(part.toLowerCase());
      }
    }
    const scores = await why.locator(".score").allInnerTexts();
    const reached = {
      bot: said.bot_score >= said.bot_threshold,
      lead: said.lead_score >= said.hot_threshold,
    };
    expect(scores[0]).toContain(`${said.bot_score} of 100`);
    expect(scores[0]).toContain(
      `${reached.bot ? "Enough" : "Not enough"} to be judged a bot (from ${said.bot_threshold} on)`,
    );
    expect(scores[1]).toContain(`${said.lead_score} of 100`);
    expect(scores[1]).toContain(
      `${reached.lead ? "Enough" : "Not enough"} to be hot (from ${said.hot_threshold} on)`,
    );
    const points = await why.locator(".score-parts .numeric").allInnerTexts();
    expect(points).toEqual(said.lead_score_parts.map(({ points: each }) => `+${each}`));
    await why
      .getByText(`Judged by rule set ${said.ruleset}. The sender got the HTTP status ${said.status}.`)
      .waitFor();
  },
);
