// Speaks to POST /mcp, by the official client or by hand, in the environment of a report desk.

import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import type { Env } from "../../../worker/src/env.ts";
import { type Answer, ask } from "./ask.ts";
import type { Desk } from "./report_desk.ts";

export const address = new URL("https://ledger.test/mcp");
export const keyOf = (name: string) => `llk_report_${name}`;

export type Era = "2026-07-28" | "legacy";

/** Fetch as a client has it, but to the Worker; every request and answer is remembered. */
export class Wire {
  readonly requests: Request[] = [];
  readonly answers: Answer[] = [];
  readonly #env: Env;

  constructor(env: Env) {
    this.#env = env;
  }

  readonly fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input as string, init);
    this.requests.push(request.clone() as Request);
    const answer = await ask(request, this.#env);
    this.answers.push(answer);
    const { status, headers, text } = answer;
    return new Response([101, 204, 205, 304].includes(status) ? null : text, { status, headers });
  };
}

export interface Connected {
  client: Client;
  wire: Wire;
}

/** The official client, with a key of the desk's. */
export async function connect(
  desk: Desk,
  { era = "2026-07-28", key = "marketing", env = {} }: { era?: Era; key?: string; env?: Partial<Env> } = {},
): Promise<Connected> {
  const wire = new Wire(desk.env(env));
  const client = new Client(
    { name: "a-test", version: "1.0.0" },
    { versionNegotiation: { mode: era === "legacy" ? "legacy" : { pin: era } } },
  );
  await client.connect(
    new StreamableHTTPClientTransport(address, {
      fetch: wire.fetch as typeof fetch,
      requestInit: { headers: { authorization: `Bearer ${keyOf(key)}` } },
    }),
  );
  return { client, wire };
}

export interface ToolAnswer {
  isError: boolean;
  texts: string[];
  /** The last of its texts: of a result the JSON alone. */
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
  structured: any;
  /** Of a refusal: the JSON after its sentence. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
  problem: any;
}

/** As the client gives it, which checks what a tool answers against its schema once tools were listed. */
export async function callTool(
  { client }: Connected,
  name: string,
  args: Record<string, unknown> = {},
): Promise<ToolAnswer> {
  const answer = await client.callTool({ name, arguments: args });
  const texts = (answer.content as { type: string; text: string }[]).map((block) => block.text);
  const text = texts.at(-1) ?? "";
  const isError = answer.isError === true;
  return {
    isError,
    texts,
    text,
    structured: answer.structuredContent,
    problem: isError ? JSON.parse(text.slice(text.indexOf("\n") + 1)) : undefined,
  };
}

const clientInfo = { name: "by-hand", version: "1" };

/** A message of 2026-07-28, with what that revision wants beside it. */
export function modern(method: string, params: Record<string, unknown> = {}, id: unknown = 1) {
  return {
    jsonrpc: "2.0",
    id,
    method,
    params: {
      ...params,
      _meta: {
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientInfo": clientInfo,
        "io.modelcontextprotocol/clientCapabilities": {},
      },
    },
  };
}

export const initialize = (protocolVersion: string) => ({
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion, capabilities: {}, clientInfo },
});

export interface Post {
  body: unknown;
  key?: string | null;
  headers?: Record<string, string>;
  env?: Partial<Env>;
  method?: string;
  path?: string;
}

/** One request by hand; a body that is no text is sent as JSON. */
export async function post(desk: Desk, { body, key = "marketing", headers, env, method, path }: Post) {
  const wire = new Wire(desk.env(env));
  const all = new Headers({
    accept: "application/json, text/event-stream",
    "content-type": "application/json",
    ...headers,
  });
  if (key !== null) all.set("authorization", `Bearer ${keyOf(key)}`);
  await wire.fetch(new URL(path ?? "/mcp", address), {
    method: method ?? "POST",
    headers: all,
    redirect: "manual",
    ...(body === undefined
      ? {}
      : { body: typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body) }),
  } as RequestInit);
  const [answer] = wire.answers as [Wire["answers"][number]];
  const isJson = /json/.test(answer.headers.get("content-type") ?? "");
  return { ...answer, json: isJson && answer.text !== "" ? JSON.parse(answer.text) : undefined };
}
