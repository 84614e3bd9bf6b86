/** A real Chromium, and pages that report what went wrong inside them. */
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from "playwright-core";

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

export interface Visitor {
  context: BrowserContext;
  page: Page;
  /** Uncaught exceptions, and console errors other than a failed request, which Chromium logs by itself. */
  faults: string[];
  /** Every console error. */
  errors: string[];
}

export async function newVisitor(browser: Browser, options: BrowserContextOptions = {}): Promise<Visitor> {
  const context = await browser.newContext(options);
  const told = { faults: [], errors: [] };
  return { context, page: await newPage(context, told), ...told };
}

/** A page of that visitor, which tells what goes wrong in it. */
export async function newPage(
  context: BrowserContext,
  { faults, errors }: Pick<Visitor, "faults" | "errors">,
): Promise<Page> {
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => {
    if (message.type() !== "error") return;
    errors.push(message.text());
    if (!message.text().startsWith("Failed to load resource")) faults.push(message.text());
  });
  page.setDefaultTimeout(30_000);
  return page;
}

/** Waits until `check` holds; fails with what it was waiting for. */
export async function until(
  what: string,
  check: () => boolean | Promise<boolean>,
  ms = 30_000,
): Promise<void> {
  const end = Date.now() + ms;
  while (!(await check())) {
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain: ${what}`);
    await pause(25);
  }
}

let questions = 0;

/**
 * The `from` of some more than the last hour, another one each time: a report is kept for minutes, also one that
 * has only the first of what is waited for.
 */
export function unasked(): string {
  questions += 1;
  return `${new Date(Date.now() - 3_600_000 - questions * 1000).toISOString().slice(0, 19)}Z`;
}

export const pause = (ms: number): Promise<void> => new Promise((resume) => setTimeout(resume, ms));
