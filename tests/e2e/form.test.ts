/** The sample page against the real stack: what a person does in a browser, and what the ledger then says. */
import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { launchBrowser, newVisitor, pause, until, type Visitor } from "./support/browser.ts";
import { type Stack, type SubmissionRow, startStack, submissionsOf } from "./support/stack.ts";

// Headless Chromium names itself so, and the ledger rightly takes that for a robot.
const userAgent =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
const MESSAGE = "We have a warehouse with a flat roof and would like to know more.";

let stack: Stack;
let browser: Browser;
let visitor: Visitor;

beforeAll(async () => {
  stack = await startStack();
  browser = await launchBrowser();
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
}, 60_000);

const visit = (options: BrowserContextOptions = {}) => newVisitor(browser, { userAgent, ...options });
beforeEach(async () => {
  visitor = await visit();
});
afterEach(async () => {
  const cookies = await visitor.context.cookies();
  await visitor.context.close();
  expect(visitor.faults).toEqual([]);
  expect(cookies).toEqual([]);
});

async function fill({ page }: Visitor, email: string, query = ""): Promise<void> {
  await page.goto(`${stack.url}/sample/${query}`);
  await page.fill("[name=name]", "Ada Lovelace");
  await page.fill("[name=email]", email);
  await page.fill("[name=message]", MESSAGE);
  await page.check("[name=consent]");
}

const submit = ({ page }: Visitor) => page.click("form button");
const thanked = ({ page }: Visitor) => page.waitForURL(/\/sample\/thanks(\.html)?$/);

/** Exactly one row, also a moment later. */
async function onlyRow(email: string): Promise<SubmissionRow> {
  await until(`a submission of ${email}`, async () => (await submissionsOf(stack, email)).length > 0);
  await pause(500);
  const rows = await submissionsOf(stack, email);
  expect(rows).toHaveLength(1);
  return rows[0] as SubmissionRow;
}

test("a person with JavaScript becomes a primary lead with its campaign", async () => {
  const email = "with-js@visitor-mail.dev";
  await fill(visitor, email, "?utm_source=google&utm_medium=cpc&utm_campaign=spring-roofs");
  await visitor.page.click("text=Book a call");
  await pause(2100); // nobody is faster
  await submit(visitor);
  await thanked(visitor);
  const row = await onlyRow(email);
  expect(row.event_type).toBe("primary");
  expect(row.flags.suspicious).toBe(false);
  expect(row).toMatchObject({ cta: "Hero: book a call", utm_source: "google", utm_campaign: "spring-roofs" });
  expect(row.page).toContain("/sample/?utm_source=google");
});

test("the same person again is a follow-up", async () => {
  const email = "again@visitor-mail.dev";
  for (const count of [1, 2]) {
    await fill(visitor, email);
    await pause(2100);
    await submit(visitor);
    await thanked(visitor);
    await until(`row ${count}`, async () => (await submissionsOf(stack, email)).length === count);
  }
  const kinds = (await submissionsOf(stack, email)).map((row) => row.event_type).sort();
  expect(kinds).toEqual(["follow_up", "primary"]);
});

test("a person without JavaScript is thanked by a 303 and is a primary lead", async () => {
  const email = "without-js@visitor-mail.dev";
  const plain = await visit({ javaScriptEnabled: false });
  await fill(plain, email);
  const answer = plain.page.waitForResponse((response) => response.request().method() === "POST");
  await submit(plain);
  expect((await answer).status()).toBe(303);
  await thanked(plain);
  expect(await plain.page.textContent("h1")).toContain("Thank you");
  await plain.context.close();
  expect((await onlyRow(email)).event_type).toBe("primary");
});

test("offline, then online: counted once", async () => {
  const email = "offline@visitor-mail.dev";
  await fill(visitor, email);
  await visitor.context.setOffline(true);
  await pause(2100);
  await submit(visitor);
  await visitor.page.locator("[data-lead-status=pending]").waitFor();
  expect(await submissionsOf(stack, email)).toEqual([]);
  await visitor.context.setOffline(false);
  await visitor.page.locator("[data-lead-status=success]").waitFor();
  expect((await onlyRow(email)).event_type).toBe("primary");
});

test("an answer that gets lost is asked for again, and counted once", async () => {
  const email = "lost-answer@visitor-mail.dev";
  let posts = 0;
  await visitor.page.route("**/api/leads", async (route) => {
    posts++;
    if (posts > 1) return route.continue();
    await route.fetch(); // it arrives, and its answer does not come back
    return route.abort("connectionreset");
  });
  await fill(visitor, email);
  await pause(2100);
  await submit(visitor);
  await thanked(visitor);
  expect(posts).toBe(2);
  expect((await onlyRow(email)).event_type).toBe("primary");
});

test("a person whose browser filled the honeypot is kept, and suspicious", async () => {
  const email = "autofilled@visitor-mail.dev";
  await fill(visitor, email);
  await visitor.page.$eval("[name=lead_hp]", (input) => {
    (input as HTMLInputElement).value = "Analytical Engines";
  });
  await pause(2100);
  await submit(visitor);
  await thanked(visitor);
  const row = await onlyRow(email);
  expect(row.event_type).toBe("primary");
  expect(row.flags.suspicious).toBe(true);
  expect(row.reasons.map((reason) => reason.code)).toContain("honeypot_filled");
});

test("the page's own ways to make a test and a bot are true", async () => {
  await visitor.page.goto(`${stack.url}/sample/`);
  await visitor.page.click("[data-try=test]");
  await submit(visitor);
  await thanked(visitor);
  expect((await onlyRow("ada@example.com")).event_type).toBe("test");

  await visitor.page.goto(`${stack.url}/sample/`);
  await visitor.page.click("[data-try=bot]");
  await thanked(visitor); // a bot is told what everybody is told
  const email = await visitor.page.evaluate(() => sessionStorage.getItem("sample.last-email") ?? "");
  expect((await onlyRow(email)).event_type).toBe("bot");
});

test("what the server does not accept is shown at the field", async () => {
  await fill(visitor, "ada@visitor-mail.dev");
  await visitor.page.$eval("form", (form) => {
    (form as HTMLFormElement).noValidate = true; // the browser would catch it first
  });
  await visitor.page.fill("[name=email]", "not an address");
  await submit(visitor);
  const email = visitor.page.locator("[name=email][aria-invalid=true]");
  await email.waitFor();
  const text = await visitor.page.textContent(
    `#${(await email.getAttribute("aria-describedby"))?.split(" ").pop()}`,
  );
  expect(text?.length).toBeGreaterThan(5);
  expect(await email.evaluate((field) => field === document.activeElement)).toBe(true);
});

test("a blocked address is told so, and counted", async () => {
  const headers = { Authorization: `Bearer ${stack.admin_key}`, "Content-Type": "application/json" };
  const blocked = `${stack.url}/api/admin/blocked-ips`;
  const ids: string[] = [];
  for (const cidr of ["127.0.0.1", "::1"]) {
    const answer = await fetch(blocked, {
      method: "POST",
      headers,
      body: JSON.stringify({ cidr, note: "e2e" }),
    });
    expect(answer.status).toBe(201);
    ids.push(((await answer.json()) as { id: string }).id);
  }
  try {
    const email = "blocked@visitor-mail.dev";
    await fill(visitor, email);
    await submit(visitor);
    await visitor.page.getByRole("alert").waitFor();
    expect(visitor.page.url()).not.toContain("thanks");
    expect((await onlyRow(email)).event_type).toBe("blocked");
  } finally {
    for (const id of ids) await fetch(`${blocked}/${id}`, { method: "DELETE", headers });
  }
});
