/** The end of a session: whatever finds it asks for the key, and what was there stays with whose it was. */
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { type Desk, deskOf, newDesk, post, signIn, stack } from "./support/desk.ts";
import { soon } from "./support/stats.ts";

const mark = Date.now().toString(36);
let made = 0;

async function newProject(): Promise<string> {
  made += 1;
  const slug = `e2e-end-${mark}-${made}`;
  await post("/api/admin/projects", { slug, name: `End ${made}` });
  return slug;
}

const keyField = (page: Page) => page.getByLabel("API key");

async function enter(page: Page, key: string) {
  await keyField(page).fill(key);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("navigation", { name: "Pages" }).waitFor();
}

/** A desk with a setting that was typed and not saved. */
async function typed(): Promise<Desk> {
  const desk = await deskOf("admin_key", `/projects/${await newProject()}`);
  await desk.page.getByLabel("Honeypot field").fill("website_4");
  await desk.page.getByText("1 setting changed.").waitFor();
  return desk;
}

describe("settings that were typed", () => {
  test("outlive the session where the same key comes back", async () => {
    const { page, context } = await typed();
    await context.clearCookies();
    await page.getByRole("button", { name: "Save changes" }).click();
    await enter(page, stack.admin_key);
    await page.getByText("These changes were not saved when you left this page.").waitFor();
    expect(await page.getByLabel("Honeypot field").inputValue()).toBe("website_4");
    await page.getByRole("button", { name: "Save changes" }).click();
    await page.getByText("Saved.").waitFor();
  });

  test("are gone once somebody has signed out, in this tab or in another", async () => {
    const { page, context } = await typed();
    const address = page.url();
    await page.getByRole("button", { name: "Sign out" }).click();
    await enter(page, stack.admin_key);
    await page.getByText("Nothing to save.").waitFor();
    await page.getByLabel("Honeypot field").fill("website_5");
    await page.getByText("1 setting changed.").waitFor();
    const other = await context.newPage();
    await other.goto("/nowhere");
    await other.getByRole("button", { name: "Sign out" }).click();
    await keyField(page).waitFor();
    await enter(page, stack.admin_key);
    await page.getByText("Nothing to save.").waitFor();
    expect(page.url()).toBe(address);
  });

  test("are gone once another key was there", async () => {
    const { page, context } = await typed();
    await context.clearCookies();
    await page.getByRole("button", { name: "Save changes" }).click();
    await enter(page, stack.limited_key);
    await page.getByRole("heading", { name: "This page needs an admin key" }).waitFor();
    await context.clearCookies();
    await page.getByRole("link", { name: "Briefs" }).click();
    await enter(page, stack.admin_key);
    while (!new URL(page.url()).pathname.startsWith("/projects/")) await page.goBack();
    await page.getByText("Nothing to save.").waitFor();
  });
});

test("the key that somebody signed in with is not in the page's memory", async () => {
  const { page } = await newDesk();
  await signIn(page, stack.admin_key, "/nowhere");
  /** What the page's mutations were given, from the client that React hands to every part; null: not found. */
  const sent = () =>
    page.evaluate(() => {
      interface Fiber {
        child: Fiber | null;
        memoizedProps: {
          client?: { getMutationCache(): { getAll(): { state: { variables: unknown } }[] } };
        } | null;
      }
      const root = document.getElementById("root") as unknown as Record<string, Fiber>;
      const name = Object.keys(root).find((each) => each.startsWith("__reactContainer"));
      for (let fiber = root[name ?? ""] ?? null; fiber !== null; fiber = fiber.child) {
        const client = fiber.memoizedProps?.client;
        if (client !== undefined) {
          return client
            .getMutationCache()
            .getAll()
            .map(({ state }) => state.variables);
        }
      }
      return null;
    });
  await soon(sent).toEqual([]);
});

test("messages of one session are not the next one's", async () => {
  const { submission_id } = await post<{ submission_id: string }>("/api/leads", {
    project: stack.project,
    name: "Joan",
    email: `joan@end-${mark}.co.uk`,
    visitor: { ip: "198.51.100.83" },
    lead_hp: "x",
    form_seconds: 1,
  });
  const { page, context } = await deskOf("admin_key", `/submissions/${submission_id}`);
  const toast = page.locator(".toast");
  const correct = async () => {
    await page.getByRole("button", { name: "This is a real lead" }).click();
    await page.getByRole("button", { name: "Move to real leads" }).click();
    await toast.getByRole("button", { name: "Undo" }).waitFor();
  };
  await correct();
  await page.getByRole("button", { name: "Sign out" }).click();
  await enter(page, stack.admin_key);
  await page.getByRole("heading", { level: 1, name: "Joan" }).waitFor();
  expect(await toast.count()).toBe(0);
  // Nor where it ended by itself.
  await page.getByRole("region", { name: "Corrections" }).getByRole("button", { name: "Undo" }).click();
  await toast.getByText("Undone").waitFor();
  await correct();
  await context.clearCookies();
  await page.getByRole("link", { name: "Projects" }).click();
  await enter(page, stack.marketing_key);
  await page.getByRole("heading", { name: "This page needs an admin key" }).waitFor();
  expect(await toast.count()).toBe(0);
});

describe("an export that finds it asks for the key", () => {
  const open = async (desk: Desk) => {
    await desk.page.getByText("Counted at").waitFor();
    await desk.page.getByRole("button", { name: "Export view" }).click();
  };

  test("where it streams", async () => {
    const desk = await deskOf("admin_key", "/?range=last_week");
    // Headless, the browser's own dialog cannot be answered.
    await desk.page.evaluate(() => Object.assign(window, { showSaveFilePicker: undefined }));
    await open(desk);
    await desk.page.getByRole("button", { name: /^Every source in every bucket/ }).click();
    await desk.context.clearCookies();
    await desk.page.getByRole("dialog").getByRole("button", { name: "Export", exact: true }).click();
    await keyField(desk.page).waitFor();
  });

  test("where the server writes it, and leaves no message to the next session", async () => {
    const desk = await deskOf("admin_key", "/?range=last_week");
    await desk.page.route("**/export/**", (route) => route.abort());
    await open(desk);
    await desk.context.clearCookies();
    await desk.page
      .getByRole("group", { name: "By time" })
      .getByRole("button", { name: "CSV", exact: true })
      .click();
    await enter(desk.page, stack.admin_key);
    await desk.page.getByText("Counted at").waitFor();
    expect(await desk.page.locator(".toast").count()).toBe(0);
  });
});
