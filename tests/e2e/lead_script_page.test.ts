/** lead.js as a guest on a page: what it shows, and what it leaves alone. */
import { expect, test } from "vitest";
import { newVisitor, pause, until } from "./support/browser.ts";
import { LateAnswer } from "./support/fake_api.ts";
import { FORM, openWebsite } from "./support/website.ts";

const site = openWebsite();
const { api } = site;
const last = () => api.received[api.received.length - 1]?.json ?? {};
const sent = (count: number) => until(`${count} posts`, () => api.received.length >= count);
const shows = (status: string) => until(`status ${status}`, async () => (await site.status()) === status);

test("errors are shown at their fields, and focus goes to the first", async () => {
  const invalid_params = [
    { name: "message", reason: "At most 10,000 characters.", code: "too_large" },
    { name: "email", reason: "This is not an e-mail address.", code: "bad_value" },
    { name: "project", reason: "Unknown project.", code: "bad_value" },
  ];
  api.answers.push({ status: 422, json: { detail: "Some fields need a look.", invalid_params } });
  await site.fill("ada@");
  await site.submit();
  await shows("error");

  const email = site.page.locator("[name=email]");
  expect(await email.getAttribute("aria-invalid")).toBe("true");
  const ids = (await email.getAttribute("aria-describedby"))?.split(" ") ?? [];
  expect(ids[0]).toBe("hint");
  expect(await site.page.textContent(`#${ids[1]}`)).toBe("This is not an e-mail address.");
  expect(await site.page.evaluate(() => (document.activeElement as HTMLInputElement).name)).toBe("email");
  // The error of a field inside its label stands beside the label, so the field's name does not change.
  expect(
    await site.page.getByRole("textbox", { name: "Message", exact: true }).getAttribute("aria-invalid"),
  ).toBe("true");
  const alert = site.page.getByRole("alert");
  expect(await alert.textContent()).toBe("Some fields need a look. Unknown project.");
  expect(await site.page.getAttribute("form", "aria-busy")).toBeNull();

  await site.page.keyboard.type("x");
  expect(await email.getAttribute("aria-invalid")).toBeNull();
  expect(await email.getAttribute("aria-describedby")).toBe("hint");
  expect(await site.page.locator(".lead-error").count()).toBe(1);
  await site.submit();
  await shows("success");
  expect(await site.page.locator(".lead-error, [aria-invalid]").count()).toBe(0);
  expect(await site.page.getByRole("alert").count()).toBe(0);
});

/** What the page's own code heard of, in turn; of the events that are named. */
async function listen(...types: string[]): Promise<() => Promise<string[]>> {
  await site.page.evaluate((names) => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    for (const name of names) document.addEventListener(name, () => heard.push(name));
  }, types);
  return () => site.page.evaluate(() => (window as unknown as { heard: string[] }).heard);
}

test("the outcome of an earlier submission is told, and the form stays with the one being sent", async () => {
  const first = new LateAnswer();
  const second = new LateAnswer();
  api.respond = ({ json }) => (json.email === "one@corp.example" ? first : second).given;
  api.html("/form/redirected", FORM.replace("<form", '<form data-lead-redirect="/thanks"'));
  await site.page.goto(`${api.url}/form/redirected`);
  await site.fill("one@corp.example");
  await site.context.setOffline(true);
  await site.submit();
  await shows("pending");
  await site.context.setOffline(false);
  await sent(1);
  const heard = await listen("lead:success");
  await site.fill("two@corp.example");
  await site.submit();
  await sent(2);
  first.give({ status: 201 });
  await until("the first is told", async () => (await heard()).length === 1);
  expect(await site.status()).toBe("sending");
  expect(await site.page.getAttribute("form", "aria-busy")).toBe("true");

  second.give({ status: 422, json: { invalid_params: [{ name: "email", reason: "Bad." }] } });
  await shows("error");
  expect(site.page.url()).toBe(`${api.url}/form/redirected`);
  expect(await site.page.textContent(".lead-error")).toBe("Bad.");
  expect(await site.page.evaluate(() => (document.activeElement as HTMLInputElement).name)).toBe("email");
});

test("refusals that nobody waits for take no focus, and only the last submission's is shown", async () => {
  api.respond = ({ json }) => ({
    status: 422,
    json: { invalid_params: [{ name: "email", reason: `Not ${json.email}.` }] },
  });
  await site.fill("one@corp.example");
  await site.context.setOffline(true);
  await site.submit();
  await shows("pending");
  await site.fill("two@corp.example");
  await site.submit();
  await shows("pending");
  await site.page.focus("[name=message]");
  const heard = await listen("lead:error");
  await site.context.setOffline(false);
  await until("both are told", async () => (await heard()).length === 2);
  expect(await site.page.locator(".lead-error").allTextContents()).toEqual(["Not two@corp.example."]);
  expect(await site.page.evaluate(() => (document.activeElement as HTMLInputElement).name)).toBe("message");
});

