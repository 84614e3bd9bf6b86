/** Signing in and out, who may see what, and what the browser keeps. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { pause } from "../support/browser.ts";
import { deskOf, newDesk, signIn, stack } from "./support/desk.ts";
import { soon } from "./support/stats.ts";

const keyField = "API key";
const heading = { name: "Lead stats", level: 1 } as const;

describe("signing in", () => {
  test("a wrong key is said so, and the right one then opens the page that was asked for", async () => {
    const { page } = await newDesk();
    await page.goto("/?range=30d&country=IN");
    await page.getByLabel(keyField).fill("llk_a_nobodys");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("This key is not known, or has expired.").waitFor();
    expect(await page.getByLabel(keyField).getAttribute("aria-invalid")).toBe("true");

    await page.getByLabel(keyField).fill(stack.marketing_key);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", heading).waitFor();
    expect(new URL(page.url()).search).toBe("?range=30d&country=IN");
  });

  test("leaves a cookie that scripts cannot read, and the key nowhere", async () => {
    const { page, context } = await newDesk();
    await signIn(page, stack.admin_key);
    const cookies = await context.cookies();
    expect(cookies).toHaveLength(1);
    expect(cookies[0]).toMatchObject({ httpOnly: true, sameSite: "Strict", path: "/" });
    const hours = ((cookies[0]?.expires ?? 0) - Date.now() / 1000) / 3600;
    expect(hours).toBeGreaterThan(11.9);
    expect(hours).toBeLessThanOrEqual(12);
    expect(JSON.stringify(cookies)).not.toContain(stack.admin_key);
    const kept = await page.evaluate(() => [
      document.cookie,
      JSON.stringify(localStorage),
      JSON.stringify(sessionStorage),
      location.href,
      document.documentElement.outerHTML,
    ]);
    expect(kept[0]).toBe("");
    expect(kept.join()).not.toContain(stack.admin_key);
    expect(kept.join()).not.toContain("llk_a_");
  });

  test("signing out ends it, for the next page too", async () => {
    const { page, context } = await deskOf("admin_key");
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByLabel(keyField).waitFor();
    expect(await context.cookies()).toEqual([]);
    await page.goto("/submissions");
    await page.getByLabel(keyField).waitFor();
  });

  test("a session that has ended asks for the key again, and goes on where it was", async () => {
    const { page, context } = await deskOf("admin_key", "/?range=7d&country=DE");
    await page.getByRole("heading", heading).waitFor();
    await context.clearCookies();
    await page.getByRole("link", { name: "Submissions" }).click();
    await page.getByLabel(keyField).fill(stack.admin_key);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "Submissions", level: 1 }).waitFor();
  });
});

describe("another tab of the same browser", () => {
  /** What a browser says when somebody comes back to a tab. */
  const lookAt = (page: Page) =>
    page.evaluate(() => document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));

  test("shows nothing more once one has signed out", async () => {
    const { page, context } = await deskOf("admin_key", "/submissions");
    await page.getByRole("table").waitFor();
    const other = await context.newPage();
    await other.goto("/");
    await other.getByRole("button", { name: "Sign out" }).click();
    await page.getByLabel(keyField).waitFor();
    expect(await page.getByRole("table").count()).toBe(0);
  });

  test("is that of the key that one has signed in with since", async () => {
    const { page, context } = await deskOf("admin_key", "/");
    const links = page.getByRole("navigation", { name: "Pages" }).getByRole("link");
    await soon(() => links.count()).toBe(6);
    await page.locator(".kpi.total .value").waitFor();
    const all = await page.locator(".kpi.total .value").textContent();
    const other = await context.newPage();
    await other.goto("/");
    await other.getByRole("button", { name: "Sign out" }).click();
    await other.getByLabel(keyField).fill(stack.limited_key);
    await other.getByRole("button", { name: "Sign in" }).click();
    await other.locator(".kpi.total .value").waitFor();
    const reached = await other.locator(".kpi.total .value").textContent();
    expect(reached).not.toBe(all);
    await soon(() => links.count()).toBe(3);
    await soon(() => page.locator(".kpi.total .value").textContent()).toBe(reached);
  });

  test("that heard nothing of it finds out when it is looked at", async () => {
    const { page, context } = await deskOf("admin_key", "/");
    await page.locator(".kpi.total .value").waitFor();
    const name = await page.locator(".who").textContent();
    const answer = await context.request.post("/api/session", {
      headers: { authorization: `Bearer ${stack.limited_key}` },
    });
    expect(answer.status()).toBe(200);
    const all = await page.locator(".kpi.total .value").textContent();
    await lookAt(page);
    await soon(() => page.locator(".who").textContent()).not.toBe(name);
    await soon(() => page.locator(".kpi.total .value").textContent()).not.toBe(all);
  });

  test("keeps what it shows while it cannot be asked who is signed in", async () => {
    const { page, context } = await deskOf("admin_key", "/");
    await page.locator(".kpi.total .value").waitFor();
    await context.setOffline(true);
    const failed = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/api/session"));
    await lookAt(page);
    await failed;
    // Asked once more, after a second.
    await page.waitForEvent("requestfailed", (request) => request.url().endsWith("/api/session"));
    await pause(300);
    expect(await page.locator(".kpi.total .value").count()).toBe(1);
  });
});

