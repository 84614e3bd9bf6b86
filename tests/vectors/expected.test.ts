// What each vector says must come out, against the whole answer of the native build.

import { describe, expect, test } from "vitest";
import dataset from "../../schema/datasets/lead_submissions.json" with { type: "json" };
import enums from "../../schema/enums.json" with { type: "json" };
import reasons from "../../schema/reasons.json" with { type: "json" };
import { answerNatively } from "./builds.ts";
import { type Vector, vectors } from "./cases.ts";

interface Answer {
  error?: { code: string; detail: string; fields: { name: string; code: string }[] };
  event_type: string;
  flags: Record<string, boolean>;
  lead_score: number;
  bot_score: number;
  reasons: { code: string; detail: string }[];
  point: { indexes: string[]; blobs: string[]; doubles: number[] };
  submission: Record<string, unknown>;
}

const answers = answerNatively(
  "native",
  vectors.map(({ input, body }) => ({ call: "explain", texts: [JSON.stringify(input), body] })),
).map((text) => JSON.parse(text) as Answer);

/** A point by the names of its slots. */
function named({ indexes, blobs, doubles }: Answer["point"]): Record<string, string | number> {
  const slots: [string, string | number | undefined][] = [
    ["project", indexes[0]],
    ...dataset.blobs.map(({ name, slot }): [string, string | undefined] => [name, blobs[slot - 1]]),
    ...dataset.doubles.map(({ name, slot }): [string, number | undefined] => [name, doubles[slot - 1]]),
  ];
  return Object.fromEntries(slots.map(([name, value]) => [name, value ?? "missing"]));
}

const raised = (flags: Record<string, boolean>) => Object.keys(flags).filter((flag) => flags[flag]);

function check({ expected }: Vector, answer: Answer): void {
  if (expected.error) {
    const { code, detail, fields } = answer.error ?? { code: "no error", detail: "", fields: [] };
    expect({ code, fields: fields.map((field) => `${field.name}: ${field.code}`) }).toEqual({
      code: expected.error.code,
      fields: expected.error.fields ?? [],
    });
    if (expected.error.detail) expect(detail).toContain(expected.error.detail);
    return;
  }
  expect(answer.error).toBeUndefined();
  expect({
    event_type: answer.event_type,
    reasons: answer.reasons.map(({ code }) => code),
    flags: raised(answer.flags),
  }).toEqual({ event_type: expected.event_type, reasons: expected.reasons, flags: expected.flags ?? [] });
  for (const [code, part] of Object.entries(expected.details ?? {})) {
    expect(answer.reasons.find((reason) => reason.code === code)?.detail).toContain(part);
  }
  const point = named(answer.point);
  if (expected.lead_score !== undefined) expect(answer.lead_score).toBe(expected.lead_score);
  if (expected.bot_score !== undefined) expect(answer.bot_score).toBe(expected.bot_score);
  if (expected.point) expect(point).toMatchObject(expected.point);
  if (expected.submission) expect(answer.submission).toMatchObject(expected.submission);
  // The point repeats the verdict.
  expect(point).toMatchObject({
    project: "acme",
    event_type: answer.event_type,
    reason: answer.reasons[0]?.code,
    lead_score: answer.lead_score,
    bot_score: answer.bot_score,
    vpn: Number(answer.flags.vpn),
    suspicious: Number(answer.flags.suspicious),
    hot: Number(answer.flags.hot),
  });
}

describe("each vector comes out as it says", () => {
  test.each(vectors.map((vector, at): [string, number] => [vector.name, at]))("%s", (_, at) => {
    check(vectors[at] as Vector, answers[at] as Answer);
  });

  test("each says why it is there, and no two say the same", () => {
    const names = vectors.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(80);
  });
});

describe("every word of the schema is expected by a vector", () => {
  const points = vectors.map(({ expected }) => expected.point ?? {});
  const seen: Record<string, Set<unknown>> = {
    reason: new Set(vectors.flatMap(({ expected }) => expected.reasons ?? [])),
    event_type: new Set(vectors.map(({ expected }) => expected.event_type)),
    flag: new Set(vectors.flatMap(({ expected }) => expected.flags ?? [])),
    ...Object.fromEntries(
      ["channel", "device", "engagement", "temperature"].map((slot) => [
        slot,
        new Set(points.map((point) => point[slot])),
      ]),
    ),
  };
  const words: Record<string, string[]> = {
    reason: reasons.reasons.map(({ code }) => code),
    ...Object.fromEntries(
      (["event_type", "flag", "channel", "device", "engagement", "temperature"] as const).map((name) => [
        name,
        enums[name].values,
      ]),
    ),
  };

  test.each(Object.keys(words))("%s", (kind) => {
    expect(words[kind]?.filter((word) => !seen[kind]?.has(word))).toEqual([]);
  });

  test("slots of the point", () => {
    const slots = [...dataset.blobs, ...dataset.doubles].map(({ name }) => name);
    const told = new Set(points.flatMap((point) => Object.keys(point)));
    // The verdict's own slots are checked with every vector.
    const always = ["event_type", "reason", "lead_score", "bot_score", "vpn", "suspicious", "hot"];
    expect(slots.filter((slot) => !told.has(slot) && !always.includes(slot))).toEqual([]);
  });
});
