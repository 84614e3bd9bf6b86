// What a page pays for the browser's module, and what it can rely on.

import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { explain, loadBrowserModule } from "./builds.ts";
import { vectors } from "./cases.ts";

const wasm = readFileSync(new URL("../../build/browser/leadledger_browser.wasm", import.meta.url));
const script = readFileSync(new URL("../../build/browser/leadledger_browser.mjs", import.meta.url));

test("it stays small", () => {
  // 99 KB when this was written, a third of it the table of throw-away mail domains.
  const kilobytes = (gzipSync(wasm).length + gzipSync(script).length) / 1000;
  expect(kilobytes).toBeLessThan(115);
});

test("it asks a page for nothing but to grow its memory and to report an abort", () => {
  expect(WebAssembly.Module.imports(new WebAssembly.Module(wasm)).map(({ kind }) => kind)).toEqual([
    "function",
    "function",
  ]);
});

test("its memory stays as it is after thousands of calls", async () => {
  const browser = (await loadBrowserModule()) as Awaited<ReturnType<typeof loadBrowserModule>> & {
    HEAPU8: Uint8Array;
  };
  const round = () => {
    for (const vector of vectors) browser.explain(...explain(vector).texts);
    return browser.HEAPU8.length;
  };
  const before = round();
  for (let rounds = 0; rounds < 30; rounds += 1) expect(round()).toBe(before);
});

test("a body may be text, and answers keep letters beyond ASCII", async () => {
  const browser = await loadBrowserModule();
  const form = JSON.stringify({ email: "jürgen@bücher.de", "größe €": { a: [] }, name: [] });
  expect(JSON.parse(browser.checkForm("{}", "application/json", form))).toMatchObject({
    error: { code: "validation_failed", fields: [{ name: "name", code: "wrong_type" }] },
  });
  const broken = '{"größe":"\\u0000"}';
  expect(JSON.parse(browser.checkForm("{}", "application/json", broken)).error.fields[0].name).toBe("größe");
});
