import { defineConfig } from "vitest/config";
import { buildValidators } from "../openapi/build.mjs";

buildValidators();

export default defineConfig({
  test: {
    root: new URL(".", import.meta.url).pathname,
    include: ["*.test.ts"],
    environment: "node",
    testTimeout: 60_000,
    hookTimeout: 200_000,
  },
});
