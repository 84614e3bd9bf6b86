/**
 * The examples of the API's pages run against a real stack, in the order in which they stand there. A block that begins with
 * a method is a request, the one after it that begins with HTTP/1.1 its answer. Compared are the status, the headers that the
 * page shows, the members of a JSON body and their values; what differs from run to run (ids, times, places) only by its kind.
 * Every answer is also one that the API's description tells of.
 * The statistics are those of points that lie at fixed times in the past, so they are compared to the last digit.
 */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { crons } from "../../schema/request.json" with { type: "json" };
import { type Stack, startStack } from "../e2e/support/stack.ts";
import { checkAnswer } from "../openapi/check.ts";
import { type Block, blocks, read } from "./pages.ts";
import { newsletterPoints, pointLines, silencePoints } from "./points.ts";
import { buryOne, type Receiver, startReceiver } from "./receiver.ts";

/** The address that the pages write. */
const shownUrl = "http://localhost:8787";

/** What every browser sends, and the examples leave out. */
const browser = {
  accept: "*/*",
  "accept-language": "en",
  "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0",
};

interface Page {
  name: string;
  /** Members that differ from run to run; an answer's own text stands in for the page's in what follows. */
  changing: RegExp;
  /** Members that may also be missing: what the runtime knows of the caller's network. */
  places: string[];
  /** What has to have happened before the page's first example. */
  prepare?: () => Promise<void>;
}

const pages: Page[] = [
  {
    name: "docs/api/leads.md",
    changing: /^(id|\w+_id|\w+_at|next_cursor|ip|blobs|doubles)$/,
    places: ["country", "region", "city", "asn", "as_organization"],
  },
  {
    name: "docs/api/lead-stats.md",
    changing: /^(request_id|generated_at|data_from|bytes|milliseconds|attempts)$/,
    places: [],
  },
  {
    name: "docs/api/channels.md",
    changing: /^(\w+_id|\w+_at|timestamp)$/,
    places: [],
  },
  {
    name: "docs/api/briefs.md",
    changing: /^request_id$/,
    places: [],
  },
  {
    name: "docs/api/session.md",
    changing: /^(id|\w+_id|\w+_at)$/,
    places: [],
  },
  {
    name: "docs/api/mcp.md",
    changing: /^(text|request_id|generated_at|data_from|cache)$/,
    places: [],
  },
  // These come last, since their points are of today.
  {
    name: "docs/api/insights.md",
    changing: /^(\w+_id|\w+_at|from|to|data_from|data_through)$/,
    places: [],
    prepare: () => loadPoints(newsletterPoints(Date.now())),
  },
  {
    name: "docs/api/alerts.md",
    changing: /^(\w+_id|\w+_at|from|to)$/,
    // Who is told depends on quiet hours.
    places: ["deliveries"],
    prepare: async () => {
      await loadPoints(silencePoints(Date.now()));
      const added = await fetch(`${stack.url}/api/admin/projects`, {
        method: "POST",
        headers: { authorization: `Bearer ${stack.admin_key}`, "content-type": "application/json" },
        body: JSON.stringify({ slug: "hooli", name: "Hooli" }),
      });
      expect(added.status, await added.text()).toBe(201);
      const address = new URL("/cdn-cgi/handler/scheduled", stack.url);
      address.searchParams.set("cron", crons.watch);
      const response = await fetch(address);
      expect(response.status, await response.text()).toBe(200);
    },
  },
];

/**
 * The examples stay as old as they are: to the Worker their points are held for twenty years. Wrangler gives the Worker
 * its own environment.
 */
const longRetention = { CLOUDFLARE_INCLUDE_PROCESS_ENV: "true", RETENTION_DAYS: "7300" };

interface Message {
  first: string;
  headers: Map<string, string>;
  body: string;
}

function parse(text: string): Message {
  const [head, ...rest] = text.split("\n\n") as [string, ...string[]];
  const [first, ...lines] = head.trimEnd().split("\n") as [string, ...string[]];
  const headers = lines.map((line) => {
    const at = line.indexOf(":");
    return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()] as const;
  });
  return { first, headers: new Map(headers), body: rest.join("\n\n").trim() };
}

