/** Projects and access: making, changing and ending a project, its form, a test lead, blocked addresses, keys. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { api, deskOf, stack } from "./support/desk.ts";

interface Project {
  slug: string;
  name: string;
  allowed_origins: string[];
  honeypot_field: string;
  default_country: string;
  bot_response: string;
  min_form_seconds: number;
  turnstile_secret: string;
  test_rules: { emails: string[]; domains: string[]; addresses: string[] };
}
interface List<T> {
  data: T[];
}

const mark = Date.now().toString(36);
let made = 0;

const send = (method: string, path: string, json?: unknown) =>
  fetch(stack.url + path, {
    method,
    headers: { authorization: `Bearer ${stack.admin_key}`, "content-type": "application/json" },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });

/** A project of the test's own, made through the API. */
async function newProject(settings: Partial<Project> = {}): Promise<string> {
  made += 1;
  const slug = `e2e-own-${mark}-${made}`;
  const response = await send("POST", "/api/admin/projects", { slug, name: `Own ${made}`, ...settings });
  expect(response.status).toBe(201);
  return slug;
}
const projectOf = (slug: string) => api<Project>(`/api/admin/projects/${slug}`);
const dialogOf = (page: Page, name: string) => page.getByRole("dialog", { name });
const errorsOf = (page: Page) => page.locator(".field .error").allTextContents();

describe("a new project", () => {
  test("is made, and its page opens", async () => {
    const { page } = await deskOf("admin_key", "/projects");
    await page.getByRole("button", { name: "New project" }).click();
    const dialog = dialogOf(page, "New project");
    await dialog.getByLabel("Name", { exact: true }).fill(`Café Größe ${mark}`);
    const slug = `cafe-gro-e-${mark}`;
    expect(await dialog.getByLabel("Slug").inputValue()).toBe(slug);
    await dialog.getByLabel("origin 1", { exact: true }).fill("https://www.cafe.co.uk");
    await dialog.getByRole("button", { name: "Create project" }).dblclick();
    await page.getByRole("heading", { level: 1, name: `Café Größe ${mark}` }).waitFor();
    expect(new URL(page.url()).pathname).toBe(`/projects/${slug}`);
    expect(await page.getByRole("alert").count()).toBe(0);
    expect(await projectOf(slug)).toMatchObject({ allowed_origins: ["https://www.cafe.co.uk"] });
    await page.getByRole("link", { name: "Projects and access" }).click();
    const row = page.getByRole("table", { name: "Projects" }).getByRole("row").filter({ hasText: slug });
    await row.getByText("https://www.cafe.co.uk").waitFor();
  });

  test("what the API refuses stands at its field, which gets the focus", async () => {
    const { page } = await deskOf("admin_key", "/projects");
    await page.getByRole("button", { name: "New project" }).click();
    const dialog = dialogOf(page, "New project");
    await dialog.getByLabel("Slug").fill("No Slug!");
    await dialog.getByLabel("origin 1", { exact: true }).fill("not an origin");
    await dialog.getByRole("button", { name: "Create project" }).click();
    const body = { slug: "No Slug!", name: "", allowed_origins: ["not an origin"] };
    const refusal = await (await send("POST", "/api/admin/projects", body)).json();
    const reasons = (refusal as { invalid_params: { reason: string }[] }).invalid_params.map(
      // The label above it says what it is of.
      ({ reason }) => reason.replace(/^(slug|name) is /, "It is "),
    );
    expect(reasons).toHaveLength(3);
    await expect.poll(async () => (await errorsOf(page)).sort()).toEqual(reasons.sort());
    const focused = page.locator(":focus");
    expect(await focused.getAttribute("aria-invalid")).toBe("true");
    const error = page.locator(
      `[id="${(await focused.getAttribute("aria-describedby"))?.split(" ").at(-1)}"]`,
    );
    expect(reasons).toContain(await error.textContent());
    await dialog.getByLabel("Name", { exact: true }).fill("Taken");
    await dialog.getByLabel("Slug").fill(stack.project);
    await dialog.getByLabel("origin 1", { exact: true }).fill("");
    await dialog.getByRole("button", { name: "Create project" }).click();
    await expect.poll(async () => (await errorsOf(page)).length).toBe(1);
    await expect.poll(() => page.locator(":focus").inputValue()).toBe(stack.project);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
  });
});

