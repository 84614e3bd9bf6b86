// Files: CSV that spreadsheets show and never run, NDJSON, and both of any size.

import { parse } from "csv-parse/browser/esm/sync";
import { afterEach, beforeEach, expect, test } from "vitest";
import { bodyText, rowOf, says } from "./support/fake_ae.ts";
import { Desk } from "./support/report_desk.ts";

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
});
afterEach(() => Desk.close());

type Row = Record<string, string>;
/** Strict: RFC 4180, every row as long as the first. */
const readCsv = (text: string): Row[] => parse(text, { columns: true, record_delimiter: "\r\n" }) as Row[];
const readNdjson = (text: string) => {
  expect(text.endsWith("\n")).toBe(true);
  return text
    .slice(0, -1)
    .split("\n")
    .map((line) => JSON.parse(line));
};

const counts = ["total", "primary", "follow_up", "test", "blocked", "bot"];
const flags = ["vpn_count", "suspicious_count", "hot_count"];
const numbers = [...counts, ...flags];

// biome-ignore lint/suspicious/noExplicitAny: of a JSON answer
type Json = any;

/** The rows that a file must have, taken from the JSON of the same view. */
function rowsOf(report: Json): Json[] {
  const bucketOf = ({ start, end, partial }: Json) => ({ start, end, partial });
  const countsOf = (row: Json) => Object.fromEntries(numbers.map((name) => [name, row[name]]));
  if (report.meta.group_by.length === 0) {
    if (report.meta.bucket === "none") return [countsOf(report.totals)];
    return report.buckets.map((row: Json) => ({ ...bucketOf(row), ...countsOf(row) }));
  }
  return report.groups.flatMap((group: Json) => {
    const key = Object.fromEntries(
      report.meta.group_by.map((name: string) => [name, group.key === null ? null : group.key[name]]),
    );
    const head = { ...key, other: group.key === null };
    if (report.meta.bucket === "none") return [{ ...head, ...countsOf(group) }];
    return group.buckets.map((row: Json) => ({ ...bucketOf(row), ...head, ...countsOf(row) }));
  });
}

const views = [
  "",
  "bucket=none",
  "bucket=none&group_by=country",
  "group_by=country&limit=2",
  "bucket=week&group_by=source,country&days=30",
  "bucket=60min&days=2",
  "days=3&compare=previous",
];

test.each(views)("the rows of '%s' are the same in JSON, CSV and NDJSON", async (query) => {
  const { json } = await desk.stats(query);
  const expected = rowsOf(json);
  const lines = readNdjson((await desk.stats(`${query}&format=ndjson`)).text);
  expect(lines).toEqual(expected);
  expect(Object.keys(lines[0])).toEqual(Object.keys(expected[0]));

  const { text } = await desk.stats(`${query}&format=csv`);
  const cells = expected.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, value === null ? "" : String(value)]),
    ),
  );
  expect(readCsv(text)).toEqual(cells);
  expect(text.slice(0, text.indexOf("\r\n"))).toBe(Object.keys(expected[0]).join(","));
  for (const row of readCsv(text)) {
    const sum = counts.slice(1).reduce((all, name) => all + Number(row[name]), 0);
    expect(String(sum)).toBe(row.total);
  }
  expect(text.endsWith("\r\n")).toBe(true);
});

