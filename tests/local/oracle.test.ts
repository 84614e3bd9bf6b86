// The Workers runtime itself has an Analytics Engine binding, behind a flag: it validates as production does
// and posts every accepted point to a service. Here it is the judge of data_point.ts.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DataPoint, toDataPoint } from "../../worker/local/points/data_point.ts";
import { randomSources, sourceTable } from "./point_sources.ts";
import { Workerd } from "./workerd.ts";

const sources = [...sourceTable, ...randomSources];

/** What became of a point: the values that were posted, or the text of the error. */
type Outcome = { error: string } | { index1: string; blobs: string[]; doubles: string[] };

let runtime: Workerd;
let settle: (outcome: Outcome) => void = () => {};
let log = "";

const sink = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    response.end();
    settle(outcomeOfPost(JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>));
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => sink.listen(0, "127.0.0.1", resolve));
  const { port } = sink.address() as AddressInfo;
  const worker = `const points = [${sources.map((source) => `() => (${source})`).join(",\n")}];
    export default { fetch(request, env) {
      try {
        env.POINTS.writeDataPoint(points[Number(new URL(request.url).searchParams.get("point"))]());
        return new Response("");
      } catch (error) { return new Response(String(error)); }
    } };`;
  runtime = await Workerd.start(
    `(name = "main", worker = (modules = [(name = "worker", esModule = embed "worker.js")],
      compatibilityDate = "2026-11-01", bindings = [(name = "POINTS", analyticsEngine = "sink")])),
     (name = "sink", external = (address = "127.0.0.1:${port}", http = ()))`,
    { "worker.js": worker },
    (text) => {
      log += text;
      // Limits are checked after the call has returned here, so their errors show in the log only.
      const found = /jsg\.(\w+: writeDataPoint\(\): .*)\n/.exec(log)?.[1];
      if (found === undefined) return;
      log = "";
      settle({ error: found });
    },
  );
});

afterAll(async () => {
  await runtime.stop();
  sink.close();
});

const slots = Array.from({ length: 20 }, (_, index) => index + 1);
const hex = (value: unknown): string => Buffer.from((value as number[] | undefined) ?? []).toString("hex");
const shown = (value: number): string => (Object.is(value, -0) ? "-0" : `${value}`);

function outcomeOfPost(posted: Record<string, unknown>): Outcome {
  return {
    index1: hex(posted.index1),
    blobs: slots.map((slot) => hex(posted[`blob${slot}`])),
    doubles: slots.map((slot) => shown(Number(posted[`double${slot}`]))),
  };
}

function outcomeOfPoint(point: DataPoint): Outcome {
  return {
    index1: hex(point.index1),
    blobs: slots.map((slot) => hex(point.blobs[slot - 1])),
    doubles: slots.map((slot) => shown(point.doubles[slot - 1] ?? 0)),
  };
}

async function judge(index: number): Promise<Outcome> {
  const outcome = new Promise<Outcome>((resolve) => {
    settle = resolve;
  });
  const error = await (await fetch(`${runtime.url}/?point=${index}`)).text();
  return error === "" ? outcome : { error };
}

function ours(source: string): Outcome {
  try {
    return outcomeOfPoint(toDataPoint(new Function(`return (${source});`)()));
  } catch (error) {
    return { error: String(error) };
  }
}

test("every point becomes what the runtime makes of it, or fails with its text", async () => {
  let refused = 0;
  let stricter = 0;
  for (const [index, source] of sources.entries()) {
    const judged = await judge(index);
    const got = ours(source);
    if ("error" in got && got.error.endsWith("is not a finite number.")) {
      // The one deliberate difference: the runtime accepts these.
      expect(
        "doubles" in judged && judged.doubles.some((double) => !Number.isFinite(Number(double))),
        source,
      ).toBe(true);
      stricter++;
      continue;
    }
    expect(got, source).toEqual(judged);
    if ("error" in judged) refused++;
  }
  // The sample must show both sides, or the comparison says little.
  expect(refused).toBeGreaterThan(50);
  expect(stricter).toBeGreaterThan(20);
  expect(sources.length - refused - stricter).toBeGreaterThan(100);
});
