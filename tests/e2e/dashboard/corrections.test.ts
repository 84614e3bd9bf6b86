/** A person's word against the verdict: moving submissions to real leads, what reports then say, undoing it, erasing. */
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { limits } from "../../../build/generated/dashboard.ts";
import { api, type Desk, deskOf, post, stack } from "./support/desk.ts";
import { day } from "./support/stats.ts";

type Counts = Record<string, number>;
interface Stats {
  meta: { corrections: number };
  totals: Counts;
  buckets: (Counts & { start: string })[];
  groups: (Counts & { key: Record<string, string> })[];
}
interface Detail {
  submission_id: string;
  event_type: string;
  lead_id: string | null;
  name: string | null;
  email: string | null;
  received_at: string;
  erased_at: string | null;
  corrections: { note: string; key_id: string; undone_at: string | null; to: { event_type: string } }[];
}

const mark = Date.now().toString(36);
const project = `e2e-move-${mark}`;
const labels: Record<string, string> = { bot: "Bot", blocked: "Blocked", test: "Test" };

let people = 0;
let sent = 0;
/** A new person's name and address, which are nobody else's. */
function person() {
  people += 1;
  return { name: `Ida ${mark} ${people}`, email: `ida.${people}@moved-${mark}.co.uk` };
}

const agent =
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.5 Safari/605.1.15";

/** Received as `type`, from `country`. */
async function received(type: string, who = person(), country = "SE"): Promise<Detail> {
  const how = {
    bot: [{ lead_hp: "x", form_seconds: 1 }, {}],
    blocked: [{}, { origin: "https://elsewhere.co.uk" }],
    test: [{}, { "x-lead-test": "1" }],
  }[type] ?? [{}, {}];
  const visitor = { ip: "198.51.100.78", country, user_agent: agent };
  const { submission_id } = await post<Detail>(
    "/api/leads",
    { project, ...who, visitor, ...how[0] },
    how[1] as Record<string, string>,
  );
  sent += 1;
  const kept = await submission(submission_id);
  expect(kept.event_type).toBe(type);
  return kept;
}

const submission = (id: string) => api<Detail>(`/api/submissions/${id}`);
const stats = (question: string) => api<Stats>(`/analytics/lead-stats?project=${project}&days=2&${question}`);
const kinds = ["total", "primary", "follow_up", "test", "blocked", "bot"] as const;

/** Another question each time, so that it is never answered by the cache: without a source that nobody has. */
let asked = 0;
function fresh(question: string): Promise<Stats> {
  asked += 1;
  return stats(`${question}&source=-none-${mark}-${asked}`);
}

/** Waits until reports have everything that was sent. */
async function counted(): Promise<Counts> {
  await expect.poll(async () => (await fresh("bucket=none")).totals.total, { timeout: 15_000 }).toBe(sent);
  return (await fresh("bucket=none")).totals;
}

/** What reports say: totals, each hour, each country and each type. */
async function reports(): Promise<Record<string, Counts>> {
  const all: Record<string, Counts> = { totals: await counted() };
  for (const bucket of (await fresh("bucket=60min")).buckets) if (bucket.total) all[bucket.start] = bucket;
  for (const dimension of ["country", "event_type"]) {
    const { groups } = await fresh(`bucket=none&group_by=${dimension}`);
    for (const group of groups) all[String(group.key[dimension])] = group as unknown as Counts;
  }
  return Object.fromEntries(
    Object.entries(all).map(([name, counts]) => [
      name,
      Object.fromEntries(kinds.map((kind) => [kind, counts[kind] ?? 0])),
    ]),
  );
}

/** `before` with one moved to another type: in the totals, in its hour, in its country, and as a type. */
function moved(before: Record<string, Counts>, row: Detail, to: string) {
  const from = row.event_type;
  const after = structuredClone(before);
  const hour = Object.keys(after)
    .filter((name) => /^\d{4}-/.test(name) && Date.parse(name) <= Date.parse(row.received_at))
    .sort((a, b) => Date.parse(a) - Date.parse(b))
    .at(-1);
  for (const name of ["totals", hour ?? "", "SE"]) {
    const counts = after[name] as Counts;
    counts[from] = (counts[from] ?? 0) - 1;
    counts[to] = (counts[to] ?? 0) + 1;
  }
  for (const [type, by] of [
    [from, -1],
    [to, 1],
  ] as const) {
    const counts = after[type] ?? Object.fromEntries(kinds.map((kind) => [kind, 0]));
    counts.total = (counts.total ?? 0) + by;
    counts[type] = (counts[type] ?? 0) + by;
    if (counts.total === 0) delete after[type];
    else after[type] = counts;
  }
  return after;
}

const why = (page: Page) => page.getByRole("region", { name: "Why", exact: true });
const history = (page: Page) => page.getByRole("region", { name: "Corrections" });
const move = (page: Page) => page.getByRole("button", { name: "This is a real lead" });

async function correct({ page }: Desk, note = "") {
  await move(page).click();
  const dialog = page.getByRole("dialog", { name: "This is a real lead" });
  if (note !== "") await dialog.getByLabel("Note (optional)").fill(note);
  await dialog.getByRole("button", { name: "Move to real leads" }).click();
  await dialog.waitFor({ state: "detached" });
}