test.each([
  [
    "csv",
    "text/csv; header=present; charset=utf-8",
    "lead-stats_acme_2026-11-15_2026-11-21_Asia-Kolkata.csv",
  ],
  [
    "ndjson",
    "application/x-ndjson; charset=utf-8",
    "lead-stats_acme_2026-11-15_2026-11-21_Asia-Kolkata.ndjson",
  ],
])("a %s file has a type and a name", async (format, type, name) => {
  const { headers, text } = await desk.stats(`project=acme&format=${format}`);
  expect(headers.get("content-type")).toBe(type);
  expect(headers.get("content-disposition")).toBe(`attachment; filename="${name}"`);
  expect(headers.get("cache-status")).toMatch(/^leadledger/);
  expect(headers.get("etag")).toMatch(/^W\//);
  expect(text.charCodeAt(0)).not.toBe(0xfeff);
});

test("names of files hold nothing that a header or a file system minds", async () => {
  const hostile = encodeURIComponent('a"; x=../../b\u202e\r\nset-cookie: c');
  const { headers } = await desk.stats(`project=${hostile}&format=csv&timezone=Etc/GMT%2B5`);
  expect(headers.get("content-disposition")).toMatch(/^attachment; filename="[A-Za-z0-9._+-]+\.csv"$/);
  expect(headers.has("set-cookie")).toBe(false);
});

test("bom=1 puts a byte order mark in front of CSV, and nowhere else", async () => {
  const path = desk.path("lead-stats", "format=csv&bom=1");
  const { response, finished } = await desk.open(path);
  const bytes = new Uint8Array(await response.arrayBuffer());
  await finished();
  expect([...bytes.subarray(0, 8)]).toEqual([0xef, 0xbb, 0xbf, ...new TextEncoder().encode("start")]);
  expect([...bytes.subarray(3)]).not.toContain(0xef);
});

const texts = [
  "=1+1",
  "+x",
  "-x",
  "@SUM(A1)",
  "\tx",
  "\rx",
  "\nx",
  '=HYPERLINK("http://evil.test","click")',
  '@a,"b"',
  "=",
  "plain",
  "it = fine",
  'say "hi", twice',
  "two\r\nlines",
  " =1",
  "",
  "’=1",
];

test("cells never begin with what a spreadsheet runs, and are else as they were", async () => {
  const rows = texts.map((d0, n) =>
    rowOf({ d0, m_n: BigInt(n + 1), m_bot: BigInt(n + 1), m_rows: 1n, m_most: 1n }),
  );
  desk.analytics.plays(says(200, bodyText(rows)));
  const { text } = await desk.stats("format=csv&bucket=none&group_by=utm_term");
  const cells = new Map(readCsv(text).map((row) => [Number(row.total) - 1, row.utm_term as string]));
  expect(cells.size).toBe(texts.length);
  for (const [at, original] of texts.entries()) {
    const dangerous = /^[=+\-@\t\r\n]/.test(original);
    expect(cells.get(at), original).toBe(dangerous ? `'${original}` : original);
  }
  // The other formats are no spreadsheets: there the text is as it is.
  const { text: lines } = await desk.stats("format=ndjson&bucket=none&group_by=utm_term");
  expect(
    readNdjson(lines)
      .map(({ utm_term }) => utm_term)
      .toSorted(),
  ).toEqual(texts.toSorted());
});

test("numbers and times are left alone", async () => {
  const { text } = await desk.stats("format=csv&timezone=America/New_York&group_by=country");
  for (const row of readCsv(text)) {
    for (const name of numbers) expect(row[name]).toMatch(/^\d+$/);
    expect(row.start).toMatch(/^2026-11-\d\dT00:00:00-05:00$/);
    expect(row.partial).toMatch(/^(true|false)$/);
  }
});

test("the rest is one group with empty cells, so that files add up too", async () => {
  const { text } = await desk.stats("format=csv&bucket=none&group_by=country,source&limit=2");
  const rows = readCsv(text);
  expect(rows).toHaveLength(3);
  expect(rows[2]).toMatchObject({ country: "", source: "", other: "true" });
  const { json } = await desk.stats("bucket=none&group_by=country,source&limit=2");
  expect(rows.reduce((all, row) => all + Number(row.total), 0)).toBe(json.totals.total);
});

test("no groups: a CSV with its names alone, an NDJSON without a line", async () => {
  desk.analytics.plays(says(200, bodyText([])));
  const csv = await desk.stats("format=csv&group_by=country");
  expect(csv.status).toBe(200);
  expect(csv.text).toBe(`start,end,partial,country,other,${numbers.join(",")}\r\n`);
  expect((await desk.stats("format=ndjson&group_by=country")).text).toBe("");
});

// ---- large ones

const large = "days=90&bucket=60min&group_by=country,source&limit=1000";

async function chunksOf(query: string): Promise<{ chunks: number; text: string }> {
  const { response, finished } = await desk.open(desk.path("lead-stats", query));
  expect(response.status).toBe(200);
  expect(response.headers.get("x-request-id")).toMatch(/^req_/);
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let chunks = 0;
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks += 1;
    text += decoder.decode(value, { stream: true });
  }
  await finished();
  return { chunks, text: text + decoder.decode() };
}

test("a large answer comes in pieces and is whole, in every format", async () => {
  const json = await chunksOf(large);
  expect(json.chunks).toBeGreaterThan(10);
  const report = JSON.parse(json.text);
  const expected = rowsOf(report);
  expect(expected.length).toBeGreaterThan(40_000);

  const csv = await chunksOf(`${large}&format=csv`);
  expect(csv.chunks).toBeGreaterThan(10);
  expect(csv.text.match(/\r\n/g)).toHaveLength(expected.length + 1);
  const total = csv.text
    .split("\r\n")
    .slice(1, -1)
    .reduce((all, line) => all + Number(line.split(",")[6]), 0);
  expect(total).toBe(report.totals.total);

  const ndjson = await chunksOf(`${large}&format=ndjson`);
  expect(ndjson.chunks).toBeGreaterThan(10);
  expect(ndjson.text.match(/\n/g)).toHaveLength(expected.length);
  expect(desk.analytics.posts).toHaveLength(1);
});

test.each([
  ["before the first piece", 0],
  ["after a piece", 1],
  ["after five", 5],
])("a client that goes away %s breaks nothing for those who come later", async (_when, pieces) => {
  for (let client = 0; client < 12; client += 1) {
    const { response, finished } = await desk.open(desk.path("lead-stats", `${large}&format=csv`));
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    for (let piece = 0; piece < pieces; piece += 1) expect((await reader.read()).done).toBe(false);
    await reader.cancel();
    await finished();
  }
  const { text } = await chunksOf(`${large}&format=csv`);
  expect(text.endsWith("\r\n")).toBe(true);
  expect((await desk.stats("days=7")).status).toBe(200);
});

test("several large answers at once, one of them given up, are each whole", async () => {
  const first = (await chunksOf(`${large}&format=ndjson`)).text;
  const { response, finished } = await desk.open(desk.path("lead-stats", `${large}&format=ndjson`));
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  await reader.read();
  const others = Promise.all([1, 2, 3].map(() => chunksOf(`${large}&format=ndjson`)));
  await reader.cancel();
  await finished();
  for (const { text } of await others) expect(text === first).toBe(true);
});
