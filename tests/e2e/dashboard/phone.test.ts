/** The dashboard on phones: nothing is cut off or too small to hit, and everything is in reach. */
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { api, deskOf, newDesk, settled } from "./support/desk.ts";
import { feed } from "./support/told.ts";

const phones = [
  { width: 360, height: 740 },
  { width: 390, height: 844 },
];
const asPhone = (viewport: { width: number; height: number }) => ({
  viewport,
  hasTouch: true,
  isMobile: true,
});

/** How far the page is wider than the phone, and what sticks out: parts that scroll by themselves may. */
const overflow = (page: Page) =>
  page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    const scrolls = (element: Element) => {
      for (let part = element.parentElement; part !== null; part = part.parentElement) {
        if (/auto|scroll|hidden|clip/.test(getComputedStyle(part).overflowX)) return true;
      }
      return false;
    };
    const out = [...document.body.querySelectorAll("*")].filter((element) => {
      const { left, right, width, height } = element.getBoundingClientRect();
      if (width <= 1 || height <= 1) return false;
      return (right > clientWidth + 1 || left < -1) && !scrolls(element);
    });
    return {
      by: scrollWidth - clientWidth,
      out: out.slice(0, 5).map((element) => `${element.tagName}.${element.getAttribute("class")}`),
    };
  });

/** Buttons, links and fields that are smaller than WCAG 2.2 wants; links in a text may be, and handles with buttons beside. */
const tooSmall = (page: Page) =>
  page.evaluate(() => {
    const all = document.querySelectorAll<HTMLElement>(
      "a[href], button, input, select, textarea, [tabindex='0']",
    );
    return [...all].flatMap((element) => {
      const box = element.getBoundingClientRect();
      if (box.width <= 1 || box.height <= 1 || !element.checkVisibility()) return [];
      if (element.matches("p a, li a:not(.button), .about a, .brush *")) return [];
      // A choice is hit by its label, and the link of a row by its row.
      const isChoice = element.matches("input[type=radio], input[type=checkbox]");
      const target =
        (isChoice ? element.closest("label") : element.matches(".row-link") ? element.closest("tr") : null) ??
        element;
      const { width, height } = target.getBoundingClientRect();
      if (width >= 24 && height >= 24) return [];
      return [
        `${element.tagName} "${element.getAttribute("aria-label") ?? element.textContent}" ${width} x ${height}`,
      ];
    });
  });

async function fits(page: Page) {
  await settled(page);
  expect(await overflow(page)).toEqual({ by: 0, out: [] });
  expect(await tooSmall(page)).toEqual([]);
}

interface List {
  data: { submission_id: string }[];
}

