/** A website and an ingest endpoint on loopback whose answers a test writes down beforehand. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  at: number; // Unix ms
  key: string;
  type: string;
  text: string;
  json: Record<string, unknown>; // empty when it is not JSON
}

/** `drop` closes the connection without an answer. */
export type Scripted =
  | "drop"
  | { status: number; headers?: Record<string, string>; json?: unknown; html?: string; delay?: number };

/** An answer that the test gives when it is time. */
export class LateAnswer {
  give!: (answer: Scripted) => void;
  readonly given = new Promise<Scripted>((resolve) => {
    this.give = resolve;
  });
}

export class FakeApi {
  readonly received: Received[] = [];
  /** Answers for the next posts; when they run out, 201. */
  readonly answers: Scripted[] = [];
  /** Goes before `answers`: what to say to this post, when the test knows. */
  respond: (post: Received) => Scripted | undefined | Promise<Scripted> = () => undefined;
  readonly pages = new Map<string, { type: string; content: string }>();
  csp = "default-src 'self'";
  private readonly server = createServer((request, response) => void this.serve(request, response));

  async listen(): Promise<void> {
    await new Promise<void>((resume) => this.server.listen(0, "127.0.0.1", resume));
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resume) => this.server.close(() => resume()));
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The same server as another site. */
  get elsewhere(): string {
    return `http://localhost:${this.port}`;
  }

  html(path: string, body: string, head = '<script src="/lead.js" defer></script>'): void {
    const content = `<!doctype html><html lang="en"><title>t</title>${head}<body>${body}</body></html>`;
    this.pages.set(path, { type: "text/html; charset=utf-8", content });
  }

  reset(): void {
    this.received.length = 0;
    this.answers.length = 0;
    this.respond = () => undefined;
    this.csp = "default-src 'self'";
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", this.url);
    response.setHeader("Access-Control-Allow-Origin", "*");
    response.setHeader("Access-Control-Allow-Headers", "content-type, idempotency-key");
    response.setHeader("Access-Control-Expose-Headers", "retry-after");
    if (request.method === "OPTIONS") return void response.writeHead(204).end();
    if (url.pathname === "/api/leads" && request.method === "POST") return this.take(request, response);
    const page = this.pages.get(url.pathname);
    if (!page) return void response.writeHead(url.pathname === "/favicon.ico" ? 204 : 404).end();
    response
      .writeHead(200, { "Content-Type": page.type, "Content-Security-Policy": this.csp })
      .end(page.content);
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const type = request.headers["content-type"] ?? "";
    const key = String(request.headers["idempotency-key"] ?? "");
    const json = type.startsWith("application/json") ? JSON.parse(text) : {};
    const post = { at: Date.now(), key, type, text, json };
    this.received.push(post);
    const redirect = new URLSearchParams(type.includes("urlencoded") ? text : "").get("redirect");
    if (redirect) return void response.writeHead(303, { Location: redirect }).end();
    const answer = (await this.respond(post)) ?? this.answers.shift() ?? { status: 201 };
    if (answer === "drop") return void request.socket.destroy();
    if (answer.delay) await new Promise((resume) => setTimeout(resume, answer.delay));
    response.writeHead(answer.status, {
      "Content-Type": answer.html ? "text/html" : "application/json",
      ...answer.headers,
    });
    const ok = { submission_id: `sub_${this.received.length}`, status: "received" };
    response.end(
      answer.html ?? JSON.stringify(answer.json ?? (answer.status < 300 ? ok : { detail: "No." })),
    );
  }
}
