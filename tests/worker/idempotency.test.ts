// One Idempotency-Key, one submission: however often it comes.

import { expect, test } from "vitest";
import { person, robot } from "./support/people.ts";
import { Stage } from "./support/stage.ts";

const withKey = (key: string) => ({ headers: { "idempotency-key": key } });

test("the same key with the same content gets the first answer back, and leaves nothing more", async () => {
  const stage = await Stage.open();
  const asha = person();
  const options = { key: "admin", ...withKey("k-1") } as const;
  const first = await stage.post(asha, options);
  const again = await stage.post(asha, options);
  expect(first.headers.has("idempotency-replayed")).toBe(false);
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  expect([again.status, again.json]).toEqual([first.status, first.json]);
  expect(again.json.event_type).toBe("primary");
  expect(await stage.rows("submissions")).toHaveLength(1);
  expect(stage.points).toHaveLength(1);
});

test("the content counts, not its encoding nor the order of its fields", async () => {
  const stage = await Stage.open();
  const asha = { project: stage.project, ...person(), form_seconds: "42", zip: "400001", age: "9" };
  const reversed = Object.fromEntries(Object.entries(asha).reverse());
  const form = new FormData();
  for (const [name, value] of Object.entries(asha)) form.append(name, String(value));
  const first = await stage.call("/api/leads", { body: asha, ...withKey("k") });
  for (const body of [new URLSearchParams(reversed as Record<string, string>), form, reversed]) {
    const again = await stage.call("/api/leads", { body, ...withKey("k") });
    expect(again.status).toBe(201);
    expect(again.json).toEqual(first.json);
    expect(again.headers.get("idempotency-replayed")).toBe("true");
  }
  expect(await stage.rows("submissions")).toHaveLength(1);
  expect(stage.points).toHaveLength(1);
});

test("the same key with other content is a 422, whichever field differs", async () => {
  const stage = await Stage.open();
  const asha = { ...person(), zip: "400001" };
  await stage.post(asha, withKey("k"));
  for (const change of [
    { message: "Something else entirely, please." },
    { zip: "400002" },
    { consent: "yes" },
  ]) {
    const other = await stage.post({ ...asha, ...change }, withKey("k"));
    expect([other.status, other.json.code], JSON.stringify(change)).toEqual([422, "idempotency_key_reused"]);
  }
  expect(await stage.rows("submissions")).toHaveLength(1);
  expect(stage.points).toHaveLength(1);
});

test("one key in two projects names two submissions", async () => {
  const [one, other] = [await Stage.open(), await Stage.open()];
  const asha = person();
  const a = await one.post(asha, withKey("shared"));
  const b = await other.post(asha, withKey("shared"));
  expect([a.status, b.status]).toEqual([201, 201]);
  expect(a.json.submission_id).not.toBe(b.json.submission_id);
  expect(b.headers.has("idempotency-replayed")).toBe(false);
  expect([one.points.length, other.points.length]).toEqual([1, 1]);
});

test("forty simultaneous posts with one key make one row and one point, and all are told the same", async () => {
  const stage = await Stage.open();
  const asha = person();
  const answers = await Promise.all(Array.from({ length: 40 }, () => stage.post(asha, withKey("at once"))));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  expect(new Set(answers.map(({ json }) => json.submission_id)).size).toBe(1);
  expect(answers.filter(({ headers }) => headers.get("idempotency-replayed") === "true")).toHaveLength(39);
  expect(await stage.rows("submissions")).toHaveLength(1);
  expect(await stage.rows("leads")).toHaveLength(1);
  expect(stage.points).toHaveLength(1);
});

test("a replay repeats what was judged first, not what would be judged now", async () => {
  const stage = await Stage.open();
  const asha = person();
  const options = { key: "admin", ...withKey("k") } as const;
  const first = await stage.post(asha, options);
  await stage.post(asha, { key: "admin" });
  const again = await stage.post(asha, options);
  expect(again.json).toEqual(first.json);
  expect(again.json.event_type).toBe("primary");
  expect(stage.points).toHaveLength(2);
});

test("a replay repeats every reason with its detail, and every flag", async () => {
  const stage = await Stage.open({ test_rules: { emails: [], domains: ["qa.acme.com"], addresses: [] } });
  const visitor = { ip: "192.0.2.8", country: "DE", asn: 14061, as_organization: "DigitalOcean, LLC" };
  for (const [key, email] of [
    ["accepted", "asha@mailinator.com"],
    ["test", "asha@qa.acme.com"],
  ] as const) {
    const fields = { ...person({ email }), visitor };
    const options = { key: "admin", ...withKey(key) } as const;
    const first = await stage.post(fields, options);
    const again = await stage.post(fields, options);
    expect(first.json.flags).toMatchObject({ vpn: true, suspicious: true });
    expect(first.json.reasons.length).toBeGreaterThanOrEqual(3);
    expect(again.json).toEqual(first.json);
    expect(again.headers.get("idempotency-replayed")).toBe("true");
  }
});

test("a replayed refusal is a refusal with the same verdict", async () => {
  const stage = await Stage.open({ bot_response: "reject" });
  const options = { key: "admin", headers: { "idempotency-key": "bot", "user-agent": robot } } as const;
  const fields = person();
  const first = await stage.post(fields, options);
  const again = await stage.post(fields, options);
  const { request_id: _, ...rest } = first.json;
  expect([first.status, again.status]).toEqual([422, 422]);
  expect(again.json).toMatchObject(rest);
  expect(again.headers.get("idempotency-replayed")).toBe("true");
  expect(stage.points).toHaveLength(1);
});

test("without a key every post is a submission of its own", async () => {
  const stage = await Stage.open();
  const asha = person();
  const answers = [await stage.post(asha), await stage.post(asha)];
  expect(new Set(answers.map(({ json }) => json.submission_id)).size).toBe(2);
  expect(stage.points).toHaveLength(2);
});

test("a key beyond 255 characters is refused, and one of 255 is not", async () => {
  const stage = await Stage.open();
  const tooLong = await stage.post(person(), withKey("k".repeat(256)));
  expect(tooLong.status).toBe(400);
  expect(tooLong.json.invalid_params).toMatchObject([{ name: "Idempotency-Key", code: "too_long" }]);
  expect((await stage.post(person(), withKey("k".repeat(255)))).status).toBe(201);
  expect(stage.points).toHaveLength(1);
});
