/** A page that stays open while another build is deployed. */
import { expect, test } from "vitest";
import { deskOf } from "./support/desk.ts";

test("a part that is gone has the page load anew, once, with its view", async () => {
  const { page, faults } = await deskOf("admin_key", "/?days=30&country=IN");
  await page.getByRole("heading", { name: "Lead stats", level: 1 }).waitFor({ state: "attached" });
  // What a server answers that knows no such file any more.
  await page.route(/\/assets\/(page|one)-[^/]+\.js$/, (route) => route.fulfill({ status: 404, body: "" }));
  const loads: string[] = [];
  page.on("framenavigated", (frame) => loads.push(new URL(frame.url()).pathname));
  await page.getByRole("link", { name: "Submissions" }).click();
  await page.getByRole("alert").waitFor();
  // By the link, by the reload; then it says so instead of loading for ever.
  expect(loads).toEqual(["/submissions", "/submissions"]);

  await page.unroute(/\/assets\/(page|one)-[^/]+\.js$/);
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("heading", { name: "Submissions", level: 1 }).waitFor();
  faults.splice(0);
});