describe("who may see what", () => {
  test("a marketing key sees lead stats, briefs and alerts", async () => {
    const { page } = await deskOf("marketing_key");
    const links = page.getByRole("navigation", { name: "Pages" }).getByRole("link");
    expect(await links.evaluateAll((all) => all.map((link) => link.getAttribute("href")))).toEqual([
      "/",
      "/briefs",
      "/alerts",
    ]);
    for (const path of ["/submissions", "/projects", "/projects/acme", "/channels"]) {
      await page.goto(path);
      await page.getByRole("heading", { name: "This page needs an admin key" }).waitFor();
    }
  });

  test("an address that names no page says so", async () => {
    const { page } = await deskOf("admin_key", "/nowhere");
    await page.getByRole("heading", { name: "There is nothing here" }).waitFor();
    await page.getByRole("link", { name: "go to lead stats" }).click();
    await page.getByRole("heading", heading).waitFor();
  });
});

describe("the page's policy", () => {
  test("forbids scripts, styles and frames of others", async () => {
    const response = await fetch(`${stack.url}/`);
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src 'self' 'wasm-unsafe-eval'(;|$)/);
    expect(policy).toMatch(/style-src 'self'(;|$)/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    // The pages' addresses are all this one file; what is no page is the Worker's to answer.
    const deep = await fetch(`${stack.url}/submissions/x`, { headers: { "sec-fetch-mode": "navigate" } });
    expect(await deep.text()).toBe(await response.text());
    const unknown = await fetch(`${stack.url}/api/unknown`, { headers: { "sec-fetch-mode": "navigate" } });
    expect(unknown.status).toBe(404);
    expect(unknown.headers.get("content-type")).toBe("application/problem+json");
  });

  test("stops a script that was put into the page", async () => {
    const { page, faults } = await deskOf("admin_key");
    const ran = await page.evaluate(async () => {
      const script = document.createElement("script");
      script.textContent = "window.hacked = true";
      document.body.append(script);
      await new Promise((resume) => setTimeout(resume, 50));
      return "hacked" in window;
    });
    expect(ran).toBe(false);
    expect(faults.splice(0).join()).toContain("Content Security Policy");
  });
});

test("the theme can be chosen, and is kept", async () => {
  const { page } = await deskOf("marketing_key", "/", { colorScheme: "light" });
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await page.getByRole("button", { name: /^Theme: as the system/ }).click();
  await page.getByRole("button", { name: /^Theme: light/ }).click();
  await page.getByRole("button", { name: /^Theme: dark/ }).waitFor();
  const dark = await background();
  expect(dark).not.toBe(light);
  await page.reload();
  await page.getByRole("button", { name: /^Theme: dark/ }).waitFor();
  expect(await background()).toBe(dark);
});
