import { defineConfig } from "vitest/config";

// One stack with demo data for all files, and one file at a time: two cores, and points cannot be taken back.
export default defineConfig({
  test: {
    root: new URL(".", import.meta.url).pathname,
    include: ["*.test.ts"],
    globalSetup: ["support/setup.ts"],
    environment: "node",
    fileParallelism: false,
    testTimeout: 120_000,
    // A browser on a busy machine loses a click or a download now and then. What fails twice has failed.
    retry: 1,
    // The default of one second is too short on a busy machine.
    expect: { poll: { timeout: 15_000, interval: 60 } },
    hookTimeout: 60_000,
  },
});
