// Analytics Engine's SQL API as the Worker sees it: a fetch that remembers every post, answers it from points, and can
// go wrong in every way in which such an API goes wrong. Of a statement it understands its columns, its range and its
// projects; other filters it leaves to those who read the statement.

import { vi } from "vitest";
import dataset from "../../../schema/datasets/lead_submissions.json" with { type: "json" };

export const sqlAddress = "https://analytics.test/client/v4/accounts/the-account/analytics_engine/sql";
export const sqlToken = "the-token-that-nobody-may-see";

export interface FakePoint {
  /** Unix seconds. */
  at: number;
  project: string;
  event_type: string;
  flags: string[];
  interval: number;
  /** By the dataset's names. */
  texts: Record<string, string>;
}

export interface Post {
  url: string;
  headers: Headers;
  sql: string;
  init: RequestInit;
}

export type Scene = (post: Post, points: FakePoint[]) => Response | Promise<Response>;
type Row = Record<string, string | bigint>;

const eventTypes = ["primary", "follow_up", "test", "blocked", "bot"];
const flagNames = ["vpn", "suspicious", "hot"];
const countries = ["IN", "US", "DE", "GB", ""];
const sources = ["google", "newsletter", "partner", "", "bing"];

/** One point every so many seconds, back from a moment; the same ones each time. */
export function steadyPoints(until: number, count: number, every: number): FakePoint[] {
  return Array.from({ length: count }, (_, n) => ({
    at: until - n * every,
    project: n % 3 === 0 ? "beta" : "acme",
    event_type: eventTypes[(n * n + (n >> 2)) % 5] as string,
    flags: flagNames.filter((_, at) => n % (at + 2) === 0),
    interval: n % 7 === 0 ? 4 : 1,
    texts: {
      country: countries[n % 5] as string,
      source: sources[(n >> 2) % 5] as string,
      utm_campaign: `campaign ${n % 9}`,
    },
  }));
}

export class FakeAnalytics {
  readonly posts: Post[] = [];
  points: FakePoint[];
  #scenes: Scene[] = [whole()];

  constructor(points: FakePoint[]) {
    this.points = points;
    vi.stubGlobal("fetch", async (input: string, init: RequestInit) => {
      const sql = new TextDecoder().decode(init.body as Uint8Array);
      const post = { url: String(input), headers: new Headers(init.headers), sql, init };
      const scene = this.#scenes[Math.min(this.posts.length, this.#scenes.length - 1)] as Scene;
      this.posts.push(post);
      return scene(post, this.points);
    });
  }

  /** One scene for each further post; the last one goes on. */
  plays(...scenes: Scene[]): void {
    this.posts.length = 0;
    this.#scenes = scenes;
  }

  get sql(): string[] {
    return this.posts.map(({ sql }) => sql);
  }
}

// ---- scenes

export type Style = "strings" | "numbers" | "pretty";

export const whole =
  (style: Style = "strings"): Scene =>
  ({ sql }, points) =>
    new Response(answerText(sql, points, style), { headers: { "content-type": "application/json" } });

/** The right answer, changed. */
export const changed =
  (change: (text: string) => string): Scene =>
  ({ sql }, points) =>
    new Response(change(answerText(sql, points, "strings")));

export const says =
  (status: number, body: string, headers: Record<string, string> = {}): Scene =>
  () =>
    new Response(body, { status, headers });

export const refusesConnection: Scene = () => Promise.reject(new TypeError("Network connection lost."));
export const staysSilent: Scene = ({ init }) => untilAborted(init.signal);

/** So many bytes of the right answer, and then: nothing more, a broken connection, or an end as if that were all. */
export const stopsAfter =
  (bytes: number, then: "stalls" | "breaks" | "ends"): Scene =>
  ({ sql, init }, points) => {
    const part = new TextEncoder().encode(answerText(sql, points, "strings")).subarray(0, bytes);
    let sent = false;
    return new Response(
      new ReadableStream({
        async pull(controller) {
          if (!sent) {
            sent = true;
            return controller.enqueue(part);
          }
          if (then === "ends") return controller.close();
          if (then === "breaks") throw new Error("Network connection lost.");
          await untilAborted(init.signal);
        },
      }),
    );
  };

/** Rows one by one, so that a long answer takes no memory here. `left` counts down as they are sent. */
export function manyRows(
  count: number,
  row: (n: number, sql: string) => Row,
): { scene: Scene; left: () => number } {
  let left = count;
  const scene: Scene = ({ sql }) => {
    const encoder = new TextEncoder();
    let begun = false;
    left = count;
    return new Response(
      new ReadableStream({
        pull(controller) {
          let text = begun ? "" : `{"meta":[],"data":[`;
          for (let fits = 200; fits > 0 && left > 0; fits -= 1, left -= 1) {
            text += `${begun ? "," : ""}${rowText(row(count - left, sql), "strings")}`;
            begun = true;
          }
          if (left === 0) text += `],"rows":${count}}`;
          controller.enqueue(encoder.encode(text));
          if (left === 0) controller.close();
        },
      }),
    );
  };
  return { scene, left: () => left };
}

