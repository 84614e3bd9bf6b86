// The same functions in the builds that offer them directly: native binaries, and the browser's modules.

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { Leadledger } from "../../bindings/browser/leadledger_browser.d.mts";
import type { LeadledgerExport } from "../../bindings/browser/leadledger_export.d.mts";
import type { Asked } from "./cases.ts";

const root = new URL("../../", import.meta.url);
const inBuild = (path: string) => new URL(`build/${path}`, root).pathname;

export type Text = string | Uint8Array;

export interface Explain {
  call: "explain";
  texts: [input: string, body: Uint8Array];
}

export interface CheckForm {
  call: "check";
  texts: [settings: string, contentType: string, body: Uint8Array];
}

export interface Rows {
  call: "rows";
  texts: [answer: Text, format: string, bom: "bom" | ""];
}

export interface FileName {
  call: "name";
  texts: [answer: Text, format: string, onlyProject: string, lastDay: string];
}

export type Call = Explain | CheckForm;

export const explain = ({ input, body }: Asked): Explain => ({
  call: "explain",
  texts: [JSON.stringify(input), body],
});

export const checkForm = ({ input, body }: Asked): CheckForm => ({
  call: "check",
  texts: [JSON.stringify(input.settings), input.content_type, body],
});

export const hasNative = (preset: string) => existsSync(inBuild(`${preset}/leadledger_vectors`));

/** Answers of a native build, one for each call. A sanitizer's complaint is an error. */
export function answerNatively(preset: string, calls: (Call | Rows | FileName)[]): string[] {
  const hex = (text: Text) => Buffer.from(text).toString("hex");
  const lines = calls.map(({ call, texts }) => JSON.stringify({ call, texts: texts.map(hex) }));
  const ran = spawnSync(inBuild(`${preset}/leadledger_vectors`), {
    input: `${lines.join("\n")}\n`,
    maxBuffer: 256 * 1024 * 1024,
  });
  if (ran.status !== 0) throw new Error(`${preset} ended with ${ran.status}: ${ran.stderr}`);
  // Fatal: a byte that is no UTF-8 must not be taken for another one of its kind.
  const answers = new TextDecoder("utf-8", { fatal: true }).decode(ran.stdout).split("\n");
  if (answers.pop() !== "" || answers.length !== calls.length) throw new Error("Answers are missing.");
  return answers;
}

/** The browser's module as a page has it; its .wasm file is handed over, since Node fetches no files. */
export async function loadBrowserModule(): Promise<Leadledger> {
  const url = pathToFileURL(inBuild("browser/leadledger_browser.mjs")).href;
  const { default: leadledger } = (await import(
    /* @vite-ignore */ url
  )) as typeof import("../../bindings/browser/leadledger_browser.d.mts");
  return leadledger({ wasmBinary: readFileSync(inBuild("browser/leadledger_browser.wasm")) });
}

export async function loadExportModule(): Promise<LeadledgerExport & { HEAPU8: Uint8Array }> {
  const url = pathToFileURL(inBuild("browser/leadledger_export.mjs")).href;
  const { default: leadledgerExport } = (await import(
    /* @vite-ignore */ url
  )) as typeof import("../../bindings/browser/leadledger_export.d.mts");
  const wasmBinary = readFileSync(inBuild("browser/leadledger_export.wasm"));
  return (await leadledgerExport({ wasmBinary })) as LeadledgerExport & { HEAPU8: Uint8Array };
}

export const answerInBrowser = (module: Leadledger, { call, texts }: Call): string =>
  call === "explain" ? module.explain(...texts) : module.checkForm(...texts);
