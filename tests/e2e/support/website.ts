/** What both suites of the form script begin with: the built script, a fake API, a browser, a visitor per test. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import { buildLeadScript } from "../../../worker/form/build.mjs";
import { launchBrowser, newPage, newVisitor, until, type Visitor } from "./browser.ts";
import { FakeApi } from "./fake_api.ts";

export const FORM = `
  <form action="/api/leads" method="post" data-lead-project="acme">
    <input type="hidden" name="project" value="acme">
    <label>Name <input name="name"></label>
    <label for="email">E-mail</label> <input id="email" name="email" aria-describedby="hint"><small id="hint">Work</small>
    <label>Message <textarea name="message"></textarea></label>
    <button>Send it</button>
  </form>`;

export interface Website extends Visitor {
  api: FakeApi;
  browser: Browser;
  /** Opens the page with FORM, fills in an e-mail address, and leaves it unsent. */
  fill(email?: string): Promise<void>;
  submit(): Promise<void>;
  /**
   * The page is closed while offline; then the connection returns, and the visitor opens a page of the site. A page
   * that is only left may live long enough to hear of the connection, and send what it keeps.
   */
  comeBack(path: string): Promise<void>;
  status(): Promise<string>;
}

/** Registers the hooks; the object is filled anew for each test. */
export function openWebsite(): Website {
  const api = new FakeApi();
  const site = { api } as Website;
  site.fill = async (email = "ada@corp.example") => {
    if (!site.page.url().startsWith(`${api.url}/form`)) await site.page.goto(`${api.url}/form`);
    await site.page.fill("[name=email]", email);
  };
  site.submit = () => site.page.click("form button");
  site.comeBack = async (path) => {
    await site.page.close();
    site.page = await newPage(site.context, site);
    await site.context.setOffline(false);
    // Chromium says that it is online again before its network service knows.
    await until(`${path} opens`, async () => {
      try {
        await site.page.goto(`${api.url}${path}`);
        return true;
      } catch (error) {
        if (/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED/.test(String(error))) return false;
        throw error;
      }
    });
  };
  site.status = async () => (await site.page.getAttribute("[data-lead-status]", "data-lead-status")) ?? "";

  beforeAll(async () => {
    const directory = await mkdtemp(join(tmpdir(), "lead-script-"));
    const { outfile } = await buildLeadScript(join(directory, "lead.js"));
    const script = { type: "text/javascript", content: await readFile(outfile, "utf8") };
    await rm(directory, { recursive: true });
    api.pages.set("/lead.js", script);
    api.html("/form", FORM);
    api.html("/thanks", "<h1>Thanks</h1>");
    await api.listen();
    site.browser = await launchBrowser();
  });
  afterAll(async () => {
    await site.browser?.close();
    await api.close();
  });
  beforeEach(async () => {
    api.reset();
    Object.assign(site, await newVisitor(site.browser));
  });
  afterEach(async () => {
    const cookies = await site.context.cookies();
    await site.context.close();
    expect(site.faults, "uncaught errors and CSP violations").toEqual([]);
    expect(cookies, "cookies").toEqual([]);
  });
  return site;
}
