/**
 * The stack behind a loopback proxy, so that a test can hold an answer back in the middle, or break the connection: a
 * route of the browser's can only answer whole.
 */
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { stack } from "./desk.ts";

/** What becomes of an answer: it is written here, whole, in part, or not at all. */
export type Answering = (answer: IncomingMessage, response: ServerResponse) => Promise<void> | void;

export interface LoopbackProxy {
  url: string;
  close(): Promise<void>;
}

/** `answering` may take over the answer to a path; undefined: it is passed on. */
export async function proxied(answering: (path: string) => Answering | undefined): Promise<LoopbackProxy> {
  const server = createServer((asked, response) => {
    const path = asked.url ?? "/";
    const onward = request(
      new URL(path, stack.url),
      { method: asked.method, headers: asked.headers },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        const own = answering(path);
        if (own === undefined) answer.pipe(response);
        else void own(answer, response);
      },
    );
    onward.on("error", () => response.destroy());
    response.on("close", () => onward.destroy());
    asked.pipe(onward);
  });
  await new Promise<void>((resume) => server.listen(0, "127.0.0.1", resume));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resume) => {
        server.closeAllConnections();
        server.close(() => resume());
      }),
  };
}
