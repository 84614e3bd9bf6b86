/**
 * The Worker is killed under load. Whatever was answered 201 or 202 must be in the ledger exactly once afterwards, and
 * a sender that retries with its key as long as it gets no answer must get one.
 */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pause } from "./support/browser.ts";
import { killRuntimes } from "./support/processes.ts";
import { type Stack, startStack } from "./support/stack.ts";

const SENDERS = 16;
const KILLS = 2;
/** Acknowledged submissions before each kill, and after the last. */
const STRETCH = 60;
const PATIENCE_MS = 60_000;

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
}, 200_000);
afterAll(async () => {
  await stack?.stop();
});

interface Row {
  submission_id: string;
  event_type: string;
  lead_id: string;
  email: string;
}

/** One form submission, sent again with the same key until it is answered. Returns the id, and how often it was sent. */
async function submit(email: string): Promise<{ id: string; tries: number }> {
  const key = randomUUID();
  const deadline = Date.now() + PATIENCE_MS;
  for (let tries = 1; Date.now() < deadline; tries += 1) {
    try {
      const response = await fetch(`${stack.url}/api/leads`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "idempotency-key": key,
          "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0",
          "accept-language": "en",
          origin: stack.origin,
        },
        body: JSON.stringify({ project: stack.project, email, form_seconds: 12 }),
        signal: AbortSignal.timeout(10_000),
      });
      if (response.status === 201 || response.status === 202) {
        const { submission_id: id } = (await response.json()) as { submission_id: string };
        return { id, tries };
      }
    } catch {
      // No answer: the Worker is gone, or went while it answered.
    }
    await pause(200);
  }
  throw new Error(`no answer for ${email}`);
}

async function keptRows(): Promise<Row[]> {
  const response = await fetch(`${stack.url}/api/submissions?format=ndjson`, {
    headers: { authorization: `Bearer ${stack.admin_key}` },
  });
  expect(response.status).toBe(200);
  const text = await response.text();
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Row);
}

/** Leads that have more than one primary point, and how many points there are. */
async function points(): Promise<{ total: number; doubled: number }> {
  const response = await fetch(stack.ae_sql_url, {
    method: "POST",
    headers: { authorization: `Bearer ${stack.ae_sql_token}` },
    body: `SELECT blob19 AS lead, SUM(_sample_interval) AS n FROM lead_submissions GROUP BY lead FORMAT JSON`,
  });
  const { data } = (await response.json()) as { data: { n: string }[] };
  return {
    total: data.reduce((sum, row) => sum + Number(row.n), 0),
    doubled: data.filter((row) => Number(row.n) > 1).length,
  };
}

test("a Worker killed under load loses and doubles nothing that it acknowledged", async () => {
  const acknowledged: string[] = [];
  let sentAgain = 0;
  let loading = true;
  const sender = async (name: number) => {
    for (let count = 0; loading; count += 1) {
      const { id, tries } = await submit(`sender${name}.${count}@crash-drill.com`);
      acknowledged.push(id);
      if (tries > 1) sentAgain += 1;
    }
  };
  const until = async (reached: () => boolean | Promise<boolean>, what: string) => {
    const deadline = Date.now() + PATIENCE_MS;
    while (!(await reached())) {
      if (Date.now() > deadline) throw new Error(`waited in vain: ${what}`);
      await pause(50);
    }
  };
  const stretch = async () => {
    const goal = acknowledged.length + STRETCH;
    await until(() => acknowledged.length >= goal, `${STRETCH} further submissions`);
  };
  const killer = async () => {
    try {
      for (let kills = 0; kills < KILLS; kills += 1) {
        await stretch();
        await until(async () => (await killRuntimes(stack.state)) > 0, "a runtime to kill");
      }
      await stretch();
    } finally {
      loading = false;
    }
  };
  await Promise.all([killer(), ...Array.from({ length: SENDERS }, (_, name) => sender(name))]);

  expect(acknowledged.length).toBeGreaterThanOrEqual((KILLS + 1) * STRETCH);
  expect(sentAgain, "senders who met the crash").toBeGreaterThan(0);
  const rows = await keptRows();
  const kept = rows.map((row) => row.submission_id);
  expect(new Set(kept).size).toBe(kept.length);
  expect(kept.toSorted()).toEqual(acknowledged.toSorted());
  // Every sender is a person of its own, so each submission is somebody's first.
  expect(rows.filter((row) => row.event_type !== "primary")).toEqual([]);

  // Points follow the ledger. One is lost only where the Worker died between the commit and the point.
  await pause(1_000);
  const { total, doubled } = await points();
  expect(doubled).toBe(0);
  expect(total).toBeLessThanOrEqual(kept.length);
  expect(total).toBeGreaterThanOrEqual(kept.length - KILLS * SENDERS);
}, 180_000);
