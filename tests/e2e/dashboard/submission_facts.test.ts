/** What one submission says: the page must hold whatever a visitor put into the form. */
import type { Page } from "playwright-core";
import { test } from "vitest";
import { deskOf, post, stack } from "./support/desk.ts";
import { soon } from "./support/stats.ts";

const mark = Date.now().toString(36);

async function received(fields: object): Promise<string> {
  const visitor = { ip: "198.51.100.82", country: "GB" };
  const body = {
    project: stack.project,
    name: "Grace",
    email: `grace@facts-${mark}.co.uk`,
    visitor,
    ...fields,
  };
  return (await post<{ submission_id: string }>("/api/leads", body)).submission_id;
}

/** Labels and values of a panel, in order. */
const facts = (page: Page, title: string) =>
  page
    .getByRole("region", { name: title })
    .locator("dl > div")
    .evaluateAll((rows) =>
      Object.fromEntries(
        rows.map((row) => [row.querySelector("dt")?.textContent, row.querySelector("dd")?.textContent]),
      ),
    );

test("a form's own fields are shown as they came, whatever they are called", async () => {
  const id = await received({
    call_me_at: "after lunch",
    floor_at: "5",
    country_code_id: 7,
    topics: ["price", "demo"],
    size: { from: 10 },
    agreed: true,
  });
  const { page } = await deskOf("admin_key", `/submissions/${id}`);
  await page.getByRole("heading", { level: 1, name: "Grace" }).waitFor();
  await soon(() => facts(page, "Further fields of the form")).toEqual({
    call_me_at: "after lunch",
    floor_at: "5",
    country_code_id: "7",
    topics: "price, demo",
    size: '{"from":10}',
    agreed: "true",
  });
});

test("a time of the API's that is none is shown as it came", async () => {
  const id = await received({});
  const { page } = await deskOf("admin_key", "/nowhere");
  await page.route(`**/api/submissions/${id}`, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), sorted_at: "soon", weighed_at: 5 } });
  });
  await page.goto(`/submissions/${id}`);
  await soon(() => facts(page, "More")).toEqual({ sorted_at: "soon", weighed_at: "5" });
});

test("seconds are in the language of the page, in any browser", async () => {
  const id = await received({ time_on_page: 140, form_seconds: 1 });
  const { page } = await deskOf("admin_key", `/submissions/${id}`, { locale: "de-DE" });
  await soon(() => facts(page, "Where it came from")).toMatchObject({
    "Time on the page": "140 seconds",
    "Time in the form": "1 second",
  });
});
