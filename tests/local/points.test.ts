import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DataPoint, toDataPoint } from "../../worker/local/points/data_point.ts";
import { limitedBinding } from "../../worker/local/points/limited_binding.ts";
import { pointLine } from "../../worker/local/points/point_line.ts";
import { Engine, temporaryDirectory, token } from "./engine.ts";
import { Workerd } from "./workerd.ts";

const texts = (blobs: readonly Uint8Array[]): string[] => blobs.map((blob) => Buffer.from(blob).toString());

describe("toDataPoint", () => {
  test.each([
    [{ indexes: ["a", "b"] }, "Maximum of 1 indexes supported."],
    [{ indexes: ["é".repeat(49)] }, "Size of indexes[0] exceeds 96 bytes)."],
    [{ blobs: Array(21).fill("") }, "Maximum of 20 blobs supported."],
    [{ blobs: ["x".repeat(8000), "é".repeat(4001)] }, "Cumulative size of blobs exceeds 16000 bytes)."],
    [{ doubles: Array(21).fill(0) }, "Maximum of 20 doubles supported."],
    [{ doubles: [0, Number.NaN] }, "doubles[1] is not a finite number."],
    [
      { indexes: ["a", "b"], blobs: Array(21).fill(""), doubles: Array(21).fill(0) },
      "Maximum of 1 indexes supported.",
    ],
    [{ blobs: Array(21).fill(""), doubles: Array(21).fill(0) }, "Maximum of 20 blobs supported."],
  ])("refuses %#", (event, message) => {
    expect(() => toDataPoint(event)).toThrow(new TypeError(`writeDataPoint(): ${message}`));
  });

  test.each([
    [undefined, { index1: "", blobs: [], doubles: [] }],
    [{ indexes: ["é".repeat(48)] }, { index1: "é".repeat(48), blobs: [], doubles: [] }],
    [
      { blobs: ["a", null, undefined, 42, {}] },
      { index1: "", blobs: ["a", "", "", "42", "[object Object]"], doubles: [] },
    ],
    [{ doubles: [null, "4", 2.5] }, { index1: "", blobs: [], doubles: [0, 4, 2.5] }],
    [
      { blobs: ["x".repeat(8000), "é".repeat(4000)] },
      { index1: "", blobs: ["x".repeat(8000), "é".repeat(4000)], doubles: [] },
    ],
  ])("accepts %#", (event, expected) => {
    const { index1, blobs, doubles } = toDataPoint(event);
    expect({ index1: texts([index1])[0], blobs: texts(blobs), doubles }).toEqual(expected);
  });
});

describe("limitedBinding", () => {
  test("writes 250 points of one invocation and throws at the next", () => {
    const written: DataPoint[] = [];
    const binding = limitedBinding((point) => written.push(point));
    for (let point = 0; point < 250; point++) binding.writeDataPoint({ doubles: [point] });
    expect(() => binding.writeDataPoint()).toThrow("Maximum of 250 data points per invocation");
    expect(written.map(({ doubles }) => doubles[0])).toEqual(
      Array.from({ length: 250 }, (_, point) => point),
    );
  });

  test("counts a refused point, and looks at the allowance first", () => {
    const binding = limitedBinding(() => {}, 1);
    expect(() => binding.writeDataPoint({ doubles: Array(21).fill(0) })).toThrow(
      "Maximum of 20 doubles supported.",
    );
    expect(() => binding.writeDataPoint({ doubles: Array(21).fill(0) })).toThrow(
      "Maximum of 1 data points per invocation",
    );
  });
});

describe("the local Worker", () => {
  const directory = temporaryDirectory();
  let engine: Engine;
  let runtime: Workerd;

  beforeAll(async () => {
    engine = await Engine.start(directory.path);
    const { build } = createRequire(import.meta.url)("esbuild") as typeof import("esbuild");
    const entry = fileURLToPath(new URL("../../worker/local/points/index.ts", import.meta.url));
    const bundle = await build({
      entryPoints: [entry],
      bundle: true,
      write: false,
      format: "esm",
      external: ["cloudflare:workers"],
    });
    const caller = `export default { async fetch(request, env) {
      const { binding, source } = await request.json();
      const event = source === "bytes" ? { blobs: [new Uint8Array([255, 0, 34, 92, 10]).buffer] } : source;
      try { await env[binding].writeDataPoint(event); return new Response("written"); }
      catch (error) { return new Response(error.constructor.name + ": " + error.message); }
    } };`;
    runtime = await Workerd.start(
      `(name = "main", worker = (modules = [(name = "worker", esModule = embed "caller.js")], compatibilityDate = "2026-11-01", bindings = [
          (name = "LEADS", service = "points"),
          (name = "OTHER", service = (name = "points", props = (json = "{\\"dataset\\":\\"other_set\\"}")))])),
       (name = "points", worker = (modules = [(name = "worker", esModule = embed "points.js")], compatibilityDate = "2026-11-01", bindings = [
          (name = "ENGINE_URL", text = "${engine.url}"), (name = "ENGINE_TOKEN", text = "${token}"), (name = "DATASET", text = "leads")])),
       (name = "internet", network = (allow = ["private"]))`,
      { "caller.js": caller, "points.js": bundle.outputFiles[0]?.text ?? "" },
    );
  });

  afterAll(async () => {
    await runtime.stop();
    await engine.stop();
    directory.remove();
  });

  const write = async (binding: "LEADS" | "OTHER", source: unknown): Promise<string> =>
    (await fetch(runtime.url, { method: "POST", body: JSON.stringify({ binding, source }) })).text();

  test("a point can be read as soon as the call resolves", async () => {
    const before = Math.floor(Date.now() / 1000);
    expect(
      await write("LEADS", { indexes: ["acme"], blobs: ['O’Brien "x" \\ \n', "🙂"], doubles: [1.5, -2] }),
    ).toBe("written");
    const { data } = await engine.json(
      "SELECT dataset, index1, blob1, blob2, blob3, double2, _sample_interval AS w, toUnixTimestamp(timestamp) AS t FROM leads",
    );
    expect(data).toEqual([
      {
        dataset: "leads",
        index1: "acme",
        blob1: 'O’Brien "x" \\ \n',
        blob2: "🙂",
        blob3: "",
        double2: -2,
        w: 1,
        t: expect.any(Number),
      },
    ]);
    expect(Math.abs(Number(data[0]?.t) - before)).toBeLessThan(5);
  });

  test("a refusal keeps its type and text across the binding", async () => {
    expect(await write("LEADS", { indexes: ["a", "b"] })).toBe(
      "TypeError: writeDataPoint(): Maximum of 1 indexes supported.",
    );
  });

  test("props name the dataset, and bytes that are no text arrive unchanged", async () => {
    expect(await write("OTHER", "bytes")).toBe("written");
    expect((await engine.json("SELECT hex(blob1) AS h FROM other_set")).data).toEqual([{ h: "FF00225C0A" }]);
  });
});

test("a line for the engine says what the point says", () => {
  const line = pointLine(
    "leads",
    1_790_000_000.9,
    toDataPoint({ indexes: ["k"], blobs: ['a\t"\\', null], doubles: [-0, 1e21] }),
  );
  expect(Buffer.from(line).toString()).toBe(
    '{"dataset":"leads","timestamp":1790000000,"index1":"k","blobs":["a\\u0009\\"\\\\",""],"doubles":[-0,1e+21]}\n',
  );
});
