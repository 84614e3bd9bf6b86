/** lead.js when the network or the server fails: nothing is lost, nothing is counted twice. */
import { expect, test } from "vitest";
import { pause, until } from "./support/browser.ts";
import { openWebsite } from "./support/website.ts";

const site = openWebsite();
const { api } = site;
const sent = (count: number) => until(`${count} posts`, () => api.received.length >= count);
const shows = (status: string) => until(`status ${status}`, async () => (await site.status()) === status);
const keptItems = () =>
  site.page.evaluate(() => Object.keys(localStorage).filter((k) => k.startsWith("leadledger.")));

test("a 429 is tried again after Retry-After, with the same key and the same bytes", async () => {
  api.answers.push({ status: 429, headers: { "Retry-After": "2" } });
  await site.fill();
  await site.submit();
  await shows("success");
  const [first, second] = api.received;
  expect(api.received).toHaveLength(2);
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(1990);
  expect(second?.key).toBe(first?.key);
  expect(second?.text).toBe(first?.text);
  expect(first?.key).toMatch(/^[0-9-]{10,}$/);
});

test("a 503 and a dropped connection are tried again, then the lead is acknowledged and forgotten", async () => {
  api.answers.push({ status: 503 }, "drop");
  await site.fill();
  await site.submit();
  await sent(1);
  expect(await site.status()).toBe("sending");
  expect(await keptItems()).toHaveLength(1);
  await shows("success");
  expect(new Set(api.received.map((post) => post.key)).size).toBe(1);
  expect(api.received).toHaveLength(3);
  expect(await keptItems()).toEqual([]);
});

test("attempts are bounded; the same content then keeps its key, changed content gets another", async () => {
  api.answers.push(...Array.from({ length: 4 }, () => ({ status: 500 })));
  await site.fill();
  await site.submit();
  await until("pending", async () => (await site.status()) === "pending", 15_000);
  expect(api.received).toHaveLength(4);
  expect(await site.page.textContent("[data-lead-status]")).toContain("saved");

  api.answers.push({ status: 400, json: { detail: "Not yet." } });
  await site.submit();
  await shows("error");
  expect(api.received).toHaveLength(5);
  expect(new Set(api.received.map((post) => post.key)).size).toBe(1);

  await site.fill("grace@corp.example");
  await site.submit();
  await shows("success");
  expect(api.received).toHaveLength(6);
  expect(api.received[5]?.key).not.toBe(api.received[0]?.key);
});

test("the same content after a success is a new submission", async () => {
  for (const count of [1, 2]) {
    await site.fill();
    await site.submit();
    await sent(count);
    await shows("success");
  }
  expect(api.received[0]?.key).not.toBe(api.received[1]?.key);
});

test("offline it is saved and said so; online it is sent exactly once", async () => {
  await site.fill();
  await site.context.setOffline(true);
  await site.submit();
  await until(
    "said at once, without rounds of retries",
    async () => (await site.status()) === "pending",
    3000,
  );
  expect(await site.page.textContent("[data-lead-status]")).toBe(
    "Your message is saved and will be sent when you are back online.",
  );
  await site.submit(); // impatience makes no second submission
  await shows("pending");
  expect(await keptItems()).toHaveLength(1);
  await site.context.setOffline(false);
  await shows("success");
  await pause(500);
  expect(api.received).toHaveLength(1);
  expect(await site.page.inputValue("[name=email]")).toBe("");
  expect(await keptItems()).toEqual([]);
});

test("sending by hand what is just being sent in the background makes no second request", async () => {
  await site.fill();
  await site.context.setOffline(true);
  await site.submit();
  await shows("pending");
  api.answers.push({ status: 201, delay: 5_000 });
  await site.context.setOffline(false);
  await sent(1);
  await site.submit();
  await shows("success");
  await pause(300);
  expect(api.received).toHaveLength(1);
});

test("what was pending survives the page and is sent by the next one, once", async () => {
  await site.fill("later@corp.example");
  await site.context.setOffline(true);
  await site.submit();
  await shows("pending");
  await site.comeBack("/form");
  await sent(1);
  await until("forgotten", async () => (await keptItems()).length === 0);
  await site.page.reload();
  await pause(300);
  expect(api.received.map((post) => post.json.email)).toEqual(["later@corp.example"]);
});

