// The Model Context Protocol, spoken by its own SDK: without sessions and streams, one JSON answer to one message.
// Nothing outlives a message, so any isolate can answer the next one.

import {
  createMcpHandler,
  isLegacyRequest,
  ProtocolError,
  ProtocolErrorCode,
  Server,
  WebStandardStreamableHTTPServerTransport,
} from "@modelcontextprotocol/server";
import { instructions, serverInfo, tools } from "../../../build/generated/mcp.ts";
import { limits } from "../../../build/generated/schema.ts";
import { answerRequest } from "../answer.ts";
import type { Bytes } from "../core.ts";
import type { Performer } from "../effects/effect.ts";
import type { Env } from "../env.ts";
import { callTool, type Get } from "./call_tool.ts";
import type { Json } from "./tool.ts";

const definitions = tools.map(({ definition }) => definition);
const byName = new Map(tools.map((tool) => [tool.definition.name, tool]));

/** Tools are the same for every key, and change with a deployment only. */
const forAnHour = { ttlMs: 3_600_000, cacheScope: "public" } as const;

function serverFor(get: Get): Server {
  const server = new Server(serverInfo, {
    capabilities: { tools: {} },
    instructions,
    cacheHints: { "tools/list": forAnHour, "server/discover": forAnHour },
  });
  server.setRequestHandler("tools/list", () => ({ tools: definitions }));
  server.setRequestHandler("tools/call", ({ params }) => {
    const tool = byName.get(params.name);
    if (tool === undefined) {
      const names = [...byName.keys()].join(", ");
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, `There is no such tool. There are ${names}.`);
    }
    return callTool(tool, (params.arguments ?? {}) as { [name: string]: Json }, get);
  });
  return server;
}

/** Clients of before 2026-07-28: the handshake is answered, and forgotten. */
async function answerOlder(message: Request, parsedBody: unknown, get: Get): Promise<Response> {
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  const server = serverFor(get);
  await server.connect(transport);
  try {
    return await transport.handleRequest(message, { parsedBody });
  } finally {
    await server.close();
  }
}

function parse(body: Bytes): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined; // the library says so
  }
}

const refusal = (status: number, code: number, message: string) =>
  Response.json({ jsonrpc: "2.0", error: { code, message }, id: null }, { status });

/** Answers the message that `request` brought. Each tool is a GET to this Worker, with the key that came. */
export async function answerMessage(
  request: Request,
  body: Bytes,
  env: Env,
  waitUntil: Performer["waitUntil"],
): Promise<Response> {
  const parsed = parse(body);
  // One message could ask for hundreds of reports. The protocol has had no batches since 2025-06-18.
  if (Array.isArray(parsed)) return refusal(400, -32600, "Invalid Request: send one message at a time.");
  const keys = new Headers();
  for (const name of ["authorization", "x-api-key"]) {
    const value = request.headers.get(name);
    if (value !== null) keys.set(name, value);
  }
  const get: Get = (path) =>
    answerRequest(new Request(new URL(path, request.url), { headers: keys }), env, waitUntil);
  const message = new Request(request.url, { method: "POST", headers: request.headers, body });
  if (await isLegacyRequest(message, parsed)) return answerOlder(message, parsed, get);
  // No stream: nothing ever changes that could be told of.
  const { fetch } = createMcpHandler(() => serverFor(get), {
    legacy: "reject",
    maxSubscriptions: 0,
    maxRequestBodySize: limits.max_body_bytes,
  });
  return fetch(message, { parsedBody: parsed });
}
