// The daily sweep: expired blocks go, and old rejected submissions lose what is personal in them.

import { env } from "cloudflare:workers";
import { describe, expect, test, vi } from "vitest";
import { limits } from "../../build/generated/schema.ts";
import { correct, type Listed, monthKey, post, undo } from "./support/corrections.ts";
import { ledger } from "./support/faults.ts";
import { person, robot } from "./support/people.ts";
import { Stage } from "./support/stage.ts";
import { trigger } from "./support/trigger.ts";

const sweep = (stage: Stage, bindings = {}) => trigger("sweep", stage.bindings(bindings));

const day = 86_400_000;

test("a trigger that nothing runs at fails, so that nobody takes it for one that ran", async () => {
  const stage = await Stage.open();
  await expect(trigger({ cron: "0 * * * *" }, stage.bindings())).rejects.toThrow(/500/);
});

test("rejected and test submissions older than their time lose personal data, and stay as rows; leads lose nothing", async () => {
  const email = `a.${Math.random().toString(36).slice(2)}@raomills.in`;
  const stage = await Stage.open({ test_rules: { emails: [email], domains: [], addresses: [] } });
  const fill = async () => {
    await stage.post(person());
    await stage.post(person({ consent: "yes" }), { headers: { "user-agent": robot } });
    await stage.post(person({ email }));
    await stage.post(person(), { headers: { origin: "https://evil.example" } });
  };
  await fill();
  const old = Date.now() - (limits.rejected_retention_days + 1) * day;
  for (const table of ["submissions", "testing_leads", "blocked_ip_leads"]) {
    await env.DB.prepare(`UPDATE ${table} SET received_at = ?2 WHERE project = ?1`)
      .bind(stage.project, old)
      .run();
  }
  await fill();
  await sweep(stage);
  const rows = await stage.rows("submissions");
  expect(rows.map((row) => row.event_type)).toEqual([
    ...["primary", "bot", "test", "blocked"],
    ...["primary", "bot", "test", "blocked"],
  ]);
  expect(rows.map((row) => row.email === null)).toEqual([
    false,
    true,
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
  for (const swept of rows.slice(1, 4)) {
    const gone = [
      "ip",
      "user_agent",
      "name",
      "email",
      "phone",
      "company",
      "message",
      "consent",
      "custom",
      "content_digest",
    ];
    for (const column of gone) expect([column, swept[column]]).toEqual([column, null]);
    expect(swept.context).toBe("{}");
    expect(swept.erased_at).toBeGreaterThan(old);
    expect(swept.reasons, "reasons tell of the person too").not.toMatch(/@/);
  }
  expect(await stage.rows("testing_leads")).toHaveLength(1);
  expect(await stage.rows("blocked_ip_leads")).toHaveLength(1);
  expect(stage.points, "the sweep writes none").toHaveLength(8);
});

describe("what corrections keep of a point", () => {
  /** A correction of a bot whose point was written so many days ago. */
  async function corrected(stage: Stage, days: number): Promise<{ key: string; id: string }> {
    const id = await post(stage, "bot");
    const at = Date.now() - days * day;
    await env.DB.prepare("UPDATE submissions SET counted_at = ?2 WHERE submission_id = ?1")
      .bind(id, at)
      .run();
    expect((await correct(stage, id)).json.reports).toBe("applied");
    return { key: monthKey(at), id };
  }
  const kept = (id: string) =>
    env.DB.prepare(
      "SELECT dimensions, flags, point FROM corrections JOIN submissions USING (submission_id) WHERE submission_id = ?1",
    )
      .bind(id)
      .first<{ dimensions: string; flags: string; point: string | null }>();
  const inList = async (stage: Stage, key: string) =>
    (await env.KV.get<{ corrections: Listed[] }>(key, "json"))?.corrections.filter(
      ({ project }) => project === stage.project,
    );
  const nothing = { dimensions: "{}", flags: "[]", point: null };
  const told = { from: { event_type: "bot" }, to: { event_type: "primary" } };

  test("goes with the point, from the ledger and from the list; the rest stays", async () => {
    const stage = await Stage.open();
    const past = await corrected(stage, limits.retention_days + 2);
    const present = await corrected(stage, limits.retention_days - 2);
    await sweep(stage);
    expect(await kept(past.id)).toEqual(nothing);
    const { dimensions, point } = (await kept(present.id)) ?? {};
    expect(JSON.parse(dimensions ?? "{}")).toHaveProperty("country");
    expect(JSON.parse(point ?? "{}").dimensions).toHaveProperty("country");
    const [first] = (await inList(stage, past.key)) ?? [];
    expect(first).toMatchObject({ dimensions: {}, flags: [], ...told });
    const last = (await inList(stage, present.key))?.at(-1);
    expect(last?.dimensions).toHaveProperty("country");
    expect((await undo(stage, past.id)).json.event_type).toBe("bot");
  });

  test("stays as long as a store of one's own keeps points", async () => {
    const stage = await Stage.open();
    const one = await corrected(stage, limits.retention_days + 20);
    const before = await kept(one.id);
    await env.KV.delete(one.key);
    await sweep(stage, { RETENTION_DAYS: "200" });
    expect(await kept(one.id)).toEqual(before);
    expect(await inList(stage, one.key)).toHaveLength(1);
    await env.KV.delete(one.key);
    await sweep(stage);
    expect(await kept(one.id)).toEqual(nothing);
  });

  test("is in no list for ever: each goes when it is put no more", async () => {
    const stage = await Stage.open();
    const { key } = await corrected(stage, 1);
    const { keys } = await env.KV.list({ prefix: key });
    const left = (keys[0]?.expiration ?? 0) - Date.now() / 1000;
    expect(Math.abs(left - limits.corrections_keep_days * 86_400)).toBeLessThan(60);
  });
});

test("expired blocks are deleted, others stay", async () => {
  const stage = await Stage.open();
  const block = async (expires_at: string | null) =>
    (
      await stage.call("/api/admin/blocked-ips", {
        key: "admin",
        body: { cidr: "203.0.113.1", project: stage.project, expires_at },
      })
    ).json.id;
  const ids = [await block(null), await block("2090-01-01T00:00:00Z"), await block("2090-01-01T00:00:00Z")];
  await env.DB.prepare("UPDATE blocked_ips SET expires_at = 1 WHERE block_id = ?1").bind(ids[2]).run();
  await sweep(stage);
  expect((await stage.rows("blocked_ips")).map((row) => row.block_id).sort()).toEqual(ids.slice(0, 2).sort());
});

test("a sweep that D1 refuses fails loudly, so that the runtime shows it", async () => {
  const stage = await Stage.open();
  vi.spyOn(console, "error").mockImplementation(() => {});
  await expect(sweep(stage, { DB: ledger("rejects").DB })).rejects.toThrow(/503/);
});
