/** Every code that the core gives a wrong input is one that schema/problems.json lists, and the other way round. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readSchema } from "../../schema/generator/io.mjs";
import { read, root } from "./pages.ts";

/** A text of C++, a comment, an opening or closing bracket, a comma, or any other character. */
const token = /"(?:\\.|[^"\\])*"|\/\/[^\n]*|[\s\S]/g;

/** The arguments of the list that begins with the bracket at `from`. */
function argumentsAt(source: string, from: number): string[] {
  const out = [""];
  let depth = 0;
  token.lastIndex = from;
  for (let found = token.exec(source); found !== null; found = token.exec(source)) {
    const [text] = found;
    if (/^[([{]$/.test(text)) depth += 1;
    if (/^[)\]}]$/.test(text)) depth -= 1;
    if (depth === 0) break;
    if (depth === 1 && text === ",") out.push("");
    else if (!text.startsWith("//") && found.index > from) out[out.length - 1] += text;
  }
  return out.map((text) => text.trim());
}

/** "one", or a condition ? "one" : "other"; nothing of any other text. */
const choice = /^(?:[^"]*\? )?"([a-z_]+)"(?: : "([a-z_]+)")?$/;
function words(text = ""): string[] {
  const [, ...found] = choice.exec(text.replace(/\["\w+"\]/g, "").replace(/\s+/g, " ")) ?? [];
  return found.filter((one) => one !== undefined);
}

/** What makes a wrong input's code, and which of its arguments that is. */
const makers: [name: RegExp, argument: number][] = [
  [/\bfault\(/g, 1],
  [/\bfail_field\(/g, 2],
  [/\bbad_parameter\(/g, 2],
  [/\binvalid_note\(/g, 1],
];

/** {name, code, reason} of a field error; {code, reason} of a filter's fault. The reason is a sentence. */
function codesOfBraces(source: string): string[] {
  return [...source.matchAll(/\{/g)].flatMap(({ index }) => {
    const list = argumentsAt(source, index);
    const reason = list.at(-1) ?? "";
    if (!/\."$|^(std::move\()?reason\b/.test(reason)) return [];
    return list.length === 2 || list.length === 3 ? words(list.at(-2)) : [];
  });
}

const codesOf = (source: string) => [
  ...makers.flatMap(([name, argument]) =>
    [...source.matchAll(name)].flatMap(({ 0: { length }, index }) =>
      words(argumentsAt(source, index + length - 1)[argument]),
    ),
  ),
  ...codesOfBraces(source),
];

it("codes are found wherever they stand", () => {
  expect(codesOf('fault(name, a ? "too_long" : "empty", b("x, y") + ".");')).toEqual(["too_long", "empty"]);
  expect(codesOf('fail(code, "A.", {{"slug", "taken", "Choose (another)."}})')).toEqual(["taken"]);
  expect(codesOf('bad_parameter("email", "Give it.", "required")')).toEqual(["required"]);
  expect(codesOf('return {"empty", "It has only spaces."};')).toEqual(["empty"]);
});

it("the codes of the core are those that are described", () => {
  const sources = readdirSync(join(root, "core"), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.[ch]pp$/.test(name))
    .map((name) => read(join("core", name)));
  const { invalid_params } = readSchema("problems.json") as { invalid_params: string[] };
  expect([...new Set(sources.flatMap(codesOf))].sort()).toEqual([...invalid_params].sort());
});