interface Example {
  line: number;
  request: Message;
  answer: Message;
}

function examples(page: string): Example[] {
  const http = blocks(read(page)).filter((block) => block.language === "http");
  const found: Example[] = [];
  for (let at = 0; at < http.length; at += 2) {
    const [request, answer] = [http[at], http[at + 1]] as [Block, Block | undefined];
    if (!answer?.text.startsWith("HTTP/1.1 ")) throw new Error(`${page}:${request.line} has no answer`);
    found.push({ line: request.line, request: parse(request.text), answer: parse(answer.text) });
  }
  return found;
}

let stack: Stack;
let receiver: Receiver;
/** What the page says, and what this run was told in its place. */
let told: Map<string, string>;
let page: Page;

beforeAll(async () => {
  receiver = await startReceiver();
  stack = await startStack([], receiver.prepare, longRetention);
  await buryOne(stack.url, stack.admin_key);
  await loadPoints(pointLines());
});
afterAll(async () => {
  await stack?.stop();
  receiver?.close();
});

async function loadPoints(lines: string): Promise<void> {
  const loaded = await fetch(new URL("/local/points", stack.ae_sql_url), {
    method: "POST",
    headers: { authorization: `Bearer ${stack.ae_sql_token}` },
    body: lines,
  });
  expect(loaded.status, await loaded.text()).toBe(200);
}

function current(text: string): string {
  let out = text
    .replaceAll("$ADMIN_KEY", stack.admin_key)
    .replaceAll("$MARKETING_KEY", stack.marketing_key)
    .replaceAll("$LIMITED_KEY", stack.limited_key);
  for (const [shown, real] of told) out = out.replaceAll(shown, real);
  return out;
}

/** Both sides in a form in which they are equal where the page is right; remembers ids on the way. */
function compare(shown: unknown, real: unknown, name: string, path: string): void {
  const { changing, places } = page;
  if (typeof shown === "string" && typeof real === "string" && changing.test(name)) {
    // A moment that changes may also stand where it does not.
    if (shown.length > 4 && name !== "data_from") told.set(shown, real);
  } else if (changing.test(name)) {
    expect(Array.isArray(real) ? real.length : typeof real, path).toBe(
      Array.isArray(shown) ? shown.length : typeof shown,
    );
  } else if (Array.isArray(shown) && Array.isArray(real)) {
    expect(real.length, `${path} in ${JSON.stringify(real)}`).toBe(shown.length);
    for (const [at, item] of shown.entries()) compare(item, real[at], "", `${path}[${at}]`);
  } else if (shown !== null && real !== null && typeof shown === "object" && typeof real === "object") {
    const names = (value: object) => Object.keys(value).filter((key) => !places.includes(key));
    expect(names(real), path).toEqual(names(shown));
    for (const key of names(shown)) {
      compare((shown as never)[key], (real as never)[key], key, `${path}.${key}`);
    }
  } else {
    expect(real, path).toEqual(typeof shown === "string" ? current(shown) : shown);
  }
}

/** The attributes are compared; a value that differs from run to run is the one that later requests bring. */
function compareCookie(shown: string, real: string): void {
  const parts = (cookie: string) =>
    /^([^=]+=)([^;]*)(.*)$/.exec(cookie)?.slice(1) as [string, string, string];
  const [shownParts, realParts] = [parts(shown), parts(real)];
  expect([realParts[0], realParts[2]]).toEqual([shownParts[0], shownParts[2]]);
  expect(realParts[1] === "").toBe(shownParts[1] === "");
  if (shownParts[1] !== "") told.set(shownParts[1], realParts[1]);
}

function compareBody(shown: string, real: string, type: string): void {
  if (shown === "") {
    expect(real).toBe("");
    return;
  }
  if (type.startsWith("text/csv")) {
    expect(real).toBe(`${shown.replaceAll("\n", "\r\n")}\r\n`);
    return;
  }
  const lines = type.includes("ndjson");
  const documents = (text: string): unknown =>
    lines
      ? text
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line))
      : JSON.parse(text);
  compare(documents(shown), documents(real), "", "body");
}