describe("settings", () => {
  test("each is changed, alone is sent, and is there after a reload", async () => {
    const slug = await newProject();
    const { page } = await deskOf("admin_key", `/projects/${slug}`);
    await page.getByText("Nothing to save.").waitFor();
    const list = async (name: string, item: string, values: string[]) => {
      const group = page.getByRole("group", { name });
      await group.getByRole("button", { name: `Add ${item}` }).click();
      for (const value of values) {
        await page.keyboard.insertText(value);
        await page.keyboard.press("Enter");
      }
    };
    const set: [change: () => Promise<unknown>, expected: Partial<Project>][] = [
      [() => page.getByLabel("Name", { exact: true }).fill("Renamed"), { name: "Renamed" }],
      [
        () => list("Allowed origins", "origin", ["https://a.co.uk", "https://*.b.co.uk"]),
        { allowed_origins: ["https://a.co.uk", "https://*.b.co.uk"] },
      ],
      [() => page.getByLabel("Honeypot field").fill("website_2"), { honeypot_field: "website_2" }],
      [() => page.getByLabel("Seconds a person needs at least").fill("4"), { min_form_seconds: 4 }],
      [() => page.getByLabel("Country of phone numbers").fill("DE"), { default_country: "DE" }],
      [() => page.getByLabel("What a bot is told").selectOption("reject"), { bot_response: "reject" }],
      [
        () => page.getByLabel("Turnstile secret").fill("TURNSTILE_SECRET_TWO"),
        { turnstile_secret: "TURNSTILE_SECRET_TWO" },
      ],
      [
        () => list("E-mail addresses", "address", ["qa@b.co.uk"]),
        { test_rules: { emails: ["qa@b.co.uk"], domains: [], addresses: [] } },
      ],
      [
        () => list("E-mail domains", "domain", ["qa.b.co.uk"]),
        { test_rules: { emails: ["qa@b.co.uk"], domains: ["qa.b.co.uk"], addresses: [] } },
      ],
      [
        () => list("Network addresses", "range", ["203.0.113.0/24"]),
        { test_rules: { emails: ["qa@b.co.uk"], domains: ["qa.b.co.uk"], addresses: ["203.0.113.0/24"] } },
      ],
    ];
    for (const [change, expected] of set) {
      await change();
      await page.getByText("1 setting changed.").waitFor();
      const patch = page.waitForRequest((request) => request.method() === "PATCH");
      await page.getByRole("button", { name: "Save changes" }).click();
      expect(Object.keys((await patch).postDataJSON())).toEqual(Object.keys(expected));
      await page.getByText("Nothing to save.").waitFor();
      expect(await projectOf(slug)).toMatchObject(expected);
    }
    await page.reload();
    await page.getByRole("heading", { level: 1, name: "Renamed" }).waitFor();
    expect(await page.getByLabel("Honeypot field").inputValue()).toBe("website_2");
    expect(await page.getByLabel("origin 2", { exact: true }).inputValue()).toBe("https://*.b.co.uk");
    expect(await page.getByLabel("range 1", { exact: true }).inputValue()).toBe("203.0.113.0/24");
  });

  test("what is wrong is told at each field, what was typed stays, and can be discarded", async () => {
    const slug = await newProject({ allowed_origins: ["https://a.co.uk"] });
    const { page } = await deskOf("admin_key", `/projects/${slug}`);
    await page.getByLabel("Seconds a person needs at least").fill("61");
    await page.getByLabel("Country of phone numbers").fill("D1");
    await page.getByLabel("origin 1", { exact: true }).fill("ftp://a");
    await page.getByRole("group", { name: "Network addresses" }).getByRole("button").last().click();
    await page.keyboard.insertText("300.1.1.1");
    await page.getByText("4 settings changed.").waitFor();
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect.poll(async () => (await errorsOf(page)).length).toBe(4);
    for (const label of [
      "Seconds a person needs at least",
      "Country of phone numbers",
      "origin 1",
      "range 1",
    ]) {
      expect(await page.getByLabel(label, { exact: true }).getAttribute("aria-invalid")).toBe("true");
    }
    expect(await page.locator(":focus").getAttribute("aria-label")).toBe("origin 1");
    expect((await projectOf(slug)).allowed_origins).toEqual(["https://a.co.uk"]);
    await page.getByRole("button", { name: "Discard" }).click();
    expect(await page.getByLabel("origin 1", { exact: true }).inputValue()).toBe("https://a.co.uk");
    expect(await errorsOf(page)).toEqual([]);
  });

  test("of several origins only the wrong one is marked, and is no longer once it is changed", async () => {
    const slug = await newProject({ allowed_origins: ["https://a.co.uk", "https://b.co.uk"] });
    const { page } = await deskOf("admin_key", `/projects/${slug}`);
    await page.getByRole("button", { name: "Add origin" }).click();
    await page.keyboard.insertText("example.com/path");
    await page.getByRole("button", { name: "Save changes" }).click();
    await expect.poll(async () => (await errorsOf(page)).length).toBe(1);
    const wrong = () =>
      page
        .locator("input[aria-invalid=true]")
        .evaluateAll((all) => all.map((input) => input.getAttribute("aria-label")));
    expect(await wrong()).toEqual(["origin 3"]);
    expect(await page.locator(":focus").getAttribute("aria-label")).toBe("origin 3");
    await page.getByRole("button", { name: "Remove origin 1" }).click();
    expect(await wrong()).toEqual(["origin 2"]);
    await page.getByLabel("origin 2", { exact: true }).fill("https://c.co.uk");
    expect(await wrong()).toEqual([]);
  });

  test("what was typed is still there after a look at another page, and can be discarded", async () => {
    const slug = await newProject();
    const { page } = await deskOf("admin_key", `/projects/${slug}`);
    await page.getByLabel("Honeypot field").fill("website_3");
    const left = page.getByText("These changes were not saved when you left this page.");
    expect(await left.count()).toBe(0);
    await page.getByRole("link", { name: "Projects and access" }).click();
    await page.getByRole("heading", { level: 1, name: "Projects and access" }).waitFor();
    // Of what was not touched that counts which is saved meanwhile.
    expect((await send("PATCH", `/api/admin/projects/${slug}`, { name: "By another" })).status).toBe(200);
    await page.locator(`[href$="/${slug}"]`).first().click();
    await left.waitFor();
    expect(await page.getByLabel("Honeypot field").inputValue()).toBe("website_3");
    expect(await page.getByLabel("Name", { exact: true }).inputValue()).toBe("By another");
    await page.getByText("1 setting changed.").waitFor();
    await page.getByRole("button", { name: "Discard" }).click();
    await page.getByText("Nothing to save.").waitFor();
    expect(await left.count()).toBe(0);
    await page.getByRole("link", { name: "Projects and access" }).click();
    await page.locator(`[href$="/${slug}"]`).first().click();
    await page.getByText("Nothing to save.").waitFor();
  });

  test("several origins can be pasted at once", async () => {
    const slug = await newProject();
    const { page } = await deskOf("admin_key", `/projects/${slug}`, {
      permissions: ["clipboard-read", "clipboard-write"],
    });
    await page.evaluate(() =>
      navigator.clipboard.writeText("https://a.co.uk, https://b.co.uk\nhttps://c.co.uk"),
    );
    await page.getByRole("button", { name: "Add origin" }).click();
    await page.keyboard.press("Control+V");
    expect(await page.getByLabel("origin 3", { exact: true }).inputValue()).toBe("https://c.co.uk");
    await page.getByRole("button", { name: "Remove origin 1" }).click();
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByText("Saved.").waitFor();
    expect((await projectOf(slug)).allowed_origins).toEqual(["https://b.co.uk", "https://c.co.uk"]);
  });
});

