// Bodies that nobody wrote by hand, through every build: the vectors' own, damaged, and those that fuzzing keeps.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import type { Leadledger } from "../../bindings/browser/leadledger_browser.d.mts";
import {
  answerInBrowser,
  answerNatively,
  checkForm,
  explain,
  hasNative,
  loadBrowserModule,
} from "./builds.ts";
import { type Asked, base, vectors } from "./cases.ts";
import { post } from "./wasi.ts";
import { isError, pointEffectOf, problemOf } from "./worker_answer.ts";

let browser: Leadledger;
beforeAll(async () => {
  browser = await loadBrowserModule();
});

/** Where a body names another project than ours, that one is the known one, so that its fields are looked at too. */
function withTheirProjects(all: Asked[]): Asked[] {
  const answers = answerNatively("native", all.map(explain));
  return all.map((asked, at) => {
    const project = /"There is no project ([a-z0-9_-]+)\."/.exec(answers[at] ?? "")?.[1];
    return project === undefined ? asked : { ...asked, input: { ...asked.input, project } };
  });
}

/** All builds answer alike; returns what they answered. A difference names the body that made it. */
function expectOneAnswer(asked: Asked[]): string[] {
  const all = withTheirProjects(asked);
  const explained = answerNatively("native", all.map(explain));
  const checked = answerNatively("native", all.map(checkForm));
  const sanitized = hasNative("asan") ? answerNatively("asan", all.map(explain)) : explained;
  for (const [at, one] of all.entries()) {
    const native = explained[at] as string;
    const told = Buffer.from(one.body).toString("base64");
    const same = (build: string, answer: string | undefined, expected: string) => {
      if (answer !== expected) expect({ told, build, answer }).toEqual({ told, build, answer: expected });
    };
    same("asan", sanitized[at], native);
    same("browser", answerInBrowser(browser, explain(one)), native);
    same("browser, form", answerInBrowser(browser, checkForm(one)), checked[at] as string);
    const { body, effects } = post(one);
    if (isError(native)) same("wasi", body, problemOf(native, body, "/api/leads"));
    else expect({ told, effects }).toEqual({ told, effects: expect.stringContaining(pointEffectOf(native)) });
  }
  return explained;
}

/** Bodies cut short, and with a byte or a few characters changed: the same ones in every run. */
function damaged(body: Uint8Array, seed: number): Uint8Array[] {
  let state = seed + 1;
  const next = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const bytes = body.subarray(0, 4096);
  return Array.from({ length: 12 }, (_, round) => {
    if (round % 4 === 0) return bytes.subarray(0, next(bytes.length));
    const changed = Uint8Array.from(bytes);
    // A byte beyond ASCII ends nearly every body at once; letters and digits reach further in.
    const value = () => (round % 4 === 1 ? next(256) : "0123456789aeimtuz.,:%+@ ".charCodeAt(next(24)));
    for (let times = Math.max(1, (round % 4) - 1); times > 0 && changed.length > 0; times -= 1) {
      changed[next(changed.length)] = value();
    }
    return changed;
  });
}

test("damaged bodies", () => {
  const good = vectors.filter(({ expected }) => expected.error === undefined);
  const all = good.flatMap(({ input, body }, seed) =>
    damaged(body, seed).map((bytes) => ({
      input: { ...base, content_type: input.content_type },
      body: bytes,
    })),
  );
  const answers = expectOneAnswer(all);
  // Neither all refused nor all taken, or else the damage would be of the wrong size to tell anything.
  expect(answers.filter(isError).length).toBeGreaterThan(answers.length / 4);
  expect(answers.filter(isError).length).toBeLessThan((answers.length * 9) / 10);
});

const corpus = new URL("../fuzz/corpus/", import.meta.url);
const folders = existsSync(corpus) ? readdirSync(corpus, { withFileTypes: true }) : [];
const files = folders
  .filter((entry) => entry.isDirectory())
  .flatMap((entry) => readdirSync(new URL(`${entry.name}/`, corpus)).map((name) => `${entry.name}/${name}`));

/** What one decoder was fuzzed with may trip another, so each file is read in all three encodings. */
function inEveryEncoding(body: Uint8Array): Asked[] {
  const boundary = /^--([^\r\n"]{1,70})\r?\n/.exec(Buffer.from(body).toString("latin1"))?.[1] ?? "x";
  return [
    "application/json",
    "application/x-www-form-urlencoded",
    `multipart/form-data; boundary="${boundary}"`,
  ].map((content_type) => ({ input: { ...base, content_type }, body }));
}

test.skipIf(files.length === 0)("the corpora of the fuzzers", { timeout: 120_000 }, () => {
  expectOneAnswer(files.flatMap((file) => inEveryEncoding(readFileSync(new URL(file, corpus)))));
});
