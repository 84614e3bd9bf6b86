// The HTTP face: Cloudflare's path for statements, and `/local/` for what only a local engine has.
import type { IncomingMessage, ServerResponse } from "node:http";
import { Batcher } from "./batcher.ts";
import { InvalidInput, refusalText } from "./errors.ts";
import { failureText } from "./failures.ts";
import { datasetName } from "./insert_statement.ts";
import { insertBody, readBody } from "./intake.ts";
import { answerStatement, type EmptyDataset } from "./service.ts";
import type { Store } from "./store.ts";

export interface HttpOptions {
  readonly token: string;
  /** Answer for this account only; any if null. */
  readonly account: string | null;
  readonly emptyDataset: EmptyDataset;
}

const sqlPath = /^\/client\/v4\/accounts\/([^/]+)\/analytics_engine\/sql$/;
const datasetPath = /^\/local\/datasets\/([^/]+)$/;
/** Four times what a statement may be, in bytes: longer ones need not be kept to be refused. */
const maxStatementBytes = 1_000_000;

export function createHandler(store: Store, options: HttpOptions) {
  const batcher = new Batcher(store);
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      await route(store, batcher, options, request, response);
    } catch (error) {
      if (error instanceof InvalidInput)
        return send(response, 422, "text/plain; charset=utf-8", refusalText(error));
      if (response.headersSent || response.destroyed) return;
      // What went wrong here is this program's fault, and says so in the same shape as the gateway would.
      sendEnvelope(response, 500, 10001, error instanceof Error ? error.message : String(error));
    }
  };
}

async function route(
  store: Store,
  batcher: Batcher,
  options: HttpOptions,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const url = new URL(request.url ?? "/", "http://localhost");
  const method = request.method ?? "GET";
  if (url.pathname === "/local/health" && method === "GET") return sendJson(response, 200, { ok: true });

  const account = sqlPath.exec(url.pathname)?.[1];
  const dataset = datasetPath.exec(url.pathname)?.[1];
  const isPoints = url.pathname === "/local/points";
  if (account === undefined && dataset === undefined && !isPoints) {
    return sendEnvelope(
      response,
      404,
      7003,
      `Could not route to ${url.pathname}, perhaps your object identifier is invalid?`,
    );
  }
  const header = request.headers.authorization;
  if (header === undefined) {
    return sendEnvelope(response, 400, 9106, "Missing X-Auth-Key, X-Auth-Email or Authorization headers");
  }
  if (header !== `Bearer ${options.token}`) return sendEnvelope(response, 401, 10000, "Authentication error");

  if (account !== undefined) return statement(store, options, account, url, request, response);
  if (isPoints && method === "POST") return points(store, batcher, request, response);
  if (dataset !== undefined && method === "DELETE") {
    if (!datasetName.test(dataset)) return sendEnvelope(response, 400, 10001, "not a dataset name");
    await store.drop(dataset);
    return sendJson(response, 200, { ok: true });
  }
  return sendEnvelope(response, 405, 10405, "Method not allowed");
}

async function statement(
  store: Store,
  options: HttpOptions,
  account: string,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (options.account !== null && account !== options.account)
    return sendEnvelope(response, 403, 10000, "Authentication error");
  const method = request.method ?? "GET";
  if (method !== "GET" && method !== "POST") return sendEnvelope(response, 405, 10405, "Method not allowed");
  const sql =
    method === "GET"
      ? (url.searchParams.get("query") ?? "")
      : (await readBody(request, maxStatementBytes)).toString();
  const answer = await answerStatement(store, sql, options.emptyDataset);
  send(response, 200, answer.contentType, answer.body);
}

async function points(
  store: Store,
  batcher: Batcher,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    sendJson(response, 200, { points: await insertBody(store, batcher, request) });
  } catch (error) {
    sendEnvelope(response, 400, 10001, failureText(error));
  }
}

function sendEnvelope(response: ServerResponse, status: number, code: number, message: string): void {
  sendJson(response, status, { success: false, errors: [{ code, message }], messages: [], result: null });
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  send(response, status, "application/json", JSON.stringify(value));
}

function send(response: ServerResponse, status: number, contentType: string, body: string | Buffer): void {
  response.writeHead(status, { "content-type": contentType, "content-length": Buffer.byteLength(body) });
  response.end(body);
}