/** Reports move what Analytics Engine has had the time to show, so these came a good minute before they are moved. */
const old: Record<string, Detail> = {};
const known = person();

beforeAll(async () => {
  const allowed_origins = ["https://www.moved.co.uk"];
  await post("/api/admin/projects", { slug: project, name: "Moved", allowed_origins });
  for (const type of ["bot", "blocked", "test"]) old[type] = await received(type);
  old.another_bot = await received("bot");
  old.lead = await received("primary", known);
  old.bot_of_lead = await received("bot", known);
  await new Promise((resume) => setTimeout(resume, (limits.visibility_lag_s + 2) * 1000));
}, 120_000);

const oldOne = (name: string) => old[name] as Detail;

describe("moving to real leads", () => {
  test.each(["bot", "blocked", "test"])(
    "a %s becomes Actual, in the ledger, in reports and on the page; and back",
    async (type) => {
      const row = oldOne(type);
      await received("primary", person(), "NO");
      const before = await reports();
      const desk = await deskOf("admin_key", `/submissions/${row.submission_id}`);
      const note = `Called back, <b>real</b> ${mark}`;
      await correct(desk, note);
      await history(desk.page).getByText(note).waitFor();
      await desk.page
        .getByText(`The rules judged this to be ${labels[type]}; a person moved it to Actual.`)
        .waitFor();
      expect(await history(desk.page).locator(".badge").allInnerTexts()).toEqual([labels[type], "Actual"]);
      await why(desk.page)
        .locator(".judged")
        .getByText(labels[type] ?? "", { exact: true })
        .waitFor();
      expect(await move(desk.page).count()).toBe(0);

      const after = await submission(row.submission_id);
      expect(after).toMatchObject({ event_type: "primary", lead_id: expect.stringMatching(/^lead_/) });
      expect(after.corrections).toMatchObject([{ note, undone_at: null, to: { event_type: "primary" } }]);
      await history(desk.page)
        .getByText(after.corrections[0]?.key_id ?? "")
        .waitFor();
      expect(await reports()).toEqual(moved(before, row, "primary"));

      await history(desk.page).getByRole("button", { name: "Undo" }).click();
      await history(desk.page).getByText("Undone", { exact: true }).waitFor();
      await move(desk.page).waitFor();
      const back = await submission(row.submission_id);
      expect(back).toMatchObject({ event_type: type, lead_id: null });
      expect(back.corrections[0]?.undone_at).not.toBeNull();
      expect(await reports()).toEqual(before);
    },
  );

  test("where the person is known already it becomes a follow-up", async () => {
    const [first, row] = [oldOne("lead"), oldOne("bot_of_lead")];
    const before = await reports();
    const desk = await deskOf("admin_key", `/submissions/${row.submission_id}`);
    await correct(desk);
    await desk.page.getByText("Moved to Follow-up.").waitFor();
    expect(await submission(row.submission_id)).toMatchObject({
      event_type: "follow_up",
      lead_id: first.lead_id,
    });
    expect(await reports()).toEqual(moved(before, row, "follow_up"));
    // The toast undoes it too, wherever the page has gone meanwhile.
    await desk.page.getByRole("link", { name: "Projects" }).click();
    await desk.page.getByRole("heading", { level: 1, name: "Projects and access" }).waitFor();
    await desk.page.getByRole("button", { name: "Undo" }).click();
    await desk.page.getByText("Undone: it is Bot again.").waitFor();
    expect(await reports()).toEqual(before);
  });

  test("lead stats that were looked at before are right when one comes back to them, without a reload", async () => {
    const row = oldOne("another_bot");
    const totals = await counted();
    const desk = await deskOf("admin_key", `/?from=${day(-1)}&to=${day(1)}&project=${project}`);
    const { page } = desk;
    const card = (name: string) =>
      page
        .getByRole("listitem")
        .filter({ has: page.getByText(name, { exact: true }) })
        .locator(".value")
        .first();
    await expect.poll(() => card("Bot").textContent()).toBe(String(totals.bot));
    await expect.poll(() => card("Actual").textContent()).toBe(String(totals.primary));
    await page.evaluate(() => Object.assign(window, { isSame: true }));
    await page.getByRole("link", { name: "Submissions" }).click();
    await page.getByRole("searchbox", { name: "Search" }).fill(row.name ?? "");
    await page.getByRole("link", { name: row.name ?? "" }).click();
    await correct(desk);
    await page.getByText("Moved to Actual.").waitFor();
    while (new URL(page.url()).pathname !== "/") await page.goBack();
    await expect.poll(() => card("Bot").textContent()).toBe(String((totals.bot ?? 0) - 1));
    await expect.poll(() => card("Actual").textContent()).toBe(String((totals.primary ?? 0) + 1));
    await expect.poll(() => card("Submissions").textContent()).toBe(String(totals.total));
    expect(await page.evaluate(() => "isSame" in window)).toBe(true);
  });

  test("clicking twice makes one correction", async () => {
    const row = await received("bot");
    const desk = await deskOf("admin_key", `/submissions/${row.submission_id}`);
    await move(desk.page).click();
    desk.reset();
    await desk.page.getByRole("button", { name: "Move to real leads" }).dblclick();
    await history(desk.page).waitFor();
    expect(desk.asked.filter((path) => path.endsWith("/correction"))).toHaveLength(1);
    expect((await submission(row.submission_id)).corrections).toHaveLength(1);
  });

  test("a refusal is told in the dialog, and what was typed stays", async () => {
    const row = await received("bot");
    const { page } = await deskOf("admin_key", `/submissions/${row.submission_id}`);
    const detail = "The ledger gives no answer.";
    await page.route("**/correction", (route) =>
      route.fulfill({ status: 503, json: { code: "ledger_unavailable", detail } }),
    );
    await move(page).click();
    const note = page.getByLabel("Note (optional)");
    await note.fill("x".repeat(501));
    await page.getByText("1 characters too long.").waitFor();
    expect(await page.getByRole("button", { name: "Move to real leads" }).isDisabled()).toBe(true);
    await note.fill("Known to us");
    await page.getByRole("button", { name: "Move to real leads" }).click();
    await page.getByRole("alert").getByText(detail).waitFor();
    expect(await note.inputValue()).toBe("Known to us");
    await page.keyboard.press("Escape");
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toBe("This is a real lead");
    expect((await submission(row.submission_id)).corrections).toEqual([]);
  });
});

