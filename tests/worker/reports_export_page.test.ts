// A page makes files of the answer that it holds, with the core's module for browsers: the bytes and the names are those
// that the Worker gives for the same question.

import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { LeadledgerExport } from "../../bindings/browser/leadledger_export.d.mts";
import { bodyText, rowOf, says } from "./support/fake_ae.ts";
import { type Ask, Desk } from "./support/report_desk.ts";

let page: LeadledgerExport;
beforeAll(async () => {
  // The runtime compiles no bytes, as a page does: it is given the compiled module.
  const { default: compiled } = await import("../../build/browser/leadledger_export.wasm");
  const { default: load } = (await import(
    "../../build/browser/leadledger_export.mjs"
  )) as typeof import("../../bindings/browser/leadledger_export.d.mts");
  page = await load({
    locateFile: (name) => name,
    instantiateWasm(imports, done) {
      const instance = new WebAssembly.Instance(compiled, imports);
      done(instance);
      return instance.exports;
    },
  });
});

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
});
afterEach(() => Desk.close());

async function fetched(query: string, ask: Ask) {
  const { response, finished } = await desk.open(desk.path("lead-stats", query), ask);
  expect(response.status).toBe(200);
  const bytes = new Uint8Array(await response.arrayBuffer());
  await finished();
  const name = /filename="(.*)"/.exec(response.headers.get("content-disposition") ?? "")?.[1];
  return { bytes, name, text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
}

const same = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, at) => byte === b[at]);

/** JSON is asked for first; what a page makes of it is what the Worker says to the same question afterwards. */
async function mustAgree(query: string, ask: Ask = {}, onlyProject?: string): Promise<void> {
  const shown = await fetched(query, ask);
  const answer = JSON.parse(shown.text);
  const options = onlyProject === undefined ? {} : { onlyProject };
  for (const [format, bom] of [
    ["csv", false],
    ["csv", true],
    ["ndjson", false],
  ] as const) {
    const served = await fetched(`${query}&format=${format}${bom ? "&bom=1" : ""}`, ask);
    for (const held of [shown.text, shown.bytes]) {
      const made = page.exportRows(held, format, { bom });
      if (!same(made, served.bytes)) expect(new TextDecoder().decode(made)).toBe(served.text);
    }
    expect(page.exportFileName(answer, format, options)).toBe(served.name);
  }
}

test.each([
  "days=7",
  "bucket=none",
  "bucket=none&group_by=country",
  "group_by=country&limit=2",
  "bucket=none&group_by=source,country&limit=3",
  "bucket=week&group_by=country,source&days=30",
  "bucket=month&days=90",
  "bucket=15min&days=2",
  "days=3&compare=previous",
  "group_by=type&compare=previous_week",
  "timezone=America/New_York&from=2026-10-31&to=2026-11-03&bucket=60min",
  "timezone=Australia/Lord_Howe&from=2026-10-03&to=2026-10-05&bucket=30min&group_by=project",
  "from=2026-11-10T03:20:00%2B01:00&to=2026-11-12T03:50:00%2B01:00&bucket=60min",
  "hot=true&vpn=false",
])("'%s'", async (query) => {
  await mustAgree(query);
});

test.each([
  "project=acme",
  "project=acme,beta",
  "project=a,b,c",
  "project=a,b,c,d",
  "project=-acme",
  "project=~ac",
  "project=",
  "project=acme&project=-beta",
  `project=${encodeURIComponent('a"; x=../../b\u202e c')}`,
])("the file of '%s' has the Worker's name", async (query) => {
  await mustAgree(`${query}&bucket=none`);
});

test.each([
  ["acme", "acme"],
  ["acme_admin", "acme"],
  ["both", undefined],
  ["nothing", undefined],
])("the file for the key %s has the Worker's name", async (key, onlyProject) => {
  await mustAgree("days=2", { key }, onlyProject);
  await mustAgree("days=2&bucket=none&group_by=project", { key }, onlyProject);
});

test.each([
  // Clocks go from midnight to one as the range ends, so its end reads 01:00 of the day that is not in it.
  ["Africa/Cairo", "2026-04-20", "2026-04-24"],
  ["America/Havana", "2026-03-01", "2026-03-08"],
  // One o'clock becomes midnight: the range ends at the first of the two.
  ["America/Havana", "2026-10-30", "2026-11-01"],
  ["Asia/Beirut", "2026-03-25", "2026-03-29"],
  ["Pacific/Apia", "2026-11-01", "2026-11-03"],
])("the last day in %s, %s to %s", async (timezone, from, to) => {
  await mustAgree(`timezone=${timezone}&from=${from}&to=${to}&bucket=none`);
  await mustAgree(`timezone=${timezone}&from=${from}&to=${to}&bucket=week&group_by=country`);
});

test("texts that spreadsheets, JSON and CSV mind", async () => {
  const texts = [
    "=1+1",
    "@x",
    "\tx",
    'say "hi"',
    "two\r\nlines",
    "größe €, 😀",
    "\u0001\u2028",
    "",
    "a\\b",
    "/",
  ];
  const rows = texts.map((d0, n) =>
    rowOf({ d0, m_n: BigInt(n + 1), m_bot: BigInt(n + 1), m_rows: 1n, m_most: 1n }),
  );
  desk.analytics.plays(says(200, bodyText(rows)));
  await mustAgree("bucket=none&group_by=utm_term");
});

test("an answer of no groups", async () => {
  desk.analytics.plays(says(200, bodyText([])));
  await mustAgree("group_by=country,source");
  await mustAgree("bucket=none&group_by=country");
});

test("an answer of megabytes", async () => {
  const query = "days=90&bucket=60min&group_by=country";
  await mustAgree(query);
  expect((await fetched(query, {})).bytes.length).toBeGreaterThan(2_000_000);
});

test("a summary and a problem are none, and the sentence says so", async () => {
  const summary = await desk.summary();
  expect(() => page.exportRows(summary.text, "csv")).toThrow("it is a summary, which has no rows");
  const problem = await desk.stats("bucket=hour");
  expect(problem.status).toBe(400);
  expect(() => page.exportRows(problem.text, "csv")).toThrow("it has no meta");
});
