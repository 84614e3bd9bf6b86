// Runs a tool: its requests, and their bodies as they came, with what is to be known of them.

import { freshness, note } from "../../../build/generated/mcp.ts";
import { limits } from "../../../build/generated/schema.ts";
import { readUpTo } from "../request.ts";
import { type Arguments, type Fault, readArguments } from "./arguments.ts";
import { at, hasText } from "./paths.ts";
import type { Json, Tool, ToolCall } from "./tool.ts";

/** Sends a GET for a path and query, on behalf of whoever calls. */
export type Get = (pathAndQuery: string) => Promise<Response>;

export interface ToolResult {
  content: { type: "text"; text: string }[];
  structuredContent?: { [name: string]: Json };
  isError?: boolean;
  [name: string]: unknown;
}

const mostBytes = limits.max_tool_answer_bytes;

/** A refusal in the words and members of an HTTP problem; the sentence comes first. */
function refusal(problem: { detail: string; [member: string]: unknown }): ToolResult {
  return {
    content: [{ type: "text", text: `${problem.detail}\n${JSON.stringify(problem)}` }],
    isError: true,
  };
}

function refuseArguments(faults: Fault[]): ToolResult {
  const [first] = faults as [Fault];
  const others = faults.length > 1 ? " Other arguments are not allowed either." : "";
  return refusal({
    detail: `The argument ${first.name} is not allowed as it is. ${first.reason}${others}`,
    code: "bad_parameter",
    invalid_params: faults,
  });
}

const tooLarge = ({ narrow }: Tool) =>
  refusal({
    detail: `The answer is larger than ${mostBytes} bytes, which is the most that a tool gives. ${narrow}`,
    code: "answer_too_large",
  });

/** Members of an HTTP problem that help whoever asked; null where the body is none. */
async function problemOf(response: Response): Promise<ToolResult> {
  const retryAfter = response.headers.get("retry-after");
  try {
    const { detail, status, code, request_id, invalid_params } = (await response.json()) as {
      [member: string]: unknown;
    };
    return refusal({
      detail: String(detail),
      status,
      code,
      invalid_params,
      retry_after_s: retryAfter === null ? undefined : Number(retryAfter),
      request_id,
    });
  } catch {
    return refusal({
      detail: "The request could not be answered.",
      status: response.status,
      code: "internal",
    });
  }
}

/** Names in paths are words; anything else would be another path. */
const isWord = (text: string) => text.length <= 100 && /^[\w-]+(\.[\w-]+)*$/.test(text);

/** The path with its arguments; nothing where one of them is not known. */
function pathOf(call: ToolCall, { values }: Arguments, results: Json, faults: Fault[]): string | undefined {
  let complete = true;
  const path = call.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const picked = at(results, call.pick[name] ?? []);
    const value = values.get(name) ?? (typeof picked === "string" ? picked : undefined);
    if (value === undefined) complete = false;
    else if (!isWord(value)) faults.push({ name, reason: "It is no such name.", code: "not_allowed" });
    return value ?? "";
  });
  return complete ? path : undefined;
}

function queryOf(call: ToolCall, { values, parameters }: Arguments): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(call.query)) query.append(name, String(value));
  for (const name of call.takes) {
    const value = values.get(name) ?? call.defaults[name];
    if (value !== undefined) query.append(name, String(value));
    for (const [parameter, text] of parameters.get(name) ?? []) query.append(parameter, text);
  }
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}

/** The body as text; nothing where it is too large. Throws where it broke off. */
async function readBody(response: Response): Promise<string | undefined> {
  if (response.body === null) return "null";
  const reader = response.body.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  const { bytes, done } = await readUpTo(reader, mostBytes + 1);
  if (!done) void reader.cancel().catch(() => {});
  return bytes.length > mostBytes ? undefined : new TextDecoder().decode(bytes);
}

function pick(from: Json | undefined, names: readonly string[]): Json {
  const found = names.flatMap((name) => {
    const value = at(from, [name]);
    return value === undefined ? [] : [[name, value] as const];
  });
  return found.length === 0 ? null : Object.fromEntries(found);
}

function answerOf(tool: Tool, body: string, requests: string[]): ToolResult {
  const result = JSON.parse(body) as Json;
  const writtenByVisitors = tool.writtenByVisitors.filter((path) => hasText(result, path));
  const notes = writtenByVisitors.length > 0 ? [note] : [];
  const about = JSON.stringify({
    requests,
    units: tool.units,
    freshness: pick(at(result, tool.freshness), tool.freshness.length === 0 ? [] : freshness),
    written_by_visitors: writtenByVisitors,
    note: notes[0],
  });
  // The body stands in it as it came.
  const text = `{"result":${body},"about":${about}}`;
  if (new TextEncoder().encode(text).length > mostBytes) return tooLarge(tool);
  const blocks = [...notes, text].map((block) => ({ type: "text" as const, text: block }));
  return { content: blocks, structuredContent: JSON.parse(text) };
}

async function run(tool: Tool, given: Arguments, get: Get): Promise<ToolResult> {
  const requests: string[] = [];
  const bodies: string[] = [];
  const results: { [name: string]: Json } = {};
  for (const call of tool.calls) {
    const faults: Fault[] = [];
    const path = pathOf(call, given, results, faults);
    if (faults.length > 0) return refuseArguments(faults);
    let body: string | undefined = "null";
    if (path !== undefined) {
      const address = path + queryOf(call, given);
      const response = await get(address);
      if (response.status !== 200) return problemOf(response);
      body = await readBody(response);
      if (body === undefined) return tooLarge(tool);
      requests.push(`GET ${address}`);
    }
    if (call.as === null) return answerOf(tool, body, requests);
    results[call.as] = JSON.parse(body);
    bodies.push(`${JSON.stringify(call.as)}:${body}`);
  }
  if (requests.length === 0) {
    const names = Object.keys(tool.definition.inputSchema.properties).join(" or ");
    return refusal({ detail: `There is nothing to ask for: give ${names}.`, code: "bad_parameter" });
  }
  return answerOf(tool, `{${bodies.join(",")}}`, requests);
}

/** Never throws. */
export async function callTool(tool: Tool, args: { [name: string]: Json }, get: Get): Promise<ToolResult> {
  const given = readArguments(tool, args);
  if (given.faults.length > 0) return refuseArguments(given.faults);
  try {
    return await run(tool, given, get);
  } catch (error) {
    console.error(JSON.stringify({ event: "tool_failed", tool: tool.definition.name, error: String(error) }));
    return refusal({ detail: "The answer broke off. Please try again.", code: "internal" });
  }
}
