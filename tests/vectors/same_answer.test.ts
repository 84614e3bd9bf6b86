// One answer to each vector from every build, byte for byte.

import { beforeAll, describe, expect, test } from "vitest";
import type { Leadledger } from "../../bindings/browser/leadledger_browser.d.mts";
import {
  answerInBrowser,
  answerNatively,
  checkForm,
  explain,
  hasNative,
  loadBrowserModule,
} from "./builds.ts";
import { type Vector, vectors } from "./cases.ts";
import { post, validate } from "./wasi.ts";
import { isError, pointEffectOf, problemOf, verdictOf } from "./worker_answer.ts";

const explained = answerNatively("native", vectors.map(explain));
const checked = answerNatively("native", vectors.map(checkForm));

let browser: Leadledger;
beforeAll(async () => {
  browser = await loadBrowserModule();
});

describe("native and browser", () => {
  const all = vectors.map((vector, at): [string, Vector, number] => [vector.name, vector, at]);

  test.each(all)("explain: %s", (_, vector, at) => {
    expect(answerInBrowser(browser, explain(vector))).toBe(explained[at]);
  });

  test.each(all)("check the form: %s", (_, vector, at) => {
    expect(answerInBrowser(browser, checkForm(vector))).toBe(checked[at]);
  });

  test("a form is good where its submission is judged, and its project aside, faulty where not", () => {
    for (const [at, { name, expected }] of vectors.entries()) {
      const aboutProject = expected.error?.fields?.some((field) => field.startsWith("project: "));
      const good = expected.error === undefined || aboutProject === true;
      expect({ name, good: checked[at] === '{"ok":true}' }).toEqual({ name, good });
      if (!good) expect(checked[at]).toBe(explained[at]);
    }
  });

  test("an input that is wrong itself is told so by both", () => {
    const body = Buffer.from('{"project":"acme","email":"ada@lovelace.uk"}');
    const inputs = [
      "",
      "[]",
      '{"settings":{"colour":"red"}}',
      '{"person":"rate_limited"}',
      '{"signals":{"turnstile":"often"}}',
    ];
    const calls = inputs.map((input) => ({
      call: "explain" as const,
      texts: [input, body] as [string, Buffer],
    }));
    const answers = answerNatively("native", calls);
    expect(answers.filter((answer) => !answer.startsWith('{"error":{"code":"bad_parameter"'))).toEqual([]);
    expect(calls.map((call) => answerInBrowser(browser, call))).toEqual(answers);
  });
});

// The suite "asan" builds it; a machine that has not run that suite compares the other builds.
describe.skipIf(!hasNative("asan"))("native under sanitizers", () => {
  test("answers every vector alike", () => {
    expect(answerNatively("asan", vectors.map(explain))).toEqual(explained);
    expect(answerNatively("asan", vectors.map(checkForm))).toEqual(checked);
  });
});

/** Validation counts no posts and asks no Turnstile. */
const isPosted = ({ input }: Vector) => input.signals.rate_limited === true || "turnstile" in input.signals;

describe("native and the Worker's module", () => {
  const all = vectors.map((vector, at): [string, Vector, string] => [
    vector.name,
    vector,
    explained[at] as string,
  ]);

  test.each(all.filter(([, vector]) => !isPosted(vector)))("validate: %s", (_, vector, native) => {
    const { status, body } = validate(vector);
    if (isError(native)) {
      expect(body).toBe(problemOf(native, body, "/api/leads/validate"));
    } else {
      expect(status).toBe(200);
      expect(body).toBe(verdictOf(native));
    }
  });

  test.each(all.filter(([, vector]) => isPosted(vector)))("post: %s", (_, vector, native) => {
    const { status, effects } = post(vector);
    expect(status).toBe(vector.input.signals.rate_limited ? 429 : 201);
    expect(effects).toContain(pointEffectOf(native));
    expect(effects.split('"effect":"ae.write"').length).toBe(2);
  });
});