test("the form that is copied posts a lead from the website it was put on", async () => {
  let page = "";
  const site = createServer((request, response) => {
    const type = { "content-type": "text/html; charset=utf-8" };
    response.writeHead(request.url === "/favicon.ico" ? 204 : 200, type);
    response.end(request.url === "/thanks" ? "<!doctype html><h1>Thank you</h1>" : page);
  });
  await new Promise<void>((resume) => site.listen(0, "127.0.0.1", resume));
  try {
    const origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
    const slug = await newProject({ allowed_origins: [origin], honeypot_field: "nick" });
    const desk = await deskOf("admin_key", `/projects/${slug}`, {
      permissions: ["clipboard-read", "clipboard-write"],
    });
    await desk.page.getByRole("button", { name: "Copy" }).click();
    await desk.page.getByText("Copied.").waitFor();
    const copied = await desk.page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(
      await desk.page.getByRole("region", { name: "Snippet" }).locator("code").textContent(),
    );
    page = `<!doctype html><html lang="en"><title>Shop</title>${copied}</html>`;
    const visitor = await desk.context.newPage();
    await visitor.goto(`${origin}/contact`);
    await visitor.getByLabel("Name").fill("Ada");
    await visitor.getByLabel("E-mail").fill(`ada@shop-${mark}.co.uk`);
    await visitor.getByRole("button", { name: "Send" }).click();
    await visitor.getByRole("heading", { name: "Thank you" }).waitFor();
    const { data } = await api<List<{ email: string; event_type: string; origin?: string; page?: string }>>(
      `/api/submissions?project=${slug}`,
    );
    expect(data).toMatchObject([{ email: `ada@shop-${mark}.co.uk`, page: `${origin}/contact` }]);
    expect(data[0]?.event_type).not.toBe("blocked");
  } finally {
    site.closeAllConnections();
    site.close();
  }
});

