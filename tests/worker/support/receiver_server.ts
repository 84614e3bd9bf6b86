// A receiver of webhooks that behaves badly on request: a real server on loopback, in the process that runs the tests.
// A path is /<behaviour>/<argument>/<name>; /seen/<name> tells what came under that name.

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestProject } from "vitest/node";

export interface Seen {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
}

type Behaviour = (response: ServerResponse, argument: string, count: number) => void;

const drip = (response: ServerResponse) => {
  const timer = setInterval(() => response.write("."), 100);
  response.on("close", () => clearInterval(timer));
};

const behaviours: Record<string, Behaviour> = {
  status: (response, code) => response.writeHead(Number(code)).end(),
  /** So many times 500, then 200. */
  fails: (response, times, count) => response.writeHead(count <= Number(times) ? 500 : 200).end(),
  "retry-after": (response, value) => response.writeHead(429, { "retry-after": value }).end(),
  redirects: (response, to) => response.writeHead(302, { location: `/status/200/${to}` }).end(),
  stalls: () => {},
  slow: (response, ms) => void setTimeout(() => response.writeHead(200).end(), Number(ms)),
  "drips-head": (response) => {
    const timer = setInterval(() => response.socket?.write("H"), 1000);
    response.on("close", () => clearInterval(timer));
    response.socket?.write("HTTP/1.1 200 OK\r\nx-drip: ");
  },
  drips: (response, code) => {
    response.writeHead(Number(code));
    drip(response);
  },
  endless: (response, code) => {
    response.writeHead(Number(code));
    const more = () => {
      while (response.writable && response.write(Buffer.alloc(65_536))) {
        /* as much as it takes */
      }
    };
    response.on("drain", more);
    more();
  },
  garbage: (response) => response.writeHead(200, { "content-type": "application/json" }).end("\u0000\ufffd{"),
  "hangs-up": (response) => response.socket?.destroy(),
};

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

export default async function setup(project: TestProject): Promise<() => void> {
  const seen = new Map<string, Seen[]>();
  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy());
  });
  async function answer(request: IncomingMessage, response: ServerResponse) {
    const path = request.url ?? "";
    const [behaviour = "", argument = "", name = ""] = (path.slice(1).split("?")[0] ?? "").split("/");
    if (behaviour === "seen") {
      response.writeHead(200).end(JSON.stringify(seen.get(argument) ?? []));
      return;
    }
    const body = await read(request);
    const all = seen.get(name) ?? [];
    seen.set(name, all);
    all.push({
      method: request.method ?? "",
      path,
      headers: request.headers as Record<string, string>,
      body,
    });
    const act = behaviours[behaviour];
    if (act) act(response, argument, all.length);
    else response.writeHead(404).end();
  }
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  project.provide("receiver", `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return () => {
    server.closeAllConnections();
    server.close();
  };
}
