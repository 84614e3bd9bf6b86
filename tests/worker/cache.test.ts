// Project settings are read through the isolate's cache, so a warm submission costs one round trip to D1.

import { afterEach, expect, test, vi } from "vitest";
import { ledger } from "./support/faults.ts";
import { person } from "./support/people.ts";
import { freshAddress, Stage } from "./support/stage.ts";

afterEach(() => {
  vi.useRealTimers();
});

test("the first submission asks D1 twice, every further one once", async () => {
  const stage = await Stage.open();
  const watched = ledger();
  stage.use({ DB: watched.DB });
  await stage.post(person());
  expect(watched.batches).toHaveLength(2);
  for (let more = 0; more < 5; more += 1)
    await stage.post(person(), { headers: { "idempotency-key": `k${more}` } });
  expect(watched.batches).toHaveLength(7);
  expect(watched.batches.at(-1)?.[0]).toMatch(/^INSERT INTO submissions/);
});

test("settings are asked for again after a minute", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const stage = await Stage.open();
  const watched = ledger();
  stage.use({ DB: watched.DB });
  await stage.post(person());
  vi.setSystemTime(Date.now() + 59_000);
  await stage.post(person());
  expect(watched.batches).toHaveLength(3);
  vi.setSystemTime(Date.now() + 2000);
  await stage.post(person());
  expect(watched.batches).toHaveLength(5);
});

test("a change of the settings or of the blocked addresses is seen by the next submission", async () => {
  const stage = await Stage.open();
  const headers = { origin: "https://new.acme.com", "cf-connecting-ip": freshAddress() };
  expect((await stage.post(person(), { headers })).status).toBe(403);
  const path = `/api/admin/projects/${stage.project}`;
  await stage.call(path, {
    key: "admin",
    method: "PATCH",
    body: { allowed_origins: ["https://*.acme.com"] },
  });
  expect((await stage.post(person(), { headers })).status).toBe(201);

  const block = { cidr: headers["cf-connecting-ip"], project: stage.project };
  const { json } = await stage.call("/api/admin/blocked-ips", { key: "admin", body: block });
  expect((await stage.post(person(), { headers })).status).toBe(403);
  await stage.call(`/api/admin/blocked-ips/${json.id}`, { key: "admin", method: "DELETE" });
  expect((await stage.post(person(), { headers })).status).toBe(201);
});

test("a project that was asked for too early is found two seconds after it was made", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const slug = `late-${Math.random().toString(36).slice(2)}`;
  const other = await Stage.open();
  const post = () => other.post({ ...person(), project: slug });
  expect((await post()).json.code).toBe("unknown_project");
  await Stage.open({}, { slug });
  expect((await post()).json.code).toBe("unknown_project");
  vi.setSystemTime(Date.now() + 2001);
  expect((await post()).status).toBe(201);
});