describe("a test lead", () => {
  // A browser that calls itself headless is judged a bot, before it is a test.
  const person = {
    userAgent:
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
  };
  const button = (page: Page) => page.getByRole("button", { name: "Send a test lead" });
  const step = (page: Page, title: string, state: string) =>
    page.getByRole("listitem").filter({ hasText: `${title}: ${state}` });

  test("goes all the way, and is what the lead stats show behind the link", async () => {
    const slug = await newProject();
    const { page } = await deskOf("admin_key", `/projects/${slug}`, person);
    await button(page).click();
    for (const title of ["Accepted", "Kept in the ledger", "Visible in Analytics Engine"]) {
      await step(page, title, "done").waitFor({ timeout: 30_000 });
    }
    await page.getByText(/judged Test/).waitFor();
    const { data } = await api<List<{ event_type: string; submission_id: string }>>(
      `/api/submissions?project=${slug}`,
    );
    expect(data).toMatchObject([{ event_type: "test" }]);
    await page.getByText(data[0]?.submission_id ?? "").waitFor();
    await page.getByRole("link", { name: "See it in the lead stats" }).click();
    const { searchParams } = new URL(page.url());
    expect(searchParams.get("project")).toBe(slug);
    const figures = page.getByRole("region", { name: "Key figures" });
    await expect.poll(() => figures.locator(".kpi.total .value").textContent()).toBe("1");
    expect(await figures.locator(".kpi.test .value").textContent()).toBe("1");
  });

  test("a point that never comes is told, with what to check", { timeout: 80_000 }, async () => {
    const slug = await newProject();
    const { page } = await deskOf("admin_key", "/projects", person);
    await page.clock.install();
    await page.route(/lead-stats\?.*utm_content/, async (route) => {
      await route.fulfill({ json: { totals: { total: 0 } } });
    });
    await page.goto(`/projects/${slug}`);
    await button(page).click();
    await page.getByText("This usually takes about 60 seconds.").waitFor();
    await page.clock.fastForward(181_000);
    await page.getByText("reports did not show it within 3 minutes").waitFor();
    await step(page, "Visible in Analytics Engine", "failed").waitFor();
    await page.getByText("AE_SQL_URL").waitFor();
    await page.unroute(/lead-stats\?.*utm_content/);
    await page.getByRole("button", { name: "Send another" }).click();
    await step(page, "Visible in Analytics Engine", "done").waitFor({ timeout: 40_000 });
  });

  test("waiting can be ended: nothing is asked any more, and the focus stays", async () => {
    const slug = await newProject();
    const desk = await deskOf("admin_key", "/projects", person);
    const { page } = desk;
    await page.clock.install();
    await page.route(/lead-stats\?.*utm_content/, (route) =>
      route.fulfill({ json: { totals: { total: 0 } } }),
    );
    await page.goto(`/projects/${slug}`);
    await button(page).click();
    await step(page, "Visible in Analytics Engine", "in progress").waitFor();
    await page.getByRole("button", { name: "Stop waiting" }).click();
    await button(page).waitFor();
    expect(await page.getByRole("listitem").filter({ hasText: "Accepted" }).count()).toBe(0);
    desk.reset();
    await page.clock.fastForward(30_000);
    expect(desk.asked.filter((path) => path.includes("utm_content"))).toEqual([]);
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe("BODY");
  });

  test("a refusal says why", async () => {
    const slug = await newProject();
    const { page } = await deskOf("admin_key", `/projects/${slug}`, person);
    await button(page).waitFor();
    expect((await send("DELETE", `/api/admin/projects/${slug}`)).status).toBe(204);
    await button(page).click();
    await step(page, "Accepted", "failed").waitFor();
    await page.getByRole("alert").waitFor();
  });
});

