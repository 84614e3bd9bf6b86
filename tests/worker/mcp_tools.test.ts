// How a tool becomes requests and their bodies a result, with answers by hand.

import { afterEach, expect, test, vi } from "vitest";
import { note, tools } from "../../build/generated/mcp.ts";
import { limits } from "../../build/generated/schema.ts";
import { prompts } from "../../schema/prompts.json" with { type: "json" };
import { callTool } from "../../worker/src/mcp/call_tool.ts";
import { hasText } from "../../worker/src/mcp/paths.ts";
import type { Tool } from "../../worker/src/mcp/tool.ts";
import { mcpLists } from "./support/mcp_lists.ts";

afterEach(() => vi.restoreAllMocks());

const toolOf = (name: string) => tools.find(({ definition }) => definition.name === name) as Tool;

/** Runs a tool; a request without an answer here is a 404 as the core gives it. */
async function run(
  name: string,
  args: Record<string, never | unknown>,
  answers: Record<string, string | Response>,
) {
  const asked: string[] = [];
  const notFound = {
    type: "urn:x",
    title: "t",
    status: 404,
    detail: "There is nothing here.",
    code: "not_found",
  };
  const result = await callTool(toolOf(name), args as never, async (path) => {
    asked.push(path);
    const answer = answers[path] ?? Response.json(notFound, { status: 404 });
    return answer instanceof Response ? answer : new Response(answer);
  });
  const text = result.content.at(-1)?.text ?? "";
  return {
    asked,
    result,
    text,
    // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
    structured: result.structuredContent as any,
    isError: result.isError === true,
  };
}

test("a metric and a dimension are two requests, and each of them alone is one", async () => {
  const metric = '{"name":"hot_count","unit":"submissions"}';
  const dimension = '{"name":"source","written_by":"visitor"}';
  const answers = { "/meta/metrics/hot_count": metric, "/meta/dimensions/source": dimension };
  const two = await run("explain_metric", { metric: "hot_count", dimension: "source" }, answers);
  expect(two.asked).toEqual(Object.keys(answers));
  expect(JSON.stringify(two.structured.result)).toBe(`{"metric":${metric},"dimension":${dimension}}`);
  const rate = await run("explain_metric", { metric: "rates.hot" }, { "/meta/metrics/rates.hot": metric });
  expect(rate.asked).toEqual(["/meta/metrics/rates.hot"]);
  const one = await run("explain_metric", { dimension: "source" }, answers);
  expect(one.asked).toEqual(["/meta/dimensions/source"]);
  expect(one.structured.result).toEqual({ metric: null, dimension: JSON.parse(dimension) });
  expect(one.structured.about).toMatchObject({ freshness: null, requests: ["GET /meta/dimensions/source"] });
  const none = await run("explain_metric", { metric: "leads" }, answers);
  expect(none.isError).toBe(true);
  expect(none.text).toMatch(/^There is nothing here\.\n\{/);
});

test("of a result the last block of text is its JSON alone, after one that says whose words are in it", async () => {
  const path = "/analytics/lead-stats?bucket=day&limit=10";
  const { result, structured } = await run(
    "lead_stats",
    {},
    { [path]: '{"groups":[{"key":{"source":"x"}}]}' },
  );
  expect(result.content.map(({ type }) => type)).toEqual(["text", "text"]);
  expect(result.content[0]?.text).toBe(note);
  expect(structured.about.note).toBe(note);
  expect(JSON.parse(result.content.at(-1)?.text as string)).toEqual(result.structuredContent);
  const plain = await run("lead_stats", {}, { [path]: '{"totals":{"total":3}}' });
  expect(plain.structured.about.written_by_visitors).toEqual([]);
  expect(plain.structured.about).not.toHaveProperty("note");
  expect(plain.result.content).toEqual([{ type: "text", text: JSON.stringify(plain.structured) }]);
});

test("anomalies take the words of the insights, and name what may be a stranger's", async () => {
  const body = JSON.stringify({
    meta: { generated_at: "2026-11-21T14:00:00+05:30", sampled: false, cache: "miss" },
    data: [{ id: "rise:source:x", value: "x", headline: "x rose", explanation: "More x.", strength: 5.2 }],
  });
  const path = "/analytics/insights?hours=24&kind=rise%2Csilence&limit=5&country=IN";
  const { asked, structured } = await run(
    "find_anomalies",
    { hours: 24, kind: ["rise", "silence"], limit: 5, filters: { country: "IN" } },
    new Proxy({}, { get: () => body }),
  );
  const sorted = (text: string) => [...new URLSearchParams(text.split("?")[1])].toSorted();
  expect(sorted(asked[0] as string)).toEqual(sorted(path));
  expect(JSON.stringify(structured.result)).toBe(body);
  expect(structured.about.freshness).toEqual({
    generated_at: "2026-11-21T14:00:00+05:30",
    sampled: false,
    cache: "miss",
  });
  expect(structured.about.written_by_visitors).toEqual([
    "data[].id",
    "data[].value",
    "data[].headline",
    "data[].explanation",
  ]);
});

const briefs =
  '{"data":[{"brief_id":"brf_2","title":"Week 46"},{"brief_id":"brf_1","title":"Week 45"}],"next_cursor":null}';
const brief =
  '{"brief_id":"brf_2","title":"Week 46","text":"45 leads.","sections":[{"title":"Totals","lines":["45 leads."]}],' +
  '"summary":{"meta":{"generated_at":"2026-11-16T06:00:00+05:30","sampled":false},"top":{"source":[{"key":"x"}]}},"insights":{"data":[]}}';

test("the newest brief is the first of the list; another one goes by its id", async () => {
  const answers = { "/api/briefs?limit=5": briefs, "/api/briefs/brf_2": brief, "/api/briefs/brf_1": brief };
  const newest = await run("weekly_brief", {}, answers);
  expect(newest.asked).toEqual(["/api/briefs?limit=5", "/api/briefs/brf_2"]);
  expect(JSON.stringify(newest.structured.result)).toBe(`{"briefs":${briefs},"brief":${brief}}`);
  expect(newest.structured.about.freshness).toEqual({
    generated_at: "2026-11-16T06:00:00+05:30",
    sampled: false,
  });
  expect(newest.structured.about.written_by_visitors).toEqual(
    expect.arrayContaining(["brief.text", "brief.sections[].lines[]", "brief.summary.top.source[].key"]),
  );
  const few = await run("weekly_brief", { limit: 1 }, { ...answers, "/api/briefs?limit=1": briefs });
  expect(few.asked).toEqual(["/api/briefs?limit=1", "/api/briefs/brf_2"]);
  const older = await run("weekly_brief", { brief_id: "brf_1" }, answers);
  expect(older.asked).toEqual(["/api/briefs?limit=5", "/api/briefs/brf_1"]);
});

test("without a brief there is none, and an id that leads elsewhere is not followed", async () => {
  const empty = await run("weekly_brief", {}, { "/api/briefs?limit=5": '{"data":[],"next_cursor":null}' });
  expect(empty.isError).toBe(false);
  expect(empty.structured.result.brief).toBeNull();
  const odd = '{"data":[{"brief_id":"../admin/keys"}]}';
  const elsewhere = await run("weekly_brief", {}, { "/api/briefs?limit=5": odd });
  expect(elsewhere.isError).toBe(true);
  expect(elsewhere.asked).toEqual(["/api/briefs?limit=5"]);
});

test("a result at the limit is given, one byte more is not, and no more than that is read", async () => {
  const path = "/analytics/lead-stats?bucket=day&limit=10";
  const body = (size: number) => `{"x":"${"é".repeat((size - 8) / 2)}"}`;
  const { text } = await run("lead_stats", {}, { [path]: body(1000) });
  const around = new TextEncoder().encode(text).length - 1000;
  const most = limits.max_tool_answer_bytes - around;
  const size = most - (most % 2);
  expect((await run("lead_stats", {}, { [path]: body(size) })).isError).toBe(false);
  const over = await run("lead_stats", {}, { [path]: body(size + 2) });
  expect(over.isError).toBe(true);
  expect(over.text).toContain("smaller limit");
  let pulled = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      pulled += 1;
      controller.enqueue(new Uint8Array(16_384).fill(32));
    },
  });
  expect((await run("lead_stats", {}, { [path]: new Response(endless) })).text).toContain("answer_too_large");
  expect(pulled).toBeLessThan(10);
});

