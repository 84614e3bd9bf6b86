/** lead.js with several submissions that wait: each gets its turn, and a rest before the next. */
import { expect, test } from "vitest";
import { until } from "./support/browser.ts";
import { LateAnswer } from "./support/fake_api.ts";
import { openWebsite } from "./support/website.ts";

const site = openWebsite();
const { api } = site;
const posted = () => api.received.map((post) => post.json.email);

/** Makes these wait in the visitor's browser, as another tab would have left them that tried `ago` ms before. */
const plant = (names: string[], ago = 0) =>
  site.page.evaluate(
    ([emails, age]) => {
      for (const email of emails) {
        const now = Date.now();
        const body = JSON.stringify({ email });
        const entry = {
          key: email,
          url: "/api/leads",
          made: now,
          after: 0,
          tried: now - age,
          sign: email,
          body,
        };
        localStorage.setItem(`leadledger.pending.${email}`, JSON.stringify(entry));
      }
    },
    [names, ago] as const,
  );
const waiting = () =>
  site.page.evaluate(() =>
    Object.keys(localStorage).map((key) => /^leadledger\.pending\.(.+)/.exec(key)?.[1] ?? key),
  );

test("one that cannot be delivered does not hold up the others", async () => {
  api.respond = ({ json }) => (json.email === "a" ? { status: 500 } : undefined);
  await site.page.goto(`${api.url}/thanks`);
  await plant(["a", "b", "c"]);
  await site.page.reload();
  await until("the others are sent", async () => (await waiting()).join() === "a");
  expect(
    posted()
      .filter((email) => email !== "a")
      .sort(),
  ).toEqual(["b", "c"]);
});

test("the next page begins with what was tried longest ago", async () => {
  const never = new LateAnswer();
  api.respond = () => never.given;
  await site.page.goto(`${api.url}/thanks`);
  await plant(["a"], 1e6);
  await plant(["b"], 3e6);
  await plant(["c"], 2e6);
  for (const count of [1, 2, 3]) {
    await site.page.reload(); // gone before there is an answer
    await until(`${count} tried`, () => posted().length === count);
  }
  expect(posted()).toEqual(["b", "c", "a"]);
  never.give("drop");
});

test("what a person sends goes out while another gets no answer", async () => {
  const late = new LateAnswer();
  api.respond = ({ json }) => (json.email === "a" ? late.given : undefined);
  await site.page.goto(`${api.url}/thanks`);
  await plant(["a"]);
  await site.fill();
  await until("the one that waits is tried", () => posted().length === 1);
  await site.submit();
  await until("success", async () => (await site.status()) === "success");
  expect(posted()).toEqual(["a", "ada@corp.example"]);
  late.give({ status: 201 });
  await until("none waits", async () => (await waiting()).length === 0);
});

test("an open page tries again what any tab tried, and not before two minutes are over", async () => {
  await site.context.clock.install();
  await site.page.goto(`${api.url}/thanks`);
  await site.page.evaluate(() => {
    const began = Date.now();
    const rests: number[] = [];
    Object.assign(window, { rests });
    document.addEventListener("lead:success", () => rests.push(Date.now() - began));
  });
  await plant(["a"]);
  const rests = () => site.page.evaluate(() => (window as unknown as { rests: number[] }).rests);
  const tried = () =>
    site.page.evaluate(() => JSON.parse(localStorage.getItem("leadledger.pending.a") ?? "{}").tried);
  const before = await tried();
  await until("it is tried", async () => {
    await site.context.clock.fastForward(30_000);
    return (await tried()) !== before;
  });
  await until("it is sent", async () => (await rests()).length > 0);
  expect((await rests())[0]).toBeGreaterThanOrEqual(120_000);
  expect(posted()).toEqual(["a"]);
});
