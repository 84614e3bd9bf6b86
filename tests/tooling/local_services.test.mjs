// The processes of a local run start with whatever keys a state folder was given.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { freePort } from "../../scripts/lib/ports.mjs";

let folder;
let engine;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "leadledger-services-"));
  vi.stubEnv("LEADLEDGER_STATE", folder);
  vi.resetModules(); // the state folder is read when the modules are
});

afterEach(async () => {
  await engine?.stop();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

it("starts the local Analytics Engine with a token that looks like an option", async () => {
  const { sqlUrl, startEngine } = await import("../../scripts/lib/local_services.mjs");
  const token = "-one-random-token-in-64-begins-like-this";
  engine = startEngine({ env: {}, add: () => {} }, await freePort(), token);
  await engine.ready;

  const ask = (bearer) =>
    fetch(sqlUrl(engine.url), {
      method: "POST",
      headers: { authorization: `Bearer ${bearer}` },
      body: "SHOW TABLES FORMAT JSON",
    });
  expect((await ask(token)).status).toBe(200);
  expect((await ask("another")).ok).toBe(false);
});
