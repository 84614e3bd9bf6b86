import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Engine, epoch, temporaryDirectory } from "./engine.ts";

let directory: ReturnType<typeof temporaryDirectory>;
let engine: Engine;

beforeAll(async () => {
  directory = temporaryDirectory();
  engine = await Engine.start(directory.path);
});

afterAll(async () => {
  await engine.stop();
  directory.remove();
});

const count = async (dataset: string): Promise<unknown> =>
  (await engine.json(`SELECT count() AS n FROM ${dataset}`)).data[0]?.n;

describe("what was acknowledged stays", () => {
  test("through an orderly end", async () => {
    await engine.write('{"dataset":"ended","index1":"a","blobs":["x"],"doubles":[1.5]}');
    expect(await engine.stop()).toBe(0);
    engine = await Engine.start(directory.path);
    expect((await engine.json("SELECT index1, blob1, double1 FROM ended")).data).toEqual([
      { index1: "a", blob1: "x", double1: 1.5 },
    ]);
  });

  test("through SIGKILL in the middle of writing", async () => {
    let acknowledged = 0;
    let sent = 0;
    const writers = Array.from({ length: 8 }, async () => {
      for (;;) {
        sent++;
        // The kill breaks the connection, which ends this writer.
        const reply = await engine.write('{"dataset":"kept"}').catch(() => null);
        if (reply === null) return;
        expect(reply.status).toBe(200);
        acknowledged++;
      }
    });
    while (acknowledged < 50) await new Promise((resolve) => setTimeout(resolve, 5));
    await engine.stop("SIGKILL");
    await Promise.all(writers);
    engine = await Engine.start(directory.path);
    const kept = Number(await count("kept"));
    expect(kept).toBeGreaterThanOrEqual(acknowledged);
    expect(kept).toBeLessThanOrEqual(sent);
  });
});

test("a directory has one engine: a second one ends, and takes nothing with it", async () => {
  await expect(Engine.start(directory.path)).rejects.toThrow("the engine ended with 1");
  expect((await engine.write('{"dataset":"alone"}')).status).toBe(200);
  expect(await count("alone")).toBe("1");
});

describe("many at once", () => {
  test("single points share inserts, and all are there when they are acknowledged", async () => {
    const before = performance.now();
    for (let i = 0; i < 20; i++) await engine.write('{"dataset":"in_turn"}');
    const started = performance.now();
    const secondsEach = (started - before) / 1000 / 20;
    const replies = await Promise.all(
      Array.from({ length: 1000 }, (_, index) =>
        engine.write(JSON.stringify({ dataset: "many", doubles: [index] })),
      ),
    );
    const seconds = (performance.now() - started) / 1000;
    expect(new Set(replies.map(({ status, text }) => `${status} ${text}`))).toEqual(
      new Set(['200 {"points":1}']),
    );
    expect((await engine.json("SELECT count() AS n, sum(double1) AS s FROM many")).data).toEqual([
      { n: "1000", s: 499_500 },
    ]);
    // One insert each would take ten seconds and more; on a slow machine so much longer as those before took.
    expect(seconds).toBeLessThan(Math.max(5, (1000 * secondsEach) / 2));
  });

  test("a bad body does not fail its neighbours", async () => {
    const bodies = Array.from({ length: 20 }, (_, index) =>
      index % 5 === 3 ? '{"dataset":"mixed","nope":1}' : '{"dataset":"mixed"}',
    );
    const replies = await Promise.all(bodies.map((body) => engine.write(body)));
    expect(replies.map(({ status }) => status)).toEqual(
      bodies.map((body) => (body.includes("nope") ? 400 : 200)),
    );
    expect(await count("mixed")).toBe("16");
  });

  test("a bulk load arrives whole, in more than one block", async () => {
    const text = "x".repeat(300);
    const lines = Array.from({ length: 60_000 }, (_, index) =>
      JSON.stringify({
        dataset: "bulk",
        timestamp: epoch + index,
        index1: `p${index % 3}`,
        blobs: [text],
        doubles: [index],
      }),
    );
    const reply = await engine.write(lines.join("\n"));
    expect(reply).toMatchObject({ status: 200, text: '{"points":60000}' });
    expect((await engine.json("SELECT count() AS n, count(DISTINCT double1) AS d FROM bulk")).data).toEqual([
      { n: "60000", d: "60000" },
    ]);
  });

  test("a long read does not hold up a write", async () => {
    await engine.write('{"dataset":"busy"}\n'.repeat(600_000));
    const sums = Array.from(
      { length: 200 },
      (_, i) => `sum(pow(double${(i % 20) + 1} + ${i}, 1.1)) AS s${i}`,
    );
    const order: string[] = [];
    const read = engine.json(`SELECT ${sums.join(", ")} FROM busy`).then(() => order.push("read"));
    // Long enough for the read to have begun, short beside it.
    await new Promise((resolve) => setTimeout(resolve, 30));
    const write = engine.write('{"dataset":"other"}').then(() => order.push("write"));
    await Promise.all([read, write]);
    expect(order).toEqual(["write", "read"]);
  });
});

