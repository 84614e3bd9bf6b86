/** The API's description has every route of the core, and no other; its enumerations are those of the core. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { describeApi } from "../../schema/generator/openapi.mjs";
import { enumerations } from "../../schema/generator/openapi_words.mjs";
import { root } from "./pages.ts";

const text = (path: string) => readFileSync(join(root, path), "utf8");
const { document } = describeApi() as unknown as {
  document: { paths: Record<string, Record<string, unknown>> };
};

it("every route of the router is described, and nothing else", () => {
  const routes = [...text("core/app/router.cpp").matchAll(/Route\{\s*"([A-Z]+)",\s*"([^"]+)"/g)].map(
    ([, method, path = ""]) => `${method} ${path.replace("*", "{}").replace(/\/$/, "/{}")}`,
  );
  const described = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path.replace(/\{\w+\}/g, "{}")}`),
  );
  expect(routes.length).toBeGreaterThan(20);
  expect(described.sort()).toEqual(routes.sort());
});

it.each([
  ["event_type", "enums", "kEventTypeNames"],
  ["flag", "enums", "kFlagNames"],
  ["role", "enums", "kRoleNames"],
  ["channel", "enums", "kChannelNames"],
  ["count", "reports", "kCountNames"],
  ["compare", "reports", "kCompareWithNames"],
  ["severity", "insights", "kSeverityNames"],
  ["delivery_status", "deliveries", "kDeliveryStatuses"],
] as const)("%s has the values of the core", (words, header, name) => {
  const [, list = ""] =
    new RegExp(`${name} = \\{\\{([^}]*)\\}\\}`).exec(text(`build/generated/leadledger/${header}.hpp`)) ?? [];
  const values = [...list.matchAll(/"([^"]*)"/g)].map(([, value]) => value);
  expect(values.length).toBeGreaterThan(0);
  expect((enumerations() as Record<string, unknown>)[words]).toEqual(values);
});
