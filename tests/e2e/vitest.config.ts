import { defineConfig } from "vitest/config";

// One browser and one stack at a time: these tests share ports and two cores with nobody.
export default defineConfig({
  test: {
    root: new URL(".", import.meta.url).pathname,
    include: ["*.test.ts"],
    environment: "node",
    fileParallelism: false,
    testTimeout: 60_000,
    // A browser on a busy machine loses a click or a download now and then. What fails twice has failed.
    retry: 1,
    // The default of one second is too short on a busy machine.
    expect: { poll: { timeout: 15_000, interval: 60 } },
    hookTimeout: 120_000,
  },
});
