/** The page of the API's description, in a real browser: it shows every operation, and nothing comes from elsewhere. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser, newVisitor } from "./support/browser.ts";
import { type Stack, startStack } from "./support/stack.ts";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let stack: Stack;
let browser: Browser;

beforeAll(async () => {
  stack = await startStack();
  browser = await launchBrowser();
}, 200_000);
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

interface Description {
  openapi: string;
  paths: Record<string, Record<string, { summary: string }>>;
}

test("the description may be read from every page", async () => {
  const response = await fetch(`${stack.url}/openapi.json`);
  expect(response.headers.get("content-type")).toMatch(/^application\/json/);
  expect(response.headers.get("access-control-allow-origin")).toBe("*");
  expect(((await response.json()) as Description).openapi).toMatch(/^3\.1\./);
});

describe.each(["light", "dark"] as const)("%s", (colorScheme) => {
  test.each([
    ["wide", { width: 1280, height: 900 }],
    ["phone", { width: 390, height: 844 }],
  ])("%s: every operation, our own files alone, no fault", { timeout: 120_000 }, async (_, viewport) => {
    const { context, page, errors } = await newVisitor(browser, { colorScheme, viewport, bypassCSP: false });
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    const response = await page.goto(`${stack.url}/docs`);
    expect(response?.headers()["content-security-policy"]).not.toContain("unsafe-eval");
    await page.locator("h1").first().waitFor({ timeout: 60_000 });
    const described = (await (await fetch(`${stack.url}/openapi.json`)).json()) as Description;
    const summaries = Object.values(described.paths).flatMap((path) =>
      Object.values(path).map(({ summary }) => summary),
    );
    expect(summaries.length).toBeGreaterThan(20);
    await expect
      .poll(() => page.locator("h2").count(), { timeout: 30_000 })
      .toBeGreaterThan(summaries.length);
    const headings = (await page.locator("h2").allTextContents()).join("\n");
    for (const summary of summaries) expect(headings).toContain(summary);
    expect(asked.filter((url) => !/^(data|blob):/.test(url) && !url.startsWith(`${stack.url}/`))).toEqual([]);
    expect(errors).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
    // The page's own policy would refuse the checker.
    const session = await context.newCDPSession(page);
    await session.send("Runtime.evaluate", { expression: `${axeSource};0` });
    const found = await page.evaluate(async () => {
      const { axe } = window as unknown as {
        axe: {
          run(
            of: unknown,
          ): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }>;
        };
      };
      const { violations } = await axe.run(window.document);
      return violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`);
    });
    expect(found).toEqual([]);
    await context.close();
  });
});

test("the description is searched", { timeout: 120_000 }, async () => {
  const { context, page, errors } = await newVisitor(browser, { bypassCSP: false });
  await page.goto(`${stack.url}/docs`);
  const box = page.getByPlaceholder("Search");
  await box.waitFor({ timeout: 60_000 });
  await box.fill("blocked");
  const found = page.locator('[data-role="search:results"]');
  await found.getByText("Blocked addresses").first().waitFor({ timeout: 30_000 });
  expect(await found.getByText("Weekly briefs").count()).toBe(0);
  expect(errors).toEqual([]);
  await context.close();
});
