// Reports from answers with 100,000 rows: the module with both its crossings beside plain TypeScript on the same bytes.
// Whoever is measured has first to give the same bytes.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type * as ours from "./entries/ours.ts";
import { type Format, formats, renderers } from "./peers/reports/render.ts";
import { type Asked, shape } from "./peers/reports/shape.ts";
import type { Contender } from "./support/contenders.ts";
import { answerBytes, type ReportCase, rangeEnd, reportCases } from "./support/report_answers.ts";
import { runReport } from "./support/report_core.ts";
import { cpuOf, median, rounds } from "./support/rounds.ts";

export const reportNames = ["ours", "byHand", "library"] as const;
export type ReportName = (typeof reportNames)[number];
type Times = Record<ReportName, number>;

export interface FirstReport {
  /** Milliseconds. */
  wall: number;
  cpu: number;
  /** Linear memory after it, and after 50; 0 for peers. */
  bytes: number;
  bytesAfter50: number;
}

export interface ReportFigures {
  name: string;
  format: Format;
  answerBytes: number;
  reportBytes: number;
  cachedBytes: number;
  /** CPU of one report that is not the first, microseconds. */
  warm: Times;
  /** The first report of a new process. */
  first: Record<ReportName, FirstReport>;
}

export interface Work {
  run(): Uint8Array[];
  bytes(): number;
}

const askedOf = ({ dimensions, days }: ReportCase): Asked => ({
  dimensions,
  limit: 1000,
  from: rangeEnd - days * 86_400,
  days,
  offset: 330,
});

/** What one contender does for a report, in a new instance where it has one. `meta` is what stands in ours. */
export function workOf(
  name: ReportName,
  of: ReportCase,
  format: Format,
  answer: Uint8Array,
  { newCore }: Pick<typeof ours, "newCore">,
  meta: object = {},
): Work {
  if (name === "ours") {
    const core = newCore();
    const query = `${of.query}&format=${format}`;
    return { run: () => runReport(core, query, answer).pieces, bytes: () => core.memoryBytes };
  }
  const asked = askedOf(of);
  const render = renderers[name][format];
  return { run: () => [render(shape(answer, asked), asked, meta)], bytes: () => 0 };
}

/** Throws where the peers' bytes are not ours. */
function check(of: ReportCase, answer: Uint8Array, module: typeof ours) {
  const json = (pieces: Uint8Array[]) => JSON.parse(Buffer.concat(pieces).toString()) as { meta: object };
  const core = module.newCore();
  const seen = runReport(core, `${of.query}&format=json`, answer);
  // The cells of the answer are days only where the statement asks for them so.
  const cells = `intDiv(toUnixTimestamp(timestamp) - ${askedOf(of).from}, 86400) AS cell`;
  if (!seen.sql.includes(cells)) throw new Error(`The statement asks for other cells: ${seen.sql}`);
  const { meta } = json(seen.pieces);
  const sizes = {} as Record<Format, number>;
  for (const format of formats) {
    const [mine, ...others] = reportNames.map((name) =>
      Buffer.concat(workOf(name, of, format, answer, module, meta).run()),
    ) as [Buffer, ...Buffer[]];
    sizes[format] = mine.length;
    for (const [at, other] of others.entries()) {
      if (mine.equals(other)) continue;
      const where = mine.findIndex((byte, n) => byte !== other[n]);
      const around = [mine, other].map((text) =>
        text.subarray(Math.max(0, where - 60), where + 60).toString(),
      );
      throw new Error(`${reportNames[at + 1]} differs in ${format} at ${where}: ${around.join("  |  ")}`);
    }
  }
  return { meta, sizes, cachedBytes: seen.cached[0] ?? 0 };
}

function firstOf(name: ReportName, caseAt: number, format: Format): FirstReport {
  const script = join(import.meta.dirname, "support/first_report.ts");
  const child = spawnSync(process.execPath, ["--no-warnings", script, name, String(caseAt), format], {
    encoding: "utf8",
    maxBuffer: 1 << 20,
  });
  if (child.status !== 0) throw new Error(`${child.stderr}`);
  return JSON.parse(child.stdout) as FirstReport;
}

const medianOf = (many: FirstReport[]): FirstReport => ({
  wall: median(many.map(({ wall }) => wall)),
  cpu: median(many.map(({ cpu }) => cpu)),
  bytes: Math.max(...many.map(({ bytes }) => bytes)),
  bytesAfter50: Math.max(...many.map(({ bytesAfter50 }) => bytesAfter50)),
});

export async function reportPath(contender: Contender, count: number): Promise<ReportFigures[]> {
  const module = contender.module as unknown as typeof ours;
  const figures: ReportFigures[] = [];
  for (const [caseAt, of] of reportCases.entries()) {
    const answer = answerBytes(of);
    const { meta, sizes, cachedBytes } = check(of, answer, module);
    for (const format of formats) {
      const work = Object.fromEntries(
        reportNames.map((name) => [name, workOf(name, of, format, answer, module, meta)]),
      ) as Record<ReportName, Work>;
      const times = 3;
      // A few before the clock starts: compilers have to have seen it.
      for (const name of reportNames) for (let n = 0; n < 3; n += 1) work[name].run();
      const warm = await rounds(reportNames, count, async (name) => {
        const spent = await cpuOf(() => {
          for (let n = 0; n < times; n += 1) work[name].run();
        });
        return spent / times;
      });
      const firsts = new Map<ReportName, FirstReport[]>(reportNames.map((name) => [name, []]));
      for (let n = 0; n < Math.min(count, 3); n += 1) {
        for (const name of reportNames) firsts.get(name)?.push(firstOf(name, caseAt, format));
      }
      const first = Object.fromEntries(
        reportNames.map((name) => [name, medianOf(firsts.get(name) as FirstReport[])]),
      ) as Record<ReportName, FirstReport>;
      figures.push({
        name: of.name,
        format,
        answerBytes: answer.length,
        reportBytes: sizes[format],
        cachedBytes,
        warm,
        first,
      });
    }
  }
  return figures;
}