test("several pending ones are sent in turn, and a page hears of each", async () => {
  await site.fill("one@corp.example");
  await site.context.setOffline(true);
  await site.submit();
  await shows("pending");
  await site.fill("two@corp.example");
  await site.submit();
  await until("two kept", async () => (await keptItems()).length === 2);
  await site.context.addInitScript(() => {
    const heard: unknown[] = [];
    Object.assign(window, { heard });
    document.addEventListener("lead:success", (event) =>
      heard.push((event as CustomEvent).detail.submission_id),
    );
  });
  await site.comeBack("/thanks");
  await until("two sent", async () => (await keptItems()).length === 0);
  expect(api.received.map((post) => post.json.email).sort()).toEqual([
    "one@corp.example",
    "two@corp.example",
  ]);
  expect(await site.page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toEqual([
    "sub_1",
    "sub_2",
  ]);
});

test("a long Retry-After is honoured over page loads", async () => {
  api.answers.push({ status: 503, headers: { "Retry-After": "120" } });
  await site.fill();
  await site.submit();
  await shows("pending");
  await site.page.reload();
  await pause(700);
  expect(api.received).toHaveLength(1);
  expect(await keptItems()).toHaveLength(1);
});

test("what is older than a week is dropped, and what is unreadable too", async () => {
  await site.page.goto(`${api.url}/thanks`);
  await site.page.evaluate(() => {
    const old = {
      key: "1-2",
      url: "/api/leads",
      made: Date.now() - 8 * 864e5,
      after: 0,
      sign: "{}",
      body: "{}",
    };
    localStorage.setItem("leadledger.pending.1-2", JSON.stringify(old));
    localStorage.setItem("leadledger.pending.bad", "{");
    localStorage.setItem("theirs", "kept");
  });
  await site.page.reload();
  await until("dropped", async () => (await keptItems()).length === 0);
  expect(api.received).toEqual([]);
  expect(await site.page.evaluate(() => localStorage.getItem("theirs"))).toBe("kept");
});

test("at most twenty are kept", async () => {
  await site.page.goto(`${api.url}/thanks`);
  await site.page.evaluate(() => {
    for (let n = 0; n < 20; n++) {
      const entry = {
        key: `${n}`,
        url: "/api/leads",
        made: Date.now(),
        after: Date.now() + 1e6,
        sign: "",
        body: "{}",
      };
      localStorage.setItem(`leadledger.pending.${n}`, JSON.stringify(entry));
    }
  });
  await site.fill();
  await site.context.setOffline(true);
  await site.submit();
  await shows("error"); // "saved" would be untrue once the page is left
  expect(await keptItems()).toHaveLength(20);
  await site.context.setOffline(false);
  await shows("success"); // but while the page is open it is still sent
});

test("only the API's own words are final: a captive portal's 200 and a firewall's 403 are not", async () => {
  api.answers.push(
    { status: 200, html: "<h1>Welcome to our Wi-Fi</h1>" },
    { status: 200, json: { login: "required" } },
    { status: 403, html: "<h1>Denied</h1>" },
  );
  await site.fill();
  await site.submit();
  await shows("success");
  expect(api.received).toHaveLength(4);
});

test("202 counts as success", async () => {
  api.answers.push({ status: 202 });
  await site.fill();
  await site.submit();
  await shows("success");
});

test("a refusal is not tried again and not kept", async () => {
  api.answers.push({ status: 403, json: { detail: "This address is blocked." } });
  await site.fill();
  await site.submit();
  await shows("error");
  await pause(1500);
  expect(api.received).toHaveLength(1);
  expect(await keptItems()).toEqual([]);
  expect(await site.page.inputValue("[name=email]")).toBe("ada@corp.example");
});

test("impatient clicks make one submission", async () => {
  api.answers.push({ status: 201, delay: 400 });
  await site.fill();
  await site.page.evaluate(() => {
    const button = document.querySelector("button");
    for (let n = 0; n < 5; n++) button?.click();
  });
  await shows("success");
  await pause(300);
  expect(api.received).toHaveLength(1);
});

test("while one is being sent no other is, and what is typed meanwhile stays", async () => {
  api.answers.push({ status: 201, delay: 5_000 });
  await site.fill();
  await site.submit();
  await site.fill("grace@corp.example");
  await site.submit();
  await shows("success");
  await pause(300);
  expect(api.received.map((post) => post.json.email)).toEqual(["ada@corp.example"]);
  expect(await site.page.inputValue("[name=email]")).toBe("grace@corp.example");
});

test("a body that is longer in bytes than in letters is sent too", async () => {
  const message = "ж".repeat(40_000);
  api.answers.push({ status: 413, json: { detail: "Too long." } });
  await site.fill();
  await site.page.fill("[name=message]", message);
  await site.submit();
  await shows("error");
  expect(api.received[0]?.json.message).toBe(message);
});

test("without storage it still sends, and does not say saved when it is not", async () => {
  await site.page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(window, name, {
        get: () => {
          throw new DOMException("denied", "SecurityError");
        },
      });
    }
  });
  await site.fill();
  await site.context.setOffline(true);
  await site.submit();
  await shows("error");
  await site.context.setOffline(false);
  await shows("success");
  expect(api.received).toHaveLength(1);
});