describe("bodies of points", () => {
  test.each([
    ["an array", '[{"dataset":"d"},\n {"dataset":"d","blobs":["a"]}]', 2],
    ["lines with blank ones between", '\n\n{"dataset":"d"}\n\n \n{"dataset":"d"}\n\n', 2],
    ["nothing", " \n", 0],
    ["an empty array", "[]", 0],
  ])("%s", async (_, body, points) => {
    expect(await engine.write(body)).toMatchObject({ status: 200, text: `{"points":${points}}` });
    expect(await count("d")).toBe(points === 0 ? undefined : `${points}`);
    await engine.request("/local/datasets/d", { method: "DELETE" });
  });

  test.each([
    ["SQL behind a blank line", '{"dataset":"d"}\n\n; DROP TABLE analytics.points', "Cannot parse input"],
    ["SQL behind a point", '{"dataset":"d"}; DROP TABLE analytics.points', "Cannot parse input"],
    ["a broken array", '[{"dataset":"d"}', "Expected ',' or ']'"],
    ["an unknown field", '{"dataset":"d","blob":["x"]}', "Unknown field"],
    ["no dataset", '{"blobs":["x"]}', "not a dataset name"],
    ["a dataset that is no name", `{"dataset":"d'; x"}`, "not a dataset name"],
    [
      "21 blobs",
      `{"dataset":"d","blobs":${JSON.stringify(Array(21).fill("x"))}}`,
      "Maximum of 20 blobs supported",
    ],
    [
      "21 doubles",
      `{"dataset":"d","doubles":${JSON.stringify(Array(21).fill(1))}}`,
      "Maximum of 20 doubles supported",
    ],
    ["a long index", `{"dataset":"d","index1":"${"é".repeat(49)}"}`, "Size of indexes[0] exceeds 96 bytes"],
    [
      "blobs that are too long together",
      `{"dataset":"d","blobs":["${"x".repeat(8000)}","${"é".repeat(4001)}"]}`,
      "Cumulative size of blobs exceeds 16000 bytes",
    ],
    ["infinity", '{"dataset":"d","doubles":[1e999]}', "doubles must be finite"],
    ["milliseconds", `{"dataset":"d","timestamp":${epoch}000}`, "timestamp must be in Unix seconds"],
    ["a weight of nothing", '{"dataset":"d","sample_interval":0}', "sample_interval must be at least 1"],
  ])("refused: %s", async (_, body, message) => {
    const { status, text } = await engine.write(body);
    expect(status, text).toBe(400);
    expect((JSON.parse(text) as { errors: { message: string }[] }).errors[0]?.message).toContain(message);
    expect((await engine.json("SHOW TABLES")).data).not.toContainEqual({ dataset: "d" });
  });
});
