/** What lead.js adds to a submission: fields, campaign, engagement, honeypot. */
import { expect, test } from "vitest";
import { newVisitor, pause, until } from "./support/browser.ts";
import { FORM, openWebsite } from "./support/website.ts";

const site = openWebsite();
const { api } = site;
const last = () => api.received[api.received.length - 1]?.json ?? {};
const sent = (count: number) => until(`${count} posts`, () => api.received.length >= count);
const shows = (status: string) => until(`status ${status}`, async () => (await site.status()) === status);

test("a submission is JSON with the form's fields, and success is told", async () => {
  await site.fill();
  const success = site.page.evaluate(
    () =>
      new Promise((heard) =>
        document.addEventListener("lead:success", (e) => heard((e as CustomEvent).detail)),
      ),
  );
  await site.page.fill("[name=name]", "Ada O'Neil \u{1F44B}");
  await site.submit();
  expect(await success).toMatchObject({ submission_id: "sub_1", status: "received" });
  await shows("success");
  expect(await site.page.getAttribute("[data-lead-status]", "role")).toBe("status");
  expect(api.received[0]?.type).toBe("application/json");
  expect(last()).toMatchObject({
    project: "acme",
    name: "Ada O'Neil \u{1F44B}",
    email: "ada@corp.example",
    message: "",
    lead_hp: "",
    page: `${api.url}/form`,
    cta: "Send it",
    first_page: "/form",
    pages_viewed: 1,
  });
  expect(await site.page.inputValue("[name=email]")).toBe("");
});

test("a strict content security policy gives no console error, and no global is left behind", async () => {
  await site.page.goto(`${api.url}/thanks`);
  const names = () => Object.getOwnPropertyNames(window).sort();
  api.html("/bare", "<p>bare</p>", "");
  const bare = await newVisitor(site.browser);
  await bare.page.goto(`${api.url}/bare`);
  const without = await bare.page.evaluate(names);
  await bare.context.close();
  await site.fill();
  await site.submit();
  await shows("success");
  expect(site.errors).toEqual([]);
  expect(await site.page.evaluate(names)).toEqual(without);
});

test("the first page of a visit decides UTM, click ids, source and referer", async () => {
  api.html(
    "/blog",
    `<a href="${api.url}/landing?utm_source=ads&utm_campaign=spring&gclid=g1&source=booth&x=1">go</a>`,
  );
  api.html("/landing", '<a href="/form?utm_source=own&utm_medium=banner">form</a>');
  await site.page.goto(`${api.elsewhere}/blog`);
  await site.page.click("a");
  await site.page.click("text=form");
  await site.page.waitForURL("**/form?*");
  await site.fill();
  await site.submit();
  await sent(1);
  expect(last()).toMatchObject({
    utm_source: "ads",
    utm_campaign: "spring",
    gclid: "g1",
    source: "booth",
    referer: `${api.elsewhere}/`,
    first_page: "/landing",
    pages_viewed: 2,
    page: `${api.url}/form?utm_source=own&utm_medium=banner`,
  });
  expect(last()).not.toHaveProperty("utm_medium");
  expect(last()).not.toHaveProperty("x");
});

test("a page of the same site is no referer, and a fragment stays private", async () => {
  api.html("/near", '<a href="/form#token=secret" target="_blank" rel="noopener">form</a>');
  await site.page.goto(`${api.url}/near`);
  const [tab] = await Promise.all([site.context.waitForEvent("page"), site.page.click("a")]);
  await tab.fill("[name=email]", "ada@corp.example");
  await tab.click("form button");
  await sent(1);
  expect(last()).not.toHaveProperty("referer");
  expect(last().page).toBe(`${api.url}/form`);
  expect(last().pages_viewed).toBe(1);
});

test("engagement is measured", async () => {
  const filler = "<p>line</p>".repeat(200);
  api.html("/long", `${FORM}${filler}`);
  await site.page.goto(`${api.url}/long`);
  await pause(600);
  const began = Date.now();
  await site.page.fill("[name=email]", "ada@corp.example");
  await pause(1200);
  await site.submit();
  await sent(1);
  const first = last();
  expect(first.form_seconds).toBeGreaterThanOrEqual(1.2);
  // In tenths of a second.
  expect(first.form_seconds).toBeLessThan((Date.now() - began) / 1000 + 0.1);
  expect(first.time_on_page).toBeGreaterThanOrEqual(2);
  expect(first.scroll_depth).toBeGreaterThan(0);
  expect(first.scroll_depth).toBeLessThan(50);

  // Told with the next frame: until then nobody knows of it.
  await site.page.evaluate(
    () =>
      new Promise((resume) => {
        addEventListener("scroll", resume, { once: true });
        scrollTo(0, document.documentElement.scrollHeight);
      }),
  );
  await site.page.evaluate(() => scrollTo(0, 0));
  await site.page.evaluate(() => document.querySelector("form")?.requestSubmit());
  await sent(2);
  expect(last().scroll_depth).toBe(100);
  expect(last()).not.toHaveProperty("form_seconds"); // nothing was entered since the success
});

