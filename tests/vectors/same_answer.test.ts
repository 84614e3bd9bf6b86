// One answer from every build, byte for byte.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { answerInBrowser, answerNatively, type Call, hasNative, loadBrowserModule } from "./builds.ts";
import { type Vector, vectors } from "./cases.ts";
import { post, requestId, validate } from "./wasi.ts";

const explain = (input: unknown, body: Uint8Array): Call => ({
  call: "explain",
  texts: [JSON.stringify(input), body],
});
const checkForm = ({ settings, content_type }: Vector["input"], body: Uint8Array): Call => ({
  call: "check",
  texts: [JSON.stringify(settings), content_type, body],
});

const asVectors: Call[] = vectors.map(({ input, body }) => explain(input, body));
const asForms: Call[] = vectors.map(({ input, body }) => checkForm(input, body));
const native = answerNatively("native", asVectors);

let browser: Awaited<ReturnType<typeof loadBrowserModule>>;
beforeAll(async () => {
  browser = await loadBrowserModule();
});

/** All differences at once would be too long to read; the first says enough. */
function expectSame(calls: Call[], ours: string[], theirs: (call: Call, at: number) => string): void {
  expect(calls.length).toBeGreaterThan(0);
  for (const [at, call] of calls.entries()) {
    const theirAnswer = theirs(call, at);
    if (theirAnswer !== ours[at]) expect({ call, answer: theirAnswer }).toEqual({ call, answer: ours[at] });
  }
}

describe("native and browser", () => {
  test("explain every vector alike", () => {
    expectSame(asVectors, native, (call) => answerInBrowser(browser, call));
  });

  test("check the form of every vector alike", () => {
    const answers = answerNatively("native", asForms);
    expect(new Set(answers.map((answer) => answer === '{"ok":true}')).size).toBe(2);
    expectSame(asForms, answers, (call) => answerInBrowser(browser, call));
  });

  test("answer damaged bodies alike", () => {
    const calls = vectors.flatMap(({ input, body }, seed) =>
      damaged(body, seed).map((bytes) => explain(input, bytes)),
    );
    expectSame(calls, answerNatively("native", calls), (call) => answerInBrowser(browser, call));
  });
});

/** Bodies cut short, and with a few bytes changed, the same ones in every run. */
function damaged(body: Uint8Array, seed: number): Uint8Array[] {
  let state = seed + 1;
  const next = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const bytes = body.subarray(0, 4096);
  return Array.from({ length: 12 }, (_, round) => {
    if (round % 3 === 0) return bytes.subarray(0, next(bytes.length));
    const changed = Uint8Array.from(bytes);
    for (let times = 0; times < round && changed.length > 0; times += 1) {
      changed[next(changed.length)] = next(256);
    }
    return changed;
  });
}

// The suite "asan" builds it; a machine that has not run that suite compares the other builds.
describe.skipIf(!hasNative("asan"))("native under sanitizers", () => {
  test("explains every vector alike", () => {
    const answers = answerNatively("asan", asVectors);
    expectSame(asVectors, native, (_, at) => answers[at] as string);
  });
});

const statuses: Record<string, number> = {
  malformed_body: 400,
  body_too_large: 413,
  unsupported_media_type: 415,
  validation_failed: 422,
  unknown_project: 422,
};

/** The problem that the Worker makes of an error, with the type and title it has chosen. */
function problemOf(nativeError: string, { type, title }: { type: string; title: string }): string {
  const [, code = "", detail, fields] =
    /^\{"error":\{"code":"(\w+)","detail":(".*"),"fields":(\[.*\])\}\}$/.exec(nativeError) ?? [];
  const invalid = fields === "[]" ? "" : `,"invalid_params":${fields}`;
  return (
    `{"type":"${type}","title":${JSON.stringify(title)},"status":${statuses[code]},` +
    `"detail":${detail},"instance":"/api/leads/validate","code":"${code}","request_id":"${requestId}"${invalid}}`
  );
}

/** What stands before the submission, which the Worker tells nobody: the verdict and the point. */
function verdictOf(nativeAnswer: string): string {
  return `${nativeAnswer.slice(0, nativeAnswer.lastIndexOf(',"submission":{"contact":'))}}`;
}

const pointOf = (nativeAnswer: string) =>
  verdictOf(nativeAnswer).slice(nativeAnswer.indexOf(',"point":{"indexes":') + 1, -1);

const isPosted = ({ input }: Vector) => input.signals.rate_limited === true || "turnstile" in input.signals;

describe("native and the Worker's module", () => {
  const all = vectors.map((vector, at): [string, Vector, string] => [
    vector.name,
    vector,
    native[at] as string,
  ]);

  test.each(all.filter(([, vector]) => !isPosted(vector)))("validate: %s", (_, vector, answer) => {
    const response = validate(vector);
    if (vector.expected.error) {
      const chosen = JSON.parse(response.body) as { type: string; title: string };
      expect(response.body).toBe(problemOf(answer, chosen));
    } else {
      expect(response.status).toBe(200);
      expect(response.body).toBe(verdictOf(answer));
    }
  });

  test.each(all.filter(([, vector]) => isPosted(vector)))("post: %s", (_, vector, answer) => {
    const { status, effects } = post(vector);
    expect(status).toBe(vector.input.signals.rate_limited ? 429 : 201);
    expect(effects).toContain(`"dataset":"lead_submissions",${pointOf(answer)}}`);
    expect(effects.split('"effect":"ae.write"').length).toBe(2);
  });
});

describe("native and browser, on the inputs that fuzzing found", () => {
  const corpus = new URL("../fuzz/corpus/", import.meta.url);
  const folders = existsSync(corpus) ? readdirSync(corpus, { withFileTypes: true }) : [];
  const files = folders
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) =>
      readdirSync(new URL(`${entry.name}/`, corpus)).map((name) => `${entry.name}/${name}`),
    );

  /** A corpus of one decoder may trip another, so each file is read in all three encodings. */
  const contentTypes = (body: Uint8Array) => {
    const boundary = /^--([^\r\n]{1,70})\r?\n/.exec(Buffer.from(body).toString("latin1"))?.[1] ?? "x";
    return [
      "application/json",
      "application/x-www-form-urlencoded",
      `multipart/form-data; boundary="${boundary}"`,
    ];
  };

  test.skipIf(files.length === 0)("answer alike", () => {
    const calls = files.flatMap((file) => {
      const body = readFileSync(new URL(file, corpus));
      return contentTypes(body).flatMap((content_type) => {
        const input = { ...(vectors[0] as Vector).input, content_type };
        return [explain(input, body), checkForm(input, body)];
      });
    });
    expectSame(calls, answerNatively("native", calls), (call) => answerInBrowser(browser, call));
  });
});
