// Takes the pictures for scripts/screenshots.mjs, in a Node that Playwright supports:
// `node take_screenshots.mjs <folder>`, with LEADLEDGER_URL and LEADLEDGER_KEY.

import { join } from "node:path";
import { chromium } from "playwright-core";

const folder = process.argv[2];
const { LEADLEDGER_URL: url, LEADLEDGER_KEY: key, CHROMIUM_PATH } = process.env;
if (!folder || !url || !key)
  throw new Error("usage: LEADLEDGER_URL= LEADLEDGER_KEY= take_screenshots.mjs <folder>");

const wide = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };

/** The first submission that was taken for a bot: its page shows why. */
async function botSubmission() {
  const response = await fetch(`${url}/api/submissions?event_type=bot&project=demo-saas&limit=1`, {
    headers: { authorization: `Bearer ${key}` },
  });
  const { data } = await response.json();
  return `/submissions/${data[0].submission_id}`;
}

/** The newest brief. */
async function newestBrief() {
  const response = await fetch(`${url}/api/briefs?limit=1`, { headers: { authorization: `Bearer ${key}` } });
  const { data } = await response.json();
  return `/briefs/${data[0].brief_id}`;
}

const view = "/?days=30&compare=previous&project=demo-saas,demo-events";
/** `part`: this alone; `height`: the page's beginning; else the whole page. */
const pages = [
  { name: "lead-stats", path: view },
  { name: "lead-stats-top", path: view, height: 1960 },
  { name: "lead-stats-90-days", path: "/?days=90&bucket=15min&group_by=channel%2Cdevice" },
  { name: "insights", path: view, part: "#worth-knowing" },
  { name: "briefs", path: "/briefs" },
  { name: "brief", path: await newestBrief() },
  { name: "brief-preview", path: "/briefs/preview" },
  { name: "alerts", path: "/alerts" },
  { name: "submissions", path: "/submissions" },
  { name: "submission", path: await botSubmission() },
  { name: "projects", path: "/projects" },
  { name: "project", path: "/projects/demo-saas" },
  { name: "channels", path: "/channels" },
];

const browser = await chromium.launch({
  executablePath: CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu"],
});

async function take(suffix, options) {
  const context = await browser.newContext({
    baseURL: url,
    locale: "en-GB",
    timezoneId: "Asia/Kolkata",
    ...options,
  });
  const page = await context.newPage();
  await page.goto("/");
  await page.getByLabel("API key").waitFor();
  await page.screenshot({ path: join(folder, `sign-in${suffix}.png`) });
  await page.getByLabel("API key").fill(key);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("navigation", { name: "Pages" }).waitFor();
  for (const { name, path, part, height } of pages) {
    await page.setViewportSize({ ...options.viewport, ...(height && { height }) });
    await page.goto(path);
    await page.getByRole("heading", { level: 1 }).waitFor();
    const settled = () =>
      page.waitForFunction(() => document.querySelector(".skeleton, [aria-busy='true']") === null);
    await settled();
    const late = page.locator("#worth-knowing"); // it loads when it comes near
    if (!height && (await late.count()) > 0) {
      await late.scrollIntoViewIfNeeded();
      await late.locator("article").first().waitFor();
      await settled();
      await page.evaluate(() => window.scrollTo(0, 0));
    }
    const file = { path: join(folder, `${name}${suffix}.png`) };
    await page.waitForTimeout(800); // until charts stand still
    if (part) await page.locator(part).screenshot(file);
    else await page.screenshot({ ...file, fullPage: !height });
  }
  await context.close();
}

await take("", { viewport: wide, colorScheme: "light" });
await take("-dark", { viewport: wide, colorScheme: "dark" });
await take("-phone", { viewport: phone, colorScheme: "light", isMobile: true, hasTouch: true });
await browser.close();