describe.each(pages)("$name", (shownPage) => {
  beforeAll(async () => {
    told = new Map();
    page = shownPage;
    await shownPage.prepare?.();
  });

  const found = examples(shownPage.name);
  it("has examples", () => expect(found.length).toBeGreaterThan(0));

  it.each(found.map((example) => [`line ${example.line}: ${example.request.first}`, example] as const))(
    "%s",
    async (_, { request, answer }) => {
      const [method, path] = current(request.first).split(" ") as [string, string];
      const headers = Object.fromEntries([...request.headers].map(([name, value]) => [name, current(value)]));
      const response = await fetch(stack.url + path, {
        method,
        headers: { ...browser, ...headers },
        body: request.body === "" ? null : current(request.body),
        redirect: "manual",
      });
      const text = await response.text();
      checkAnswer({ method, path, status: response.status, headers: response.headers, text });
      expect(`HTTP/1.1 ${response.status}`, text).toBe(answer.first.split(" ").slice(0, 2).join(" "));
      for (const [name, value] of answer.headers) {
        const real = response.headers.get(name)?.replace(stack.url, shownUrl);
        if (name === "x-request-id") expect(real).toMatch(/^req_[0-9a-f]{32}$/);
        else if (name === "etag" && !told.has(value)) told.set(value, String(real));
        else if (name === "set-cookie") compareCookie(value, String(real));
        else expect(real, name).toBe(current(value));
      }
      compareBody(answer.body, text, response.headers.get("content-type") ?? "");
    },
  );
});

describe("README.md", () => {
  const shells = blocks(read("README.md"));
  const indexOf = (path: string) => shells.findIndex(({ text }) => text.includes(`8787${path}`));

  /** What a command of the page prints, run in a folder of its own, and the files that it leaves there. */
  async function run({ text }: Block): Promise<{ stdout: string; files: Map<string, string> }> {
    const folder = await mkdtemp(join(tmpdir(), "leadledger-docs-"));
    try {
      await mkdir(join(folder, ".local"));
      await writeFile(join(folder, ".local/session.json"), JSON.stringify(stack));
      const command = text.replaceAll(shownUrl, stack.url);
      const { stdout } = await promisify(execFile)("bash", ["-e", "-c", command], { cwd: folder });
      const names = (await readdir(folder)).filter((name) => name !== ".local");
      const contents = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
      return { stdout, files: new Map(names.map((name, at) => [name, contents[at] as string])) };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  it("shows a curl command that works as it is printed, and its answer", async () => {
    const at = indexOf("/api/leads");
    const { stdout } = await run(shells[at] as Block);
    const real = JSON.parse(stdout) as Record<string, unknown>;
    const shown = JSON.parse((shells[at + 1] as Block).text) as Record<string, unknown>;
    expect(Object.keys(real)).toEqual(Object.keys(shown));
    // Flags depend on the network that this machine is in.
    for (const name of ["status", "event_type", "lead_score", "bot_score", "ruleset"]) {
      expect(real[name], name).toEqual(shown[name]);
    }
    expect(real.lead_id).toMatch(/^lead_[0-9a-f]{32}$/);
  });

  it("asks for a summary and a file, and both count the submission before", async () => {
    const { stdout, files } = await run(shells[indexOf("/analytics/")] as Block);
    const summary = JSON.parse(stdout) as { totals: { total: number }; top: { project: { key: string }[] } };
    expect(summary.totals.total).toBeGreaterThan(0);
    expect(summary.top.project.map(({ key }) => key)).toContain("acme");
    const [[name, csv]] = [...files] as [[string, string]];
    expect(files.size).toBe(1);
    expect(name).toMatch(/^lead-stats_all-projects_.*_Asia-Kolkata\.csv$/);
    expect(csv).toMatch(/^start,end,partial,cta,other,total,/);
    expect(csv).toMatch(/,Book a demo,false,[1-9]/);
  });
});
