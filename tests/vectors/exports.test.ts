// Files made of an answer: by the native build and the browser's module alike, as each vector says. That the Worker gives
// the same bytes is asked of the Worker itself, in tests/worker/reports_export_page.test.ts.

import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { answerNatively, type FileName, hasNative, loadExportModule, type Rows } from "./builds.ts";
import { type ExportVector, exportVectors } from "./exports.ts";

let browser: Awaited<ReturnType<typeof loadExportModule>>;
beforeAll(async () => {
  browser = await loadExportModule();
});

type Made = { made: string } | { refused: string };

function told(make: () => string | Uint8Array): Made {
  try {
    const made = make();
    // Fatal, and a byte order mark stays: what differs must not look alike.
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    return { made: typeof made === "string" ? made : decoder.decode(made) };
  } catch (error) {
    return { refused: (error as Error).message };
  }
}

const formats = ["csv", "ndjson"] as const;
const calls = (answer: string): Rows[] => [
  ...formats.map((format): Rows => ({ call: "rows", texts: [answer, format, ""] })),
  { call: "rows", texts: [answer, "csv", "bom"] },
];
const inBrowser = ({ texts: [answer, format, bom] }: Rows) =>
  told(() => browser.exportRows(answer, format as "csv" | "ndjson", { bom: bom === "bom" }));

const natively = (preset: string, all: (Rows | FileName)[]) =>
  answerNatively(preset, all).map((text) => JSON.parse(text) as Made);

const presets = ["native", ...(hasNative("asan") ? ["asan"] : [])];

const expectedOf = (vector: ExportVector): Made[] => {
  if (vector.refused !== undefined) return Array(3).fill({ refused: vector.refused });
  const csv = (vector.csv ?? []).map((line) => `${line}\r\n`).join("");
  const ndjson = (vector.ndjson ?? []).map((line) => `${line}\n`).join("");
  return [{ made: csv }, { made: ndjson }, { made: `\ufeff${csv}` }];
};

describe("each vector comes out as it says, from every build", () => {
  test.each(exportVectors)("$why", (vector) => {
    const expected = expectedOf(vector);
    for (const preset of presets) expect(natively(preset, calls(vector.answer))).toEqual(expected);
    expect(calls(vector.answer).map(inBrowser)).toEqual(expected);
    expect(told(() => browser.exportRows(new TextEncoder().encode(vector.answer), "csv"))).toEqual(
      expected[0],
    );
  });

  test.each(exportVectors.filter(({ name }) => name))("the file's name: $why", ({ answer, name }) => {
    const { onlyProject = "", is = "" } = name ?? {};
    const lastDay = is.match(/\d{4}-\d\d-\d\d/g)?.[1] ?? "";
    for (const held of [answer, JSON.parse(answer)]) {
      expect(browser.exportFileName(held, "csv", { onlyProject })).toBe(is);
    }
    for (const preset of presets) {
      const call: FileName = { call: "name", texts: [answer, "csv", onlyProject, lastDay] };
      expect(natively(preset, [call])).toEqual([{ made: is }]);
    }
  });

  test("each says why it is there, and no two say the same", () => {
    expect(new Set(exportVectors.map(({ why }) => why)).size).toBe(exportVectors.length);
  });
});

test("damaged answers: the same file or the same sentence from every build", () => {
  let state = 7;
  const next = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const damaged = exportVectors.flatMap(({ answer }) =>
    Array.from({ length: 60 }, (_, round) => {
      const at = next(answer.length);
      if (round % 3 === 0) return answer.slice(0, at);
      const instead =
        round % 3 === 1 ? "" : (["0", "9", '"', ",", "\\", "{", "é", "\u0000"][next(8)] as string);
      return answer.slice(0, at) + instead + answer.slice(at + 1 + next(3));
    }),
  );
  const all = damaged.flatMap(calls);
  const expected = natively("native", all);
  expect(all.map(inBrowser)).toEqual(expected);
  if (hasNative("asan")) expect(natively("asan", all)).toEqual(expected);
  const refused = expected.filter((one) => "refused" in one).length;
  expect(refused).toBeGreaterThan(expected.length / 4);
  expect(refused).toBeLessThan(expected.length);
});