describe("who is kept out and who has access", () => {
  test("an address is blocked and let in again", async () => {
    const slug = await newProject();
    const { page } = await deskOf("admin_key", "/projects");
    await page.getByRole("button", { name: "Block an address" }).click();
    const dialog = dialogOf(page, "Block an address");
    await dialog.getByLabel("Address or range").fill("nowhere");
    await dialog.getByRole("button", { name: "Block", exact: true }).click();
    await expect.poll(async () => (await errorsOf(page)).length).toBe(1);
    const cidr = `198.18.${Date.now() % 250}.0/24`;
    await dialog.getByLabel("Address or range").fill(cidr);
    await dialog.getByLabel("Project").selectOption(slug);
    await dialog.getByLabel("Ends").selectOption("7d");
    await dialog.getByLabel("Note (optional)").fill(`A flood ${mark}`);
    await dialog.getByRole("button", { name: "Block", exact: true }).dblclick();
    const row = page
      .getByRole("table", { name: "Blocked addresses" })
      .getByRole("row")
      .filter({ hasText: slug });
    await row.getByText(`A flood ${mark}`).waitFor();
    expect(await row.count()).toBe(1);
    const blocked = () =>
      api<List<{ cidr: string; expires_at: string }>>(`/api/admin/blocked-ips?project=${slug}`);
    const [only, ...more] = (await blocked()).data.filter((one) => one.cidr === cidr);
    expect(more).toEqual([]);
    const days = (Date.parse(only?.expires_at ?? "") - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(6.9);
    expect(days).toBeLessThanOrEqual(7);
    await row.getByRole("button", { name: `Let ${cidr} in again` }).click();
    await dialogOf(page, `Let ${cidr} in again?`).getByRole("button", { name: "Let in again" }).click();
    await row.waitFor({ state: "detached" });
    expect((await blocked()).data.filter((one) => one.cidr === cidr)).toEqual([]);
  });

  test("a key of one project blocks for that one, also where the list of projects comes late", async () => {
    const slug = await newProject();
    const { page } = await deskOf("admin_key", "/nowhere");
    await page.route("**/api/session", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), projects: [slug] } });
    });
    let release = () => {};
    const released = new Promise<void>((resume) => {
      release = resume;
    });
    await page.route("**/api/admin/projects", async (route) => {
      await released;
      await route.continue();
    });
    await page.goto("/projects");
    await page.getByRole("button", { name: "Block an address" }).click();
    const dialog = dialogOf(page, "Block an address");
    await dialog.getByLabel("Address or range").fill("198.18.251.7");
    release();
    await page.getByRole("table", { name: "Projects" }).waitFor();
    expect(await dialog.getByLabel("Project").inputValue()).toBe(slug);
    await dialog.getByRole("button", { name: "Block", exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    const { data } = await api<List<{ project: string | null }>>(`/api/admin/blocked-ips?project=${slug}`);
    expect(data.map(({ project }) => project)).toContain(slug);
  });

  test("the keys are those of the API, and none is shown itself", async () => {
    const { page } = await deskOf("admin_key", "/projects");
    const { data } = await api<List<{ id: string; current: boolean }>>("/api/admin/keys");
    const rows = page.getByRole("table", { name: "API keys" }).getByRole("row");
    await rows.nth(1).waitFor();
    expect(await rows.locator("code.under").allTextContents()).toEqual(data.map(({ id }) => id));
    const you = rows.filter({ has: page.getByText("You", { exact: true }) });
    expect(await you.locator("code").textContent()).toBe(data.find(({ current }) => current)?.id);
    expect(await page.content()).not.toContain(stack.marketing_key);
  });
});