export const garbage =
  (bytes: number): Scene =>
  () => {
    let left = bytes;
    const chunk = new TextEncoder().encode("not what was asked for ".repeat(1000));
    return new Response(
      new ReadableStream({
        pull(controller) {
          controller.enqueue(chunk.subarray(0, left));
          left -= chunk.length;
          if (left <= 0) controller.close();
        },
      }),
    );
  };

/** Until then, a timer shows the runtime that something may still come. */
function untilAborted(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => {
    const timer = setTimeout(() => reject(new Error("Nobody gave up.")), 60_000);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

// ---- answers

/** The columns of the SELECT: what they are made from, by name. */
export function columnsOf(sql: string): Map<string, string> {
  const list = /^SELECT (.*?) FROM lead_submissions\b/s.exec(sql)?.[1];
  if (list === undefined) throw new Error(`This is no statement for us: ${sql}`);
  return new Map(
    parts(list).map((column) => {
      const at = column.lastIndexOf(" AS ");
      return [column.slice(at + 4), column.slice(0, at)];
    }),
  );
}

/** Half-open, Unix seconds. */
export function rangeOf(sql: string): [from: number, to: number] {
  const found = /timestamp >= toDateTime\((\d+)\) AND timestamp < toDateTime\((\d+)\)/.exec(sql);
  if (found === null) throw new Error(`The statement has no range: ${sql}`);
  return [Number(found[1]), Number(found[2])];
}

/** What lies within the range and is not asked for, half-open. */
export function gapsOf(sql: string): [from: number, to: number][] {
  const all = sql.matchAll(/\(timestamp < toDateTime\((\d+)\) OR timestamp >= toDateTime\((\d+)\)\)/g);
  return [...all].map(([, from, to]) => [Number(from), Number(to)]);
}

/** The first of them. */
export const gapOf = (sql: string) => gapsOf(sql)[0];

/** The projects that a statement is bound to; nothing where it may see all. */
export function projectsOf(sql: string): string[] | undefined {
  const where = sql.slice(sql.indexOf(" WHERE "));
  if (where.includes("timestamp < toDateTime(0)")) return [];
  const found = [...where.matchAll(/index1 (?:IN \(([^)]*)\)|= ('[^']*'))/g)].map((match) =>
    [...((match[1] ?? match[2]) as string).matchAll(/'([^']*)'/g)].map(([, project]) => project as string),
  );
  if (found.length === 0) return undefined;
  return found.reduce((both, next) => both.filter((project) => next.includes(project)));
}

export function answerText(sql: string, points: FakePoint[], style: Style): string {
  const columns = columnsOf(sql);
  const [from, to] = rangeOf(sql);
  const gaps = gapsOf(sql);
  const projects = projectsOf(sql);
  const keys = [...columns].filter(([name]) => !name.startsWith("m_"));
  const rows = new Map<string, Row>();
  for (const point of points) {
    if (point.at < from || point.at >= to) continue;
    if (gaps.some(([begin, end]) => point.at >= begin && point.at < end)) continue;
    if (projects !== undefined && !projects.includes(point.project)) continue;
    const key = keys.map(([name, from]) =>
      name === "cell" ? BigInt(cellOf(from)(point.at)) : textOf(point, from),
    );
    const found = rows.get(JSON.stringify(key, (_, value) => String(value)));
    const row = found ?? rowOf(Object.fromEntries(keys.map(([name], at) => [name, key[at] ?? ""])));
    if (found === undefined)
      rows.set(
        JSON.stringify(key, (_, value) => String(value)),
        row,
      );
    add(row, point);
  }
  if (keys.length === 0 && rows.size === 0) rows.set("", rowOf({}));
  let list = [...rows.values()];
  if (/ ORDER BY m_n DESC/.test(sql)) list.sort((a, b) => Number((b.m_n as bigint) - (a.m_n as bigint)));
  const limit = / LIMIT (\d+)/.exec(sql)?.[1];
  if (limit !== undefined) list = list.slice(0, Number(limit));
  return bodyText(list, style);
}

const measures = ["m_n", ...[...eventTypes, ...flagNames].map((name) => `m_${name}`), "m_rows", "m_most"];

const noMeasures: Row = Object.fromEntries([...measures, "m_squares", "m_newest"].map((name) => [name, 0n]));

/** A row with all measures, which are 0 where `row` does not say otherwise. */
export function rowOf(row: Row): Row {
  const keys: Row = {};
  for (const name in row) if (!(name in noMeasures)) keys[name] = row[name] as string | bigint;
  return Object.assign(keys, noMeasures, row);
}

export function bodyText(rows: Row[], style: Style = "strings"): string {
  const meta = Object.keys(rows[0] ?? {}).map((name) => ({
    name,
    type: name.startsWith("d") ? "String" : "UInt64",
  }));
  if (style === "pretty") {
    const lines = rows.map((row) => `\t\t{\n${prettyMembers(row).join(",\n")}\n\t\t}`).join(",\n");
    const head = meta.map((each) => `\t\t${JSON.stringify(each)}`).join(",\n");
    const tail = `\t"statistics":\n\t{\n\t\t"elapsed": 0.001,\n\t\t"rows_read": 1,\n\t\t"bytes_read": 1e3\n\t}`;
    return `{\n\t"meta":\n\t[\n${head}\n\t],\n\n\t"data":\n\t[\n${lines}\n\t],\n\n\t"rows": ${rows.length},\n\n${tail}\n}\n`;
  }
  const data = rows.map((row) => rowText(row, style)).join(",");
  return `{"meta":${JSON.stringify(meta)},"data":[${data}],"rows":${rows.length},"rows_before_limit_at_least":${rows.length}}`;
}

/** There are answers of 200,000 rows. */
function rowText(row: Row, style: Style): string {
  const quote = style === "strings" ? '"' : "";
  let text = "";
  for (const name in row) {
    const value = row[name] as string | bigint;
    text += text === "" ? '{"' : ',"';
    text += name;
    text += '":';
    text += typeof value === "bigint" ? `${quote}${value}${quote}` : JSON.stringify(value);
  }
  return `${text}}`;
}

const prettyMembers = (row: Row) =>
  Object.entries(row).map(([name, value]) => `\t\t\t"${name}": ${JSON.stringify(String(value))}`);

function add(row: Row, { event_type, flags, interval, at }: FakePoint): void {
  const weight = BigInt(interval);
  const grow = (name: string, by: bigint) => {
    row[name] = (row[name] as bigint) + by;
  };
  grow("m_n", weight);
  grow(`m_${event_type}`, weight);
  for (const flag of flags) grow(`m_${flag}`, weight);
  grow("m_rows", 1n);
  grow("m_squares", weight * weight);
  if (weight > (row.m_most as bigint)) row.m_most = weight;
  if (BigInt(at) > (row.m_newest as bigint)) row.m_newest = BigInt(at);
}

function textOf(point: FakePoint, column: string): string {
  if (column === "index1") return point.project;
  const name = dataset.blobs.find(({ slot }) => column === `blob${slot}`)?.name;
  if (name === undefined) throw new Error(`${column} is no column of the dataset.`);
  return name === "event_type" ? point.event_type : (point.texts[name] ?? "");
}

type Cell = (at: number) => number;
/** Many points are asked of one expression. */
const cells = new Map<string, Cell>();

/** intDiv(toUnixTimestamp(timestamp) - a, b), that plus c, or a choice between such by the time. */
function cellOf(expression: string): Cell {
  const known = cells.get(expression);
  if (known !== undefined) return known;
  const made = readCell(expression);
  cells.set(expression, made);
  return made;
}

function readCell(expression: string): Cell {
  const choice = /^if\((.*)\)$/s.exec(expression);
  if (choice !== null) {
    const [condition, then, otherwise] = parts(choice[1] as string) as [string, string, string];
    const before = /^timestamp < toDateTime\((\d+)\)$/.exec(condition);
    if (before === null) throw new Error(`No such choice: ${condition}`);
    const [limit, early, late] = [Number(before[1]), cellOf(then), cellOf(otherwise)];
    return (at) => (at < limit ? early(at) : late(at));
  }
  const even = /^intDiv\(toUnixTimestamp\(timestamp\) - (\d+), (\d+)\)(?: \+ (\d+))?$/.exec(expression);
  if (even === null) throw new Error(`No such cell: ${expression}`);
  const [from, step, first] = [Number(even[1]), Number(even[2]), Number(even[3] ?? 0)];
  return (at) => Math.trunc((at - from) / step) + first;
}

/** Parts between the commas that lie in no brackets and no text. */
function parts(list: string): string[] {
  const out = [""];
  let depth = 0;
  let quoted = false;
  for (const c of list) {
    if (c === "'") quoted = !quoted;
    else if (!quoted && c === "(") depth += 1;
    else if (!quoted && c === ")") depth -= 1;
    if (c === "," && depth === 0 && !quoted) out.push("");
    else out[out.length - 1] += c;
  }
  return out.map((part) => part.trim());
}
