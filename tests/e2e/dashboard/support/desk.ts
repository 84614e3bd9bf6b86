/** A person at the dashboard: a browser that is signed in, and what the page asked of the API. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, BrowserContextOptions, Page, Request } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject } from "vitest";
import { launchBrowser, newVisitor, pause, type Visitor } from "../../support/browser.ts";

export const stack = inject("stack");

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export interface Desk extends Visitor {
  /** Paths with queries that the page asked the Worker for, in order; reset() forgets them. */
  asked: string[];
  reset(): void;
}

let browser: Browser;
let desks: Desk[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const QUARTER_MS = 15 * 60_000;

/**
 * Waits for the next quarter of an hour where the running one has less than `ms` left: what is asked before and after
 * its end are two questions. Hours and days of Kolkata end with quarters of UTC.
 */
export async function untilQuarterHas(ms: number): Promise<void> {
  const left = QUARTER_MS - (Date.now() % QUARTER_MS);
  if (left < ms) await pause(left + 100);
}
beforeEach(() => untilQuarterHas(40_000));

afterEach(async () => {
  const faults = desks.flatMap((desk) => desk.faults);
  for (const desk of desks) await desk.context.close();
  desks = [];
  expect(faults).toEqual([]);
});

const isAsked = (request: Request) => /^\/(api|analytics)\//.test(new URL(request.url()).pathname);

/** A fresh browser profile; nobody is signed in. */
export async function newDesk(options: BrowserContextOptions = {}): Promise<Desk> {
  const visitor = await newVisitor(browser, {
    baseURL: stack.url,
    locale: "en-GB",
    timezoneId: "Asia/Kolkata",
    viewport: { width: 1280, height: 900 },
    acceptDownloads: true,
    ...options,
  });
  const asked: string[] = [];
  visitor.page.on("request", (request) => {
    const { pathname, search } = new URL(request.url());
    if (isAsked(request)) asked.push(pathname + search);
  });
  const desk = { ...visitor, asked, reset: () => void asked.splice(0) };
  desks.push(desk);
  return desk;
}

export type KeyName = "admin_key" | "marketing_key" | "limited_key";

/** Signs in through the page itself. */
export async function signIn(page: Page, key: string, path = "/"): Promise<void> {
  await page.goto(path);
  await page.getByLabel("API key").fill(key);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("navigation", { name: "Pages" }).waitFor();
}

/** A desk whose person is signed in, at `path`. The cookie is had from the API, as the page would. */
export async function deskOf(key: KeyName, path = "/", options: BrowserContextOptions = {}): Promise<Desk> {
  const desk = await newDesk(options);
  const answer = await desk.context.request.post("/api/session", {
    headers: { authorization: `Bearer ${stack[key]}` },
  });
  expect(answer.status()).toBe(200);
  await desk.page.goto(path);
  await desk.page.getByRole("navigation", { name: "Pages" }).waitFor();
  return desk;
}

/** What the API says to the marketing key. */
export async function api<T>(path: string, key: KeyName = "admin_key"): Promise<T> {
  const response = await fetch(`${stack.url}${path}`, { headers: { authorization: `Bearer ${stack[key]}` } });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

/** Sends JSON with the admin key, as a server would. */
export async function post<T>(path: string, json: unknown, headers: Record<string, string> = {}): Promise<T> {
  const response = await fetch(stack.url + path, {
    method: "POST",
    headers: { authorization: `Bearer ${stack.admin_key}`, "content-type": "application/json", ...headers },
    body: JSON.stringify(json),
  });
  return (await response.json()) as T;
}

/** Rules of WCAG 2.2 A and AA and axe's best practices that the page breaks, with the places. */
export async function axe(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import("axe-core") };
    const { violations } = await axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")} ${failureSummary}`),
    );
  });
}

/** Waits until nothing on the page is loading any more. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector(".skeleton, [aria-busy='true']") === null);
}