test("texts can be the website's own", async () => {
  api.html(
    "/texts",
    `<form data-lead-project="acme" data-lead-sending="Einen Moment" data-lead-success="Danke" data-lead-error="Oje"
       data-lead-pending="Später"><p data-lead-status id="own"></p><button>Los</button></form>`,
  );
  api.answers.push({ status: 400, delay: 3_000 });
  await site.page.goto(`${api.url}/texts`);
  await site.submit();
  const own = () => site.page.textContent("#own");
  expect(await own()).toBe("Einen Moment");
  await shows("error");
  expect(await own()).toBe("Oje");
  await site.submit();
  await shows("success");
  expect(await own()).toBe("Danke");
  await site.context.setOffline(true);
  await site.submit();
  await shows("pending");
  expect(await own()).toBe("Später");
  expect(await site.page.locator("[data-lead-status]").count()).toBe(1);
});

test("two forms on a page do not know of each other", async () => {
  api.html("/two", FORM + FORM.replace(/acme/g, "other").replace("<form", '<form data-lead-cta="Footer"'));
  await site.page.goto(`${api.url}/two`);
  const [first, second] = [site.page.locator("form").first(), site.page.locator("form").last()];
  api.answers.push({ status: 422, json: { invalid_params: [{ name: "email", reason: "Bad." }] } });
  await first.locator("[name=email]").fill("one@corp.example");
  await first.locator("button").click();
  await first.getByRole("alert").waitFor();
  await second.locator("[name=email]").fill("two@corp.example");
  await second.locator("button").click();
  await second.locator("[data-lead-status=success]").waitFor();
  expect(api.received.map(({ json }) => [json.project, json.email, json.cta])).toEqual([
    ["acme", "one@corp.example", "Send it"],
    ["other", "two@corp.example", "Footer"],
  ]);
  expect(await first.locator("[aria-invalid=true]").count()).toBe(1);
  expect(await second.locator("[aria-invalid]").count()).toBe(0);
});

test("a form that appears later works too", async () => {
  await site.page.goto(`${api.url}/thanks`);
  await site.page.evaluate((html) => document.body.insertAdjacentHTML("beforeend", html), FORM);
  await site.page.locator("[name=lead_hp]").waitFor({ state: "attached" });
  await site.page.fill("[name=email]", "late@corp.example");
  await site.submit();
  await shows("success");
  expect(last().email).toBe("late@corp.example");
});

test("after a success it goes where the form says, unless the page cancels that", async () => {
  api.html("/go", FORM.replace("<button>", '<input type="hidden" name="redirect" value="/thanks"><button>'));
  await site.page.goto(`${api.url}/go`);
  await site.page.evaluate(() =>
    document.addEventListener("lead:success", (event) => event.preventDefault(), { once: true }),
  );
  await site.submit();
  await sent(1);
  await pause(300);
  expect(site.page.url()).toBe(`${api.url}/go`);
  await site.submit();
  await site.page.waitForURL("**/thanks");
});

test("included twice it still sends once", async () => {
  api.html("/twice", FORM, '<script src="/lead.js"></script><script src="/lead.js?2" defer></script>');
  await site.page.goto(`${api.url}/twice`);
  await site.page.fill("[name=email]", "ada@corp.example");
  await site.submit();
  await shows("success");
  await pause(200);
  expect(api.received).toHaveLength(1);
  expect(await site.page.locator("[name=lead_hp]").count()).toBe(1);
  expect(await site.page.locator("[data-lead-status]").count()).toBe(1);
});

test("a submit that the page itself stops, and forms that are none of its business, are left alone", async () => {
  api.html("/others", `${FORM}<form id="search" action="/thanks"><input name="q"></form>`);
  await site.page.goto(`${api.url}/others`);
  await site.page.evaluate(() =>
    document.forms[0]?.addEventListener("submit", (event) => event.preventDefault()),
  );
  await site.submit();
  await site.page.evaluate(() => document.forms[1]?.requestSubmit());
  await site.page.waitForURL("**/thanks?q=");
  expect(api.received).toEqual([]);
});

const NATIVE = FORM.replace("<button>", '<input type="hidden" name="redirect" value="/thanks"><button>');

test("without JavaScript the form posts by itself and is redirected", async () => {
  api.html("/native", NATIVE);
  const plain = await newVisitor(site.browser, { javaScriptEnabled: false });
  await plain.page.goto(`${api.url}/native`);
  await plain.page.fill("[name=email]", "plain@corp.example");
  await plain.page.click("form button");
  await plain.page.waitForURL("**/thanks");
  await plain.context.close();
  expect(api.received[0]?.type).toBe("application/x-www-form-urlencoded");
  expect(new URLSearchParams(api.received[0]?.text).get("email")).toBe("plain@corp.example");
});

test("when something it needs is missing, the browser posts the form", async () => {
  api.html("/native", NATIVE);
  await site.page.addInitScript(() => Object.defineProperty(crypto, "getRandomValues", { value: undefined }));
  await site.page.goto(`${api.url}/native`);
  await site.page.fill("[name=email]", "old@corp.example");
  await site.submit();
  await site.page.waitForURL("**/thanks");
  expect(api.received.map((post) => post.type)).toEqual(["application/x-www-form-urlencoded"]);
});
