// The glossary: what every number and every dimension means, for people and for prompts.

import { afterEach, expect, test } from "vitest";
import openapi from "../../build/generated/openapi.json";
import { kinds } from "../../schema/insights.json";
import { Desk } from "./support/report_desk.ts";
import { Stage } from "./support/stage.ts";

// biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects
type Json = any;

afterEach(() => Desk.close());

const get = async (path: string, options = {}) => (await Stage.open()).call(path, options);

test("every count and every rate of an answer is explained, without a key", async () => {
  const { status, headers, json } = await get("/meta/metrics");
  expect(status).toBe(200);
  expect(headers.get("cache-control")).toBe("public, max-age=3600");
  const names = json.data.map(({ name }: Json) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const metric of json.data) {
    expect(Object.keys(metric).sort()).toEqual([
      "caveats",
      "formula",
      "found_in",
      "meaning",
      "name",
      "title",
      "unit",
    ]);
    expect(metric.found_in.length).toBeGreaterThan(0);
    for (const text of [metric.title, metric.meaning, metric.unit, metric.formula]) expect(text).not.toBe("");
  }
  const summary = await (await Desk.open()).summary();
  for (const count of Object.keys(summary.json.totals)) expect(names).toContain(count);
  for (const rate of Object.keys(summary.json.rates)) expect(names).toContain(`rates.${rate}`);
  for (const name of ["share", "change", "margin", "busiest_hour"]) expect(names).toContain(name);
});

test("every dimension that a report takes is explained, and who writes it", async () => {
  const { json } = await get("/meta/dimensions");
  const refused = await (await Desk.open()).stats("group_by=nothing");
  expect(refused.status).toBe(400);
  const allowed = refused.json.invalid_params[0].reason as string;
  for (const { name, written_by, meaning, example } of json.data) {
    expect(allowed, name).toContain(name);
    expect(["visitor", "project", "platform", "leadledger"]).toContain(written_by);
    expect(meaning).not.toBe("");
    expect(typeof example).toBe("string");
  }
  const strangers = json.data.filter((entry: Json) => entry.written_by === "visitor");
  expect(strangers.map(({ name }: Json) => name)).toEqual([
    "source",
    "referer",
    "cta",
    "utm_source",
    "utm_medium",
    "utm_campaign",
    "utm_term",
    "utm_content",
    "landing_path",
  ]);
  expect(json.data.find((entry: Json) => entry.name === "event_type").values).toEqual([
    "primary",
    "follow_up",
    "test",
    "blocked",
    "bot",
  ]);
});

test("one of them by its name, the same as in the list", async () => {
  for (const list of ["metrics", "dimensions"]) {
    for (const entry of (await get(`/meta/${list}`)).json.data) {
      for (const name of [entry.name, ...(entry.aliases ?? [])]) {
        expect((await get(`/meta/${list}/${name}`)).json, name).toEqual(entry);
      }
    }
  }
});

test("what is not there says where to look", async () => {
  const unknown = await get("/meta/metrics/conversions");
  expect(unknown.status).toBe(404);
  const names = (await get("/meta/metrics")).json.data.map(({ name }: Json) => name);
  const listed = `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
  expect(unknown.json.detail).toBe(`There is no such metric. There are ${listed}.`);
  expect((await get("/meta/dimensions/colour")).json.detail).toMatch(
    /^There is no such dimension\. There are event_type, project, .* and reason\.$/,
  );
  expect((await get("/meta/metrics/country")).json.detail).toBe(
    "There is no such metric. See /meta/dimensions/country.",
  );
  expect((await get("/meta/dimensions/primary")).json.detail).toBe(
    "There is no such dimension. See /meta/metrics/primary.",
  );
  expect((await get("/meta/metrics?limit=3")).json).toMatchObject({ status: 400, code: "bad_parameter" });
  expect((await get("/meta/metrics", { method: "POST" })).status).toBe(405);
});

test("HEAD is answered as GET is", async () => {
  // The runtime leaves out the body.
  const [head, whole] = [await get("/meta/metrics", { method: "HEAD" }), await get("/meta/metrics")];
  expect(head.status).toBe(200);
  for (const name of ["content-type", "cache-control"]) {
    expect(head.headers.get(name), name).toBe(whole.headers.get(name));
  }
});

test("every number behind an insight is explained", async () => {
  const { json } = await get("/meta/metrics");
  const names = json.data.map(({ name }: Json) => name);
  const schemas: Json = openapi.components.schemas;
  const numbers = Object.keys(schemas)
    .filter((name) => /Numbers$/.test(name))
    .flatMap((name) => Object.keys(schemas[name].properties));
  expect(numbers.length).toBeGreaterThan(12);
  for (const name of numbers) expect(names).toContain(`insights.${name}`);
});

test("what an insight counts is explained, and that insights give it", async () => {
  const { json } = await get("/meta/metrics");
  for (const count of new Set(Object.values(kinds).map((kind) => kind.count))) {
    const metric = json.data.find(({ name }: Json) => name === count);
    expect(metric?.found_in, count).toContain("insights");
  }
});
