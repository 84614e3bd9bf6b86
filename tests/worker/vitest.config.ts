// The Worker in the Workers runtime: D1, KV, queues and rate limits are the runtime's own. The analytics binding is a
// second Worker that remembers points; most tests put a recorder of their own in its place.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { buildSync } from "esbuild";
import { defineConfig } from "vitest/config";
import { buildValidators } from "../openapi/build.mjs";
import { keys } from "./support/keys.ts";

buildValidators();

const inRoot = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const apiKeys = Object.entries(keys).map(([name, { key, role, projects, expires_at }]) => ({
  id: `key_${name}`,
  name,
  role,
  projects,
  digest: createHash("sha256").update(key).digest("hex"),
  created_at: "2026-01-01T00:00:00Z",
  expires_at,
}));

/** What the fuzzers found worth keeping; the runtime sees no files. */
function corpus(): { kind: string; name: string; base64: string }[] {
  return ["json", "urlencoded", "multipart"].flatMap((kind) => {
    const folder = inRoot(`tests/fuzz/corpus/fuzz_${kind}`);
    return readdirSync(folder).map((name) => ({
      kind,
      name,
      base64: readFileSync(`${folder}/${name}`).toString("base64"),
    }));
  });
}

/** A Worker of several modules as one text. */
function bundled(path: string): string {
  const { outputFiles } = buildSync({
    entryPoints: [inRoot(path)],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2024",
  });
  return outputFiles.map(({ text }) => text).join("");
}

export default defineConfig({
  plugins: [
    cloudflareTest(async () => ({
      main: inRoot("worker/src/index.ts"),
      wrangler: { configPath: inRoot("wrangler.toml"), environment: "local" },
      miniflare: {
        bindings: {
          API_KEYS: JSON.stringify(apiKeys),
          TURNSTILE_SECRET_TEST: "the-secret",
          MIGRATIONS: await readD1Migrations(inRoot("schema/d1")),
        },
        serviceBindings: { CACHE_WORKER: "leadledger-cache", ANALYTICS_WORKER: "leadledger-analytics" },
        workers: [
          {
            name: "leadledger-cache",
            modules: true,
            compatibilityDate: "2026-11-01",
            script: bundled("tests/worker/support/cache_worker.ts"),
          },
          {
            name: "leadledger-analytics",
            modules: true,
            compatibilityDate: "2026-11-01",
            scriptPath: inRoot("tests/worker/support/analytics_worker.mjs"),
          },
          {
            name: "leadledger-local-points",
            modules: true,
            compatibilityDate: "2026-11-01",
            scriptPath: inRoot("tests/worker/support/points_worker.mjs"),
          },
        ],
      },
    })),
  ],
  test: {
    root: inRoot("tests/worker"),
    include: ["**/*.test.ts"],
    globalSetup: ["./support/receiver_server.ts"],
    setupFiles: ["./support/setup.ts"],
    provide: { corpus: corpus() },
    testTimeout: 60_000,
    // The default of one second is too short on a busy machine.
    expect: { poll: { timeout: 15_000, interval: 60 } },
    maxWorkers: 2,
  },
});