test("the honeypot is there for bots only", async () => {
  await site.page.goto(`${api.url}/form`);
  const pot = site.page.locator("[name=lead_hp]");
  expect(await pot.count()).toBe(1);
  const facts = await pot.evaluate((input: HTMLInputElement) => {
    const box = input.getBoundingClientRect();
    const style = getComputedStyle(input);
    return { right: box.right, width: box.width, display: style.display, autocomplete: input.autocomplete };
  });
  expect(facts.right).toBeLessThan(0);
  expect(facts.width).toBeGreaterThan(0);
  expect(facts.display).not.toBe("none");
  expect(facts.autocomplete).toBe("off");
  const tree = await site.page.locator("form").ariaSnapshot();
  expect(tree.match(/textbox/g)).toHaveLength(3);

  await site.page.focus("[name=name]");
  const visited: string[] = [];
  for (let n = 0; n < 5; n++) {
    visited.push(await site.page.evaluate(() => (document.activeElement as HTMLInputElement).name));
    await site.page.keyboard.press("Tab");
  }
  expect(visited.slice(0, 4)).toEqual(["name", "email", "message", ""]);
  expect(visited).not.toContain("lead_hp");

  await pot.evaluate((input: HTMLInputElement) => (input.value = "x"));
  await site.fill();
  await site.submit();
  await sent(1);
  expect(last().lead_hp).toBe("x");
});

test("a honeypot in the page is used as it is, also under another name", async () => {
  api.html(
    "/pots",
    `<form data-lead-project="a"><input name="lead_hp"></form>
     <form data-lead-project="b" data-lead-honeypot="url2"><input name="lead"></form>`,
  );
  await site.page.goto(`${api.url}/pots`);
  const names = await site.page.$$eval("input", (inputs) => inputs.map((input) => input.name));
  expect(names).toEqual(["lead_hp", "lead", "url2"]);
});

test("the call to action that was clicked last is told, over pages", async () => {
  api.html(
    "/home",
    '<a href="/form" data-lead-cta="Hero: get a quote"><b>Get a quote</b></a><button data-lead-cta>Call  us</button>',
  );
  await site.page.goto(`${api.url}/home`);
  await site.page.click("b");
  await site.page.waitForURL("**/form");
  await site.fill();
  await site.submit();
  await sent(1);
  expect(last().cta).toBe("Hero: get a quote");
  await site.page.goto(`${api.url}/home`);
  await site.page.click("button");
  await site.fill();
  await site.submit();
  await sent(2);
  expect(last().cta).toBe("Call  us");
});

test("groups are arrays, files stay home, tokens pass, an empty hidden field is filled", async () => {
  api.html(
    "/rich",
    `<form data-lead-project="acme"><input name="utm_source" type="hidden"><input name="utm_medium" type="hidden" value="own">
      <input type="checkbox" name="topic" value="a" checked><input type="checkbox" name="topic" value="b" checked>
      <input type="checkbox" name="consent" value="yes" checked><input type="checkbox" name="news" checked disabled>
      <input type="file" name="cv"><input type="hidden" name="cf-turnstile-response" value="tok">
      <input type="hidden" name="redirect" value="javascript:alert(1)"><button name="plan" value="pro">Buy</button></form>`,
  );
  await site.page.goto(`${api.url}/rich?utm_source=ads&utm_medium=cpc`);
  await site.page.setInputFiles("[name=cv]", {
    name: "cv.txt",
    mimeType: "text/plain",
    buffer: Buffer.from("cv"),
  });
  await site.submit();
  await shows("success");
  expect(last()).toMatchObject({
    utm_source: "ads",
    utm_medium: "own",
    topic: ["a", "b"],
    consent: "yes",
    "cf-turnstile-response": "tok",
    plan: "pro",
  });
  for (const name of ["cv", "news", "redirect"]) expect(last()).not.toHaveProperty(name);
});

test("without an action it posts to where the script came from", async () => {
  api.csp = `default-src 'self' ${api.elsewhere}`;
  const script = `<script src="${api.elsewhere}/lead.js" async></script>`;
  api.html("/foreign", FORM.replace('action="/api/leads"', 'action="/elsewhere"'), script);
  await site.page.goto(`${api.url}/foreign`);
  await site.page.locator("[name=lead_hp]").waitFor({ state: "attached" });
  const [request] = await Promise.all([
    site.page.waitForRequest((made) => made.method() === "POST"),
    site.submit(),
  ]);
  expect(request.url()).toBe(`${api.elsewhere}/api/leads`);
  await shows("success");
});
