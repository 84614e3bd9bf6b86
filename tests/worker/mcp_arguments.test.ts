// Arguments of tools: refused in the words of the HTTP API, and never more than query parameters of the one request.

import { afterEach, beforeEach, expect, test } from "vitest";
import enums from "../../schema/enums.json" with { type: "json" };
import { type Connected, callTool, connect } from "./support/mcp_desk.ts";
import { mcpLists } from "./support/mcp_lists.ts";
import { Desk } from "./support/report_desk.ts";

let desk: Desk;
let peer: Connected;
beforeEach(async () => {
  desk = await Desk.open();
  peer = await connect(desk, { key: "acme" });
});
afterEach(Desk.close);

/** The tool is refused; so is the request with these parameters, for the same reasons. */
test.each([
  [{ days: 91 }, "days=91&bucket=day&limit=10"],
  [{ days: 0 }, "days=0&bucket=day&limit=10"],
  [{ days: 7.5 }, "days=7.5&bucket=day&limit=10"],
  [{ days: "" }, "days=&bucket=day&limit=10"],
  [{ days: 7, from: "2026-11-09" }, "days=7&from=2026-11-09&bucket=day&limit=10"],
  [{ from: "yesterday" }, "from=yesterday&bucket=day&limit=10"],
  [{ timezone: "Mars/Olympus" }, "timezone=Mars/Olympus&bucket=day&limit=10"],
  [{ bucket: "hour" }, "bucket=hour&limit=10"],
  [{ bucket: ["day", "week"] }, "bucket=day,week&limit=10"],
  [{ group_by: ["country", "source", "city"] }, "bucket=day&group_by=country,source,city&limit=10"],
  [{ group_by: ["email"] }, "bucket=day&group_by=email&limit=10"],
  [{ limit: 1001 }, "bucket=day&limit=1001"],
  [{ limit: true }, "bucket=day&limit=true"],
  [{ sort: "bots" }, "bucket=day&sort=bots&limit=10"],
  [{ compare: "next" }, "bucket=day&compare=next&limit=10"],
  [{ filters: { country: "IND" } }, "bucket=day&country=IND&limit=10"],
  [{ filters: { vpn: "perhaps" } }, "bucket=day&vpn=perhaps&limit=10"],
  [{ filters: { project: "beta" } }, "bucket=day&project=beta&limit=10"],
  [{ filters: { country: ["IN", "IND"] } }, "bucket=day&country=IN,IND&limit=10"],
  [{ filters: { event_type: "leads" } }, "bucket=day&event_type=leads&limit=10"],
])("%j is refused as HTTP refuses it", async (args, query) => {
  const { isError, problem, structured } = await callTool(peer, "lead_stats", args);
  expect(isError).toBe(true);
  expect(structured).toBeUndefined();
  const { json } = await desk.call(`/analytics/lead-stats?${query}`, { key: "acme" });
  expect(problem.status).toBe(json.status);
  expect(problem.detail).toBe(json.detail);
  expect(problem.code).toBe(json.code);
  expect(problem.invalid_params).toEqual(json.invalid_params);
  expect(desk.analytics.posts).toHaveLength(0);
});

test.each([
  [{ format: "csv" }, "format"],
  [{ explain: 1 }, "explain"],
  [{ bom: true }, "bom"],
  [{ country: "IN" }, "country"],
  [{ constructor: "x" }, "constructor"],
  [{ "limit&project": "beta" }, "limit&project"],
  [{ filters: { format: "csv" } }, "filters.format"],
  [{ filters: { limit: 5 } }, "filters.limit"],
  [{ filters: { days: 90 } }, "filters.days"],
  [{ filters: { toString: "x" } }, "filters.toString"],
])("%j: such an argument is unknown, and what is allowed is said", async (args, name) => {
  const { isError, problem } = await callTool(peer, "lead_stats", args);
  expect(isError).toBe(true);
  expect(problem).toMatchObject({ code: "bad_parameter", invalid_params: [{ name, code: "unknown" }] });
  expect(problem.invalid_params[0].reason).toMatch(name.startsWith("filters") ? /utm_campaign/ : /group_by/);
  expect(desk.analytics.posts).toHaveLength(0);
});

test("__proto__ in the raw message is an unknown argument like any other", async () => {
  const args = JSON.parse('{"__proto__": {"days": 5}, "filters": {"__proto__": "x"}}');
  const { isError, problem } = await callTool(peer, "lead_stats", args);
  expect(isError).toBe(true);
  expect(problem.invalid_params).toMatchObject([{ name: "filters.__proto__", code: "unknown" }]);
  expect(({} as Record<string, unknown>).days).toBeUndefined();
});

test.each([
  [{ days: { $gt: 1 } }, "days"],
  [{ days: [] }, "days"],
  [{ days: [[1]] }, "days"],
  [{ filters: "country=IN" }, "filters"],
  [{ filters: ["IN"] }, "filters"],
  [{ group_by: [] }, "group_by"],
  [{ filters: { country: [] } }, "filters.country"],
  [{ filters: { country: [["IN"]] } }, "filters.country"],
  [{ filters: { country: null } }, "filters.country"],
])("%j: a type that no parameter has", async (args, name) => {
  const { problem } = await callTool(peer, "lead_stats", args);
  expect(problem).toMatchObject({ code: "bad_parameter", invalid_params: [{ name, code: "wrong_type" }] });
  expect(problem.detail).toContain(
    name === "filters" ? "It is an object." : "a list of those, which is not empty.",
  );
  expect(desk.analytics.posts).toHaveLength(0);
});

