// mcp: the body of the request that is being answered is a message of the Model Context Protocol. The library that
// speaks it is loaded with the first one, so that no other request waits for it.

import type { Bytes } from "../core.ts";
import { failed, ok, type Performer, type Reply } from "./effect.ts";

export async function mcp(_: unknown, { env, waitUntil, request }: Performer, body: Bytes): Promise<Reply> {
  if (request === undefined) return failed("There is no request to answer.");
  const { answerMessage } = await import("../mcp/server.ts");
  const response = await answerMessage(request, body, env, waitUntil);
  const type = response.headers.get("content-type");
  const words = type === null ? String(response.status) : `${response.status} ${type}`;
  return ok(new Uint8Array(await response.arrayBuffer()), words);
}