describe("what a page may ask wrongly", () => {
  const answer = exportVectors[0]?.answer ?? "";
  test.each([
    [
      "a format",
      () => browser.exportRows(answer, "xlsx" as "csv"),
      "The format is one of json, csv, ndjson.",
    ],
    ["rows as json", () => browser.exportRows(answer, "json" as "csv"), "the answer itself is the json"],
    ["a mark on NDJSON", () => browser.exportRows(answer, "ndjson", { bom: true }), "goes with csv only"],
    ["a name of nothing", () => browser.exportFileName({} as { meta: object }, "csv"), "it has no meta"],
    ["a name of null", () => browser.exportFileName({ meta: null } as never, "csv"), "it has no meta"],
    [
      "a name without a zone",
      () => browser.exportFileName({ meta: {} }, "csv"),
      "are no times with an offset",
    ],
  ])("%s", (_what, ask, sentence) => {
    expect(ask).toThrow(sentence);
    // The module goes on.
    expect(browser.exportRows(answer, "csv").length).toBeGreaterThan(50);
  });

  test("a zone that this browser does not know: the offset of the range's end is taken", () => {
    const { meta } = JSON.parse(answer);
    expect(browser.exportFileName({ meta: { ...meta, timezone: "Mars/Olympus" } }, "json")).toBe(
      "lead-stats_all-projects_2026-11-14_2026-11-15_Mars-Olympus.json",
    );
  });
});

describe("the module", () => {
  const file = (name: string) => readFileSync(new URL(`../../build/browser/${name}`, import.meta.url));

  test("stays small", () => {
    // 23.4 KB when this was written; the other module has 99.
    const sizes = ["mjs", "wasm"].map((end) => gzipSync(file(`leadledger_export.${end}`)).length);
    expect(sizes.reduce((sum, size) => sum + size) / 1000).toBeLessThan(28);
  });

  test("asks a page for nothing but to grow its memory and to report an abort, and evaluates no text", () => {
    const imports = WebAssembly.Module.imports(new WebAssembly.Module(file("leadledger_export.wasm")));
    expect(imports.map(({ kind }) => kind)).toEqual(["function", "function"]);
    expect(file("leadledger_export.mjs").toString()).not.toMatch(/\beval\b|\bFunction\(/);
  });

  test("takes an answer of many megabytes, and its memory does not grow with each", {
    timeout: 60_000,
  }, async () => {
    const own = await loadExportModule();
    const days = exportVectors.find(({ why }) => why.startsWith("buckets"));
    const report = JSON.parse(days?.answer ?? "");
    report.buckets = Array.from({ length: 30_000 }, () => report.buckets[0]);
    const text = JSON.stringify(report);
    expect(text.length).toBeGreaterThan(6_000_000);
    const line = days?.ndjson?.[0] ?? "";
    const expected = Buffer.from(`${line}\n`.repeat(30_000));
    expect(Buffer.from(own.exportRows(text, "ndjson")).equals(expected)).toBe(true);
    const before = own.HEAPU8.length;
    for (let again = 0; again < 3; again += 1) own.exportRows(text, again % 2 === 0 ? "csv" : "ndjson");
    expect(own.HEAPU8.length).toBe(before);
  });

  test("refuses an answer that is too large, and goes on", async () => {
    const own = await loadExportModule();
    const text = " ".repeat(24 * 1024 * 1024 + 1);
    expect(() => own.exportRows(text, "csv")).toThrow("at most 25165824 bytes are taken");
    expect(own.exportRows(exportVectors[0]?.answer ?? "", "csv").length).toBeGreaterThan(50);
  });
});