test("several values of a filter are one text or a list, in which a comma is part of a value", async () => {
  for (const [given, sent, values] of [
    ["IN,US", "IN,US", ["IN", "US"]],
    [["IN", "US"], "IN,US", ["IN", "US"]],
    [["-IN", "US"], "-IN,US", ["IN", "US"]],
    [["Acme, Inc", "B"], "Acme\\, Inc,B", ["Acme, Inc", "B"]],
    [["Acme\\, Inc", "\\-B"], "Acme\\, Inc,\\-B", ["-B", "Acme, Inc"]],
  ] as const) {
    const name = sent.includes("IN") ? "country" : "source";
    const { isError, structured, text } = await callTool(peer, "lead_stats", { filters: { [name]: given } });
    expect(isError, text).toBe(false);
    const [request] = structured.about.requests as [string];
    expect(new URLSearchParams(request.split("?")[1]).get(name)).toBe(sent);
    expect(structured.result.meta.filters).toMatchObject([{ dimension: name, values }]);
  }
});

test("several faults are told at once; a needed argument is asked for; null is as if it were not there", async () => {
  const { problem } = await callTool(peer, "top_dimensions", { format: "csv", days: {}, group_by: null });
  expect(problem.invalid_params).toMatchObject([
    { name: "format", code: "unknown" },
    { name: "days", code: "wrong_type" },
    { name: "group_by", code: "required" },
  ]);
  expect(
    (await callTool(peer, "lead_stats", { days: null, filters: { utm_content: desk.mark } })).isError,
  ).toBe(false);
});

test("values with the syntax of URLs stay one value", async () => {
  const hostile = [
    "x&project=beta",
    "x#fragment",
    "x?days=90",
    "%26project%3Dbeta",
    "/../../api/admin/keys",
    "a\tb\r\nc",
    "\ud800 half a pair",
    "'); DROP TABLE lead_submissions; --",
    "x".repeat(3000),
  ];
  for (const value of hostile) {
    const { isError, structured, text } = await callTool(peer, "lead_stats", {
      bucket: "none",
      filters: { utm_campaign: value.replaceAll(",", "") },
    });
    expect(isError, text).toBe(false);
    expect(structured.result.meta.filters).toMatchObject([{ dimension: "utm_campaign" }]);
    expect(structured.result.meta.filters).toHaveLength(1);
    expect(structured.about.requests[0]).toMatch(
      /^GET \/analytics\/lead-stats\?bucket=none&limit=10&utm_campaign=[^&#]*$|^GET \/analytics\/lead-stats\?bucket=none&utm_campaign=[^&#]*&limit=10$/,
    );
  }
  for (const { sql } of desk.analytics.posts) expect(sql).toContain("'acme'");
});

test("a longer query than HTTP takes is refused as HTTP refuses it", async () => {
  const { problem } = await callTool(peer, "lead_stats", { filters: { utm_campaign: "ä".repeat(9000) } });
  expect(problem).toMatchObject({ status: 400, code: "bad_parameter" });
  expect(desk.analytics.posts).toHaveLength(0);
});

test("names in a path are words, and no way to another path", async () => {
  for (const metric of [
    "..",
    "a..b",
    ".a",
    "a.",
    "rates./actual",
    ".",
    "",
    "../dimensions",
    "a/b",
    "%2e%2e",
    "a?b",
    "a b",
    "é",
    "x".repeat(101),
  ]) {
    const { isError, problem } = await callTool(peer, "explain_metric", { metric });
    expect(isError, metric).toBe(true);
    expect(problem).toMatchObject({ invalid_params: [{ name: "metric", code: "not_allowed" }] });
  }
  const { problem } = await callTool(peer, "explain_metric", {});
  expect(problem.detail).toBe("There is nothing to ask for: give metric or dimension.");
});

test("schemas of arguments list what the API takes, and nothing else", async () => {
  const { tools } = await peer.client.listTools();
  const properties = (name: string) =>
    tools.find((tool) => tool.name === name)?.inputSchema.properties as Record<
      string,
      Record<string, unknown>
    >;
  const stats = properties("lead_stats");
  expect(stats.bucket?.enum).toEqual(mcpLists.buckets);
  expect(stats.compare?.enum).toEqual(mcpLists.compare);
  expect(stats.group_by).toMatchObject({ maxItems: 2, items: { enum: mcpLists.dimensions } });
  expect(Object.keys(stats.filters?.properties as object)).toEqual([
    ...mcpLists.dimensions,
    ...mcpLists.flags,
  ]);
  const filters = stats.filters?.properties as Record<string, { description?: string }>;
  for (const [name, { description }] of Object.entries(filters)) expect(description, name).toMatch(/\.$/);
  for (const device of enums.device.values) expect(filters.device?.description).toContain(device);
  expect(filters.country?.description).toMatch(/ISO 3166-1 alpha-2.* IN\b/);
  expect(filters.reason?.description).toMatch(/explain_metric/);
  expect(stats.days).toMatchObject({ minimum: 1, maximum: 90 });
  expect(stats.limit).toMatchObject({ maximum: 1000, default: 10 });
  expect(properties("explain_metric").metric?.enum).toEqual(mcpLists.metrics);
  expect(properties("find_anomalies").kind).toMatchObject({ items: { enum: mcpLists.kinds } });
});
