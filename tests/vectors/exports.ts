// Answers of GET /analytics/lead-stats, and the files that must be made of each: written by hand, to be reviewed.

import { readFileSync } from "node:fs";

type Members = Record<string, unknown>;

export interface ExportVector {
  /** What it is there to hold; no two say the same. */
  why: string;
  /** The JSON text. */
  answer: string;
  /** The lines of either file, without their ends; or the sentence that refuses the answer. */
  csv?: string[];
  ndjson?: string[];
  refused?: string;
  name?: { onlyProject?: string; is: string };
}

interface Case extends Omit<ExportVector, "answer"> {
  /** What differs from an ordinary answer of one row, member by member. */
  meta?: Members;
  answer?: Members;
  /** A text as it is, in place of both. */
  text?: string;
}

const { base, cases } = JSON.parse(readFileSync(new URL("exports.json", import.meta.url), "utf8")) as {
  base: Members & { meta: Members };
  cases: Case[];
};

/** Nine counts are a list in the file of vectors, in the order of the columns. */
const counts = ["total", "primary", "follow_up", "test", "blocked", "bot"];
const names = [...counts, "vpn_count", "suspicious_count", "hot_count"];

function withCounts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withCounts);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) =>
      name === "counts"
        ? names.map((count, at): [string, unknown] => [count, (member as number[])[at]])
        : [[name, withCounts(member)] as [string, unknown]],
    ),
  );
}

export const exportVectors: ExportVector[] = cases.map(({ meta, answer, text, ...rest }) => ({
  ...rest,
  answer: text ?? JSON.stringify(withCounts({ ...base, ...answer, meta: { ...base.meta, ...meta } })),
}));
