import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/local/**/*.test.ts"],
    environment: "node",
    // Each file starts a ClickHouse of its own.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