test("an answer that breaks off, or is no JSON, is an error", async () => {
  const logged = vi.spyOn(console, "error").mockImplementation(() => {});
  const path = "/analytics/lead-stats?bucket=day&limit=10";
  const broken = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.error(new Error("gone")),
  });
  for (const answer of [new Response(broken), '{"meta":', "<html>"]) {
    const { isError, text } = await run("lead_stats", {}, { [path]: answer });
    expect(isError).toBe(true);
    expect(text).toMatch(/^The answer broke off/);
  }
  expect(logged).toHaveBeenCalledTimes(3);
  const { text } = await run("lead_stats", {}, { [path]: new Response("no problem+json", { status: 500 }) });
  expect(text).toContain('"status":500');
});

test("every tool reads by GET of paths that tell nothing but reports and words", () => {
  const paths = tools.flatMap(({ calls }) => calls.map((call) => call.path.replace(/\{\w+\}/, "x")));
  for (const path of paths) expect(path).toMatch(/^\/(analytics|meta|api\/briefs|api\/session)(\/|$)/);
});

test("questions that the docs suggest can be asked by the tools that they name", () => {
  const calls = prompts.flatMap((prompt) => prompt.calls);
  expect(calls.length).toBeGreaterThan(5);
  for (const { path, tool } of calls) {
    const [base, query] = path.split("?") as [string, string?];
    const { definition, calls: own } = toolOf(tool);
    // A list of words stands in the schema of the argument that is one of them.
    const fits = (of: string) =>
      of === base ||
      [`${base}/`, base].includes(of.replace(/\{\w+\}/, of.includes("/metrics/") ? "primary" : ""));
    const call = own.find((one) => fits(one.path));
    expect(call, path).toBeDefined();
    const { filters, ...plain } = definition.inputSchema.properties;
    const known = [...Object.keys(plain), ...Object.keys((filters?.properties as object) ?? {})];
    for (const [name, value] of new URLSearchParams(query)) {
      if (String(call?.query[name]) !== value) expect(known, path).toContain(name);
    }
  }
});

test("paths of visitors' texts are found where there is one", () => {
  const value = { groups: [{ key: null }, { key: { source: "x" } }], text: "", none: null, lines: [["a"]] };
  expect(hasText(value, "groups[].key.source")).toBe(true);
  expect(hasText(value, "groups[].key.cta")).toBe(false);
  expect(hasText(value, "text")).toBe(true);
  expect(hasText(value, "none")).toBe(false);
  expect(hasText(value, "groups[]")).toBe(false);
  expect(hasText(value, "groups[].constructor.name")).toBe(false);
  expect(hasText(null, "text")).toBe(false);
});

test("dimensions that visitors write are expanded in every tool that has groups or lists", () => {
  for (const name of ["lead_stats", "top_dimensions"]) {
    expect(toolOf(name).writtenByVisitors).toEqual(
      mcpLists.visitors.map((dimension) => `groups[].key.${dimension}`),
    );
  }
});
