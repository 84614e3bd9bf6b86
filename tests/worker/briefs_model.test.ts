// A language model words the brief where it keeps to the facts; else the template goes out.

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { limits } from "../../build/generated/schema.ts";
import { BriefDesk, type Model } from "./support/brief_desk.ts";

let desk: BriefDesk;
beforeEach(async () => {
  desk = await BriefDesk.open({ keys: ["everything"] });
});
afterEach(() => BriefDesk.close());

const politely = (lines: string) => lines.replaceAll("- ", "- Well, ");
/** The first line with something behind it. */
const adding = (words: string) => (lines: string) => politely(lines).replace(/\.?\n/, `${words}\n`);

async function written(model: Model | undefined) {
  desk.model = model;
  const { status, json } = await desk.preview();
  expect(status).toBe(200);
  return json;
}

test.each<[string, Model]>([
  ["response", (lines) => ({ response: politely(lines) })],
  ["choices", (lines) => ({ choices: [{ message: { content: politely(lines) } }] })],
])("its sentences are taken where they keep every number: {%s}", async (_, model) => {
  const template = await written(undefined);
  const brief = await written(model);
  expect(brief.written_by).toBe("model");
  expect(brief.title).toBe(template.title);
  const lines = (of: typeof brief, title: string) =>
    of.sections.find((section: { title: string }) => section.title === title).lines;
  expect(lines(brief, "Overview")).toEqual(
    lines(template, "Overview").map((line: string) => `Well, ${line}`),
  );
  expect(lines(brief, "Where leads come from")).toEqual(lines(template, "Where leads come from"));
  expect(brief.text).toContain("- Well, ");
  expect(brief.summary.totals).toEqual(template.summary.totals);
});

test("the brief that is kept and told is the same", async () => {
  desk.model = (lines) => ({ response: politely(lines) });
  await desk.watch();
  const [{ brief_id, written_by }] = await desk.briefs();
  expect(written_by).toBe("model");
  expect((await desk.call(`/api/briefs/${brief_id}`)).json.text).toContain("- Well, ");
});

test.each<[string, Model]>([
  ["invents a number", (lines) => ({ response: adding(", 17 of them from Berlin.")(lines) })],
  ["writes one in words", (lines) => ({ response: adding(", nearly double.")(lines) })],
  ["changes one", (lines) => ({ response: politely(lines).replace(/\d+/, "7777") })],
  ["leaves a line out", (lines) => ({ response: politely(lines).slice(lines.indexOf("\n")) })],
  ["adds a line", (lines) => ({ response: `${politely(lines)}- Have a good week!\n` })],
  ["writes a link", (lines) => ({ response: adding(", see https://evil.example.")(lines) })],
  ["mentions all", (lines) => ({ response: adding(", @channel.")(lines) })],
  ["calls a channel", (lines) => ({ response: adding(" <!channel>.")(lines) })],
  ["writes markup", (lines) => ({ response: politely(lines).replace(/\d+/, "**$&**") })],
  ["writes HTML", (lines) => ({ response: adding("<img src=x>.")(lines) })],
  ["writes a secret's name", (lines) => ({ response: adding(" {{API_KEYS}}.")(lines) })],
  ["writes far too much", (lines) => ({ response: adding(`, ${"which is nice, ".repeat(60)}.`)(lines) })],
  ["writes nothing", () => ({ response: "" })],
  ["answers no text", () => ({ response: { text: "x" } })],
  ["answers nothing", () => null],
  ["throws", () => Promise.reject(new Error("AiError: 3040 out of capacity"))],
])("the template goes out where it %s", async (_, model) => {
  const template = await written(undefined);
  const brief = await written(model);
  expect(desk.inputs).toHaveLength(1);
  expect(brief.written_by).toBe("template");
  expect(brief.text).toBe(template.text);
});

test("the template goes out where it is late", async () => {
  const template = await written(undefined);
  const wait = globalThis.setTimeout;
  // The model's time alone: all else has as long as ever.
  vi.stubGlobal("setTimeout", (run: () => void, ms = 0) =>
    wait(run, ms >= limits.model_timeout_ms ? ms / 100 : ms),
  );
  const brief = await written(() => new Promise((resolve) => wait(() => resolve({ response: "x" }), 5000)));
  expect(brief.text).toBe(template.text);
  expect(brief.written_by).toBe("template");
});

test("a model that the deployment names but has not bound is none", async () => {
  desk.more = { BRIEF_MODEL: "@cf/a/model" };
  expect((await written(undefined)).written_by).toBe("template");
});

test("it is told what it may do, and given sentences only", async () => {
  await written((lines) => ({ response: lines }));
  const [input] = desk.inputs;
  expect(input).toMatchObject({
    messages: [{ role: "system" }, { role: "user" }],
    max_tokens: expect.any(Number),
    temperature: 0.2,
  });
  expect(input?.messages[1]?.content).toMatch(/^- .* submissions: /);
  expect(input?.messages[1]?.content).not.toContain("Where leads come from");
});
