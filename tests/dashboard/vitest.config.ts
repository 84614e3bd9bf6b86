import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "~schema": new URL("../../build/generated/dashboard.ts", import.meta.url).pathname } },
  test: {
    root: new URL(".", import.meta.url).pathname,
    include: ["*.test.ts"],
    environment: "node",
  },
});