test("a project is deleted after one was asked", async () => {
  const slug = await newProject();
  const { page } = await deskOf("admin_key", `/projects/${slug}`);
  await page.getByRole("button", { name: `Delete ${slug}` }).click();
  await page.getByRole("dialog").getByText("those leads are lost").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  expect((await projectOf(slug)).slug).toBe(slug);
  await page.getByRole("button", { name: `Delete ${slug}` }).click();
  await page.getByRole("button", { name: "Delete the project" }).click();
  await page.getByRole("heading", { level: 1, name: "Projects and access" }).waitFor();
  await expect.poll(() => page.getByRole("table", { name: "Projects" }).getByText(slug).count()).toBe(0);
  expect((await send("GET", `/api/admin/projects/${slug}`)).status).toBe(404);
  await page.goto(`/projects/${slug}`);
  await page.getByRole("heading", { level: 1, name: "No such project" }).waitFor();
});

test("a project that was made and deleted here is not shown any more, nor what was typed into it", async () => {
  const { page } = await deskOf("admin_key", "/projects");
  const slug = `e2e-short-${mark}`;
  const make = async (name: string) => {
    await page.getByRole("button", { name: "New project" }).click();
    const dialog = dialogOf(page, "New project");
    await dialog.getByLabel("Name", { exact: true }).fill(name);
    await dialog.getByLabel("Slug").fill(slug);
    await dialog.getByRole("button", { name: "Create project" }).click();
    await page.getByRole("heading", { level: 1, name }).waitFor();
  };
  await make("Short");
  await page.getByLabel("Honeypot field").fill("website_6");
  await page.getByText("1 setting changed.").waitFor();
  await page.getByRole("button", { name: `Delete ${slug}` }).click();
  await page.getByRole("button", { name: "Delete the project" }).click();
  await page.getByRole("heading", { level: 1, name: "Projects and access" }).waitFor();
  await page.goBack();
  await page.getByRole("heading", { level: 1, name: "No such project" }).waitFor();
  await page.getByRole("link", { name: "the projects that your key reaches" }).click();
  await make("Again");
  await page.getByText("Nothing to save.").waitFor();
});
