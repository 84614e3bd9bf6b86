/** Dialogs: where the focus is when they open, and that they stay until what they do has ended. */
import type { Page, Route } from "playwright-core";
import { describe, expect, test } from "vitest";
import { deskOf, post, stack } from "./support/desk.ts";

const mark = Date.now().toString(36);

/** A bot's submission, which can be moved to real leads. */
async function submission(name: string): Promise<string> {
  const email = `${name.toLowerCase()}@dialogs-${mark}.co.uk`;
  const visitor = { ip: "198.51.100.81" };
  const body = { project: stack.project, name, email, visitor, lead_hp: "x", form_seconds: 1 };
  return (await post<{ submission_id: string }>("/api/leads", body)).submission_id;
}

/** Holds what is sent to the paths until it is released. */
async function held(page: Page, paths: RegExp, answer: (route: Route) => Promise<void>) {
  let release = () => {};
  const released = new Promise<void>((resume) => {
    release = resume;
  });
  await page.route(paths, async (route) => {
    if (route.request().method() === "GET") return route.continue();
    await released;
    return answer(route);
  });
  return { release };
}

const refused = (route: Route) =>
  route.fulfill({ status: 503, json: { code: "ledger_unavailable", detail: "The ledger gives no answer." } });

/** Every way out of a dialog, none of which cancels what runs. */
async function tryToLeave(page: Page) {
  for (const name of ["Close", "Cancel"]) {
    await page.getByRole("dialog").getByRole("button", { name }).click({ force: true });
  }
  // A browser asks the page only about the first.
  for (let i = 0; i < 3; i += 1) await page.keyboard.press("Escape");
}

describe("while what was asked for is being done a dialog stays", () => {
  test("and says that it failed", async () => {
    const { page } = await deskOf("admin_key", `/submissions/${await submission("Edith")}`);
    const { release } = await held(page, /\/correction$/, refused);
    await page.getByRole("button", { name: "This is a real lead" }).click();
    const dialog = page.getByRole("dialog", { name: "This is a real lead" });
    await dialog.getByRole("button", { name: "Move to real leads" }).click();
    await dialog.getByRole("button", { name: "Moving…" }).waitFor();
    await tryToLeave(page);
    // Where the browser closed it all the same, it is shown again.
    await dialog.waitFor();
    release();
    await dialog.getByRole("alert").getByText("The ledger gives no answer.").waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
  });

  test("and says that it is done", async () => {
    const { page } = await deskOf("admin_key", `/submissions/${await submission("Radia")}`);
    const { release } = await held(page, /\/api\/(leads|submissions)/, (route) => route.continue());
    await page.getByRole("button", { name: "Erase this person" }).click();
    await page.getByRole("button", { name: "Erase for good" }).click();
    await page.getByRole("button", { name: "Working…" }).waitFor();
    await tryToLeave(page);
    release();
    await page.getByText("Erased 1 submission.").waitFor();
    await page.getByRole("dialog").waitFor({ state: "detached" });
  });
});

describe("a dialog opens with the focus", () => {
  const focused = (page: Page) =>
    page.evaluate(() => {
      const at = document.activeElement;
      return at?.closest("dialog") && (at as HTMLInputElement).labels?.[0]?.textContent;
    });

  test("on its first field, so that Enter does not throw it away", async () => {
    const { page } = await deskOf("admin_key", "/projects");
    await page.getByRole("button", { name: "Block an address" }).click();
    expect(await focused(page)).toBe("Address or range");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "New project" }).click();
    expect(await focused(page)).toBe("Name");
    await page.keyboard.press("Escape");
    await page.goto(`/submissions/${await submission("Karen")}`);
    await page.getByRole("button", { name: "This is a real lead" }).click();
    expect(await focused(page)).toBe("Note (optional)");
  });

  test("on Cancel where it only asks: Enter does no harm", async () => {
    const { page } = await deskOf("admin_key", `/submissions/${await submission("Annie")}`);
    await page.getByRole("button", { name: "Erase this person" }).click();
    expect(await page.locator(":focus").textContent()).toBe("Cancel");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.getByRole("heading", { level: 1, name: "Annie" }).waitFor();
  });
});