describe.each(phones)("on $width x $height", (viewport) => {
  test("every page fits, and its targets are large enough", { timeout: 120_000 }, async () => {
    const [bot, primary] = await Promise.all(
      ["bot", "primary"].map(async (type) => {
        const { data } = await api<List>(`/api/submissions?project=demo-saas&event_type=${type}&limit=1`);
        return data[0]?.submission_id;
      }),
    );
    const { page } = await deskOf("admin_key", "/nowhere", asPhone(viewport));
    await feed(page);
    for (const path of [
      "/?project=demo-saas",
      "/?project=demo-saas&country=IN&event_type=-bot&utm_campaign=~a&days=90",
      "/?group_by=utm_campaign,landing_path&from=2026-01-01&to=2026-01-03",
      "/submissions",
      `/submissions?q=${"long".repeat(20)}`,
      `/submissions/${bot}`,
      `/submissions/${primary}`,
      "/submissions/nobody",
      "/projects",
      "/projects/demo-saas",
      "/projects/nobody",
      "/briefs",
      "/briefs/brief_1",
      "/briefs/preview",
      "/alerts",
      "/channels",
      "/nowhere",
    ]) {
      await page.goto(path);
      await page.locator("h1").waitFor({ state: "attached" });
      await settled(page);
      expect([path, await overflow(page)]).toEqual([path, { by: 0, out: [] }]);
      expect([path, await tooSmall(page)]).toEqual([path, []]);
    }
    // More pages than fit beside each other: the present one is in sight.
    await page.goto("/channels");
    const present = page.locator(".nav [aria-current=page]");
    await page.locator(".nav .count").waitFor();
    await expect
      .poll(async () => {
        const at = await present.boundingBox();
        return (at?.x ?? -1) >= 0 && (at?.x ?? 0) + (at?.width ?? 0) <= viewport.width;
      })
      .toBe(true);
  });

  test("signing in fits, also with an error", async () => {
    const { page } = await newDesk(asPhone(viewport));
    await page.goto("/");
    await page.getByLabel("API key").fill("llk_a_nobodys");
    await fits(page);
    await page.getByRole("button", { name: "Sign in" }).tap();
    await page.getByText("This key is not known").waitFor();
    await fits(page);
  });

  test("what opens above the page stays within the screen, and can be closed", {
    timeout: 90_000,
  }, async () => {
    const { page } = await deskOf("admin_key", "/?project=demo-saas&days=90", asPhone(viewport));
    await settled(page);
    await page.locator(".controls .fold").tap();
    await fits(page);
    const inScreen = async (name: string) => {
      const box = page.locator(":popover-open, dialog[open]").last();
      await box.waitFor();
      await expect.poll(() => box.locator(".skeleton").count()).toBe(0);
      const at = await box.boundingBox();
      expect([name, (at?.x ?? -1) >= 0, (at?.x ?? 0) + (at?.width ?? 0) <= viewport.width]).toEqual([
        name,
        true,
        true,
      ]);
      expect([name, (at?.y ?? -1) >= 0, (at?.y ?? 0) + (at?.height ?? 0) <= viewport.height]).toEqual([
        name,
        true,
        true,
      ]);
      expect([name, await overflow(page)]).toEqual([name, { by: 0, out: [] }]);
      expect([name, await tooSmall(page)]).toEqual([name, []]);
      await page.keyboard.press("Escape");
      await expect
        .poll(async () => [name, await page.locator(":popover-open, dialog[open]").count()])
        .toEqual([name, 0]);
    };
    for (const name of [
      /^Other ranges/,
      /^Time zone/,
      "Add filter",
      /edit the filter/,
      "Export view",
      "Export: Submissions over time",
      /^By minute/,
    ]) {
      await page.getByRole("button", { name }).tap();
      await inScreen(String(name));
    }
    await page.goto("/projects");
    for (const name of ["New project", "Block an address"]) {
      await page.getByRole("button", { name }).tap();
      await inScreen(name);
    }
    const { data } = await api<List>("/api/submissions?project=demo-saas&event_type=bot&limit=1");
    await page.goto(`/submissions/${data[0]?.submission_id}`);
    await page.getByRole("button", { name: "Erase this person" }).tap();
    await inScreen("Erase");
  });

  test("a view is made and taken away with the finger alone", { timeout: 60_000 }, async () => {
    const { page } = await deskOf("marketing_key", "/?project=demo-saas", asPhone(viewport));
    await settled(page);
    const fold = page.locator(".controls .fold");
    expect(await fold.getAttribute("aria-expanded")).toBe("false");
    await fold.tap();
    await page.getByRole("button", { name: "30 days", exact: true }).tap();
    await expect.poll(() => new URL(page.url()).searchParams.get("days")).toBe("30");
    await page.getByLabel("Compared with").selectOption("none");
    await page.getByRole("button", { name: "Add filter" }).tap();
    await page.getByLabel("Filter by").selectOption("vpn");
    await page.getByRole("button", { name: "Add filter" }).last().tap();
    await expect.poll(() => new URL(page.url()).searchParams.get("vpn")).toBe("true");
    await page.getByRole("button", { name: /^Remove the filter “VPN/ }).tap();
    await expect.poll(() => new URL(page.url()).searchParams.get("vpn")).toBeNull();
    await settled(page);
    await page
      .getByRole("group", { name: "Submissions over time: shown as" })
      .getByRole("button", { name: "Table" })
      .tap();
    const table = page.getByRole("region", { name: "Submissions by time" });
    await table.waitFor();
    expect(await overflow(page)).toEqual({ by: 0, out: [] });
    // The last column is reached by scrolling the table alone.
    await table.getByRole("columnheader", { name: "Hot" }).scrollIntoViewIfNeeded();
    expect(await page.evaluate(() => document.documentElement.scrollLeft)).toBe(0);
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export: Submissions over time" }).tap();
    await page.getByRole("button", { name: "CSV", exact: true }).tap();
    expect(await readFile(await (await saved).path(), "utf8")).toContain("total");
  });
});