describe("what cannot be moved", () => {
  test("a lead offers nothing to correct", async () => {
    const row = await received("primary");
    const { page } = await deskOf("admin_key", `/submissions/${row.submission_id}`);
    await page.getByRole("button", { name: "Erase this person" }).waitFor();
    expect(await move(page).count()).toBe(0);
  });

  test("undoing under others' feet is refused, and the page says why", async () => {
    const who = person();
    const row = await received("bot", who);
    await post(`/api/submissions/${row.submission_id}/correction`, {});
    await received("follow_up", who);
    const { page } = await deskOf("admin_key", `/submissions/${row.submission_id}`);
    const undo = history(page).getByRole("button", { name: "Undo" });
    const { can_undo_detail: reason } = await api<{ can_undo_detail: string }>(
      `/api/submissions/${row.submission_id}`,
    );
    await history(page).getByText(reason).waitFor();
    expect(await undo.getAttribute("aria-disabled")).toBe("true");
    await undo.focus();
    await page.keyboard.press("Enter");
    expect((await submission(row.submission_id)).event_type).toBe("primary");
  });
});

describe("erasing a person", () => {
  test("takes all that tells who it was, and leaves every count", async () => {
    const who = person();
    const rows = [
      await received("primary", who),
      await received("follow_up", who),
      await received("bot", who),
    ];
    const before = await reports();
    const { page } = await deskOf("admin_key", `/submissions/${rows[0]?.submission_id}`);
    const erase = page.getByRole("button", { name: "Erase this person" });
    await erase.click();
    await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
    expect((await submission(rows[0]?.submission_id ?? "")).email).toBe(who.email);
    await erase.click();
    await page.getByRole("dialog").getByText("every count stays as it is").waitFor();
    await page.getByRole("button", { name: "Erase for good" }).click();
    await page.getByText("Erased 3 submissions.").waitFor();
    await page.getByRole("heading", { level: 1, name: "Erased" }).waitFor();
    await page.getByText("This person was erased on").waitFor();
    expect(await page.locator("main").textContent()).not.toContain(who.email);
    for (const { submission_id, event_type } of rows) {
      expect(await submission(submission_id)).toMatchObject({ event_type, name: null, email: null });
      expect((await submission(submission_id)).erased_at).not.toBeNull();
    }
    expect(await reports()).toEqual(before);

    // Nobody can be moved any more who is not there: the button says so.
    await page.goto(`/submissions/${rows[2]?.submission_id}`);
    expect(await move(page).getAttribute("aria-disabled")).toBe("true");
    const reason = await page
      .locator(`[id="${await move(page).getAttribute("aria-describedby")}"]`)
      .textContent();
    expect(reason).toMatch(/erased/i);
    await move(page).click({ force: true });
    expect(await page.getByRole("dialog").count()).toBe(0);
  });
});

test("none of this is a marketing key's, nor another site's", async () => {
  const row = await received("bot");
  const path = `/api/submissions/${row.submission_id}/correction`;
  const marketer = await deskOf("marketing_key");
  const own = { origin: stack.url };
  expect((await marketer.context.request.post(path, { headers: own, data: {} })).status()).toBe(403);
  expect(
    (
      await marketer.context.request.delete(`/api/submissions/${row.submission_id}`, { headers: own })
    ).status(),
  ).toBe(403);
  const admin = await deskOf("admin_key");
  const foreign = await admin.context.request.post(path, {
    headers: { origin: "https://evil.co.uk" },
    data: {},
  });
  expect(foreign.status()).toBe(403);
  expect(((await foreign.json()) as { code: string }).code).toBe("cross_site");
  expect((await submission(row.submission_id)).event_type).toBe("bot");
});
