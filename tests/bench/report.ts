// The figures as tables in Markdown, which docs/performance.md takes over.

import type { InnerTimes, PathTimes } from "./cpu.ts";
import type { Latency } from "./latency.ts";
import type { LoadFigures, QueueFigures } from "./load.ts";
import type { MemoryFigures } from "./memory.ts";
import type { ReportFigures } from "./reports.ts";
import type { Sizes, StartTimes } from "./size.ts";
import { kinds } from "./support/submissions.ts";

export interface Figures {
  machine: { cpu: string | undefined; cores: number; node: string; workerd: string };
  compared: number;
  listed: string[];
  wholeCpu?: PathTimes | undefined;
  innerCpu?: InnerTimes | undefined;
  memory?: MemoryFigures | undefined;
  size?: (Sizes & StartTimes) | undefined;
  load?: Record<"ours" | "honoZod", LoadFigures> | undefined;
  queue?: QueueFigures | undefined;
  reports?: ReportFigures[] | undefined;
  latency?: Latency | undefined;
}

const row = (...cells: (string | number)[]) => `| ${cells.join(" | ")} |`;
const table = (head: string[], rows: string[]) => [row(...head), row(...head.map(() => "---")), ...rows, ""];
const us = (value: number) => value.toFixed(value < 100 ? 1 : 0);
const ratio = (a: number, b: number) => `${(a / b).toFixed(2)}x`;
const kb = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`;
const mb = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MB`;
const ms = (value: number) => value.toFixed(value < 10 ? 1 : 0);

function reportTables(reports: ReportFigures[]): string[] {
  const names = [
    "core",
    "joined by hand",
    "csv-stringify, JSON.stringify",
    "by hand / core",
    "library / core",
  ];
  const warm = reports.map(({ name, format, warm: { ours, byHand, library } }) =>
    row(
      name,
      format,
      ...[ours, byHand, library].map((us) => ms(us / 1000)),
      ratio(byHand, ours),
      ratio(library, ours),
    ),
  );
  const first = reports.map(({ name, format, first: { ours, byHand, library } }) =>
    row(
      name,
      format,
      ...[ours, byHand, library].map(({ cpu }) => ms(cpu)),
      ratio(byHand.cpu, ours.cpu),
      ratio(library.cpu, ours.cpu),
      ...[ours, byHand, library].map(({ wall }) => ms(wall)),
    ),
  );
  const sizes = reports.map(({ name, format, answerBytes, reportBytes, cachedBytes, first: { ours } }) =>
    row(name, format, ...[answerBytes, reportBytes, cachedBytes, ours.bytes, ours.bytesAfter50].map(mb)),
  );
  return [
    "A report from an answer of 100,000 rows, all bytes equal; CPU, ms",
    "",
    ...table(["answer", "format", ...names], warm),
    "The first report of a new process: CPU, ms; the last three columns are wall time, ms",
    "",
    ...table(["answer", "format", ...names, "core", "by hand", "library"], first),
    ...table(
      ["answer", "format", "answer", "report", "kept in the cache", "linear memory", "after 50"],
      sizes,
    ),
  ];
}

function latencyTable({ emptyStatement, reports }: Latency): string[] {
  const head = ["points", "report", "rows of answers", "total", "engine", "outside", "from the cache"];
  const rows = reports.map((one) =>
    row(
      `${one.millions} million`,
      one.report,
      one.answerRows,
      ...[one.total, one.engine, one.outside, one.cached].map(ms),
    ),
  );
  return [
    `Reports from the local engine, ms; a statement that reads nothing takes ${ms(emptyStatement)} ms there and back`,
    "",
    ...table(head, rows),
  ];
}

export function report(figures: Figures): string {
  const { machine, compared, listed, wholeCpu, innerCpu, memory, size, load, queue } = figures;
  const { reports, latency } = figures;
  const lines = [
    `${machine.cpu}, ${machine.cores} cores; Node ${machine.node}, ${machine.workerd}`,
    `${compared} submissions compared: equal, but for ${listed.length} listed differences.`,
    "",
  ];
  if (wholeCpu) {
    lines.push("CPU a submission, whole path, microseconds (ratios: the peer's by ours)", "");
    const head = [
      "body",
      "Leadledger",
      "plain TypeScript",
      "Hono + Zod",
      "plain / ours",
      "Hono + Zod / ours",
    ];
    const rows = kinds.map((kind) => {
      const { ours, plain, hono_zod: hono } = wholeCpu[kind];
      return row(kind, us(ours), us(plain), us(hono), ratio(plain, ours), ratio(hono, ours));
    });
    lines.push(...table(head, rows));
  }
  if (innerCpu) {
    lines.push("CPU a submission, core alone, microseconds", "");
    const rows = kinds.map((kind) => {
      const { core, plain } = innerCpu[kind];
      return row(kind, us(core), us(plain), ratio(plain, core));
    });
    lines.push(...table(["body", "core", "plain TypeScript", "plain / core"], rows));
  }
  if (reports) lines.push(...reportTables(reports));
  if (latency) lines.push(...latencyTable(latency));
  if (load) {
    lines.push("POST /api/leads on workerd, D1 and Analytics Engine bound, wrk with 16 connections", "");
    const head = ["Worker", "requests/s", "p50 ms", "p99 ms", "CPU of workerd a request, us", "not 201"];
    const rows = Object.entries(load).map(([name, one]) =>
      row(name, us(one.requestsPerSecond), us(one.p50Ms), us(one.p99Ms), us(one.cpuUs), one.wrong),
    );
    lines.push(...table(head, rows));
  }
  if (size) {
    lines.push(
      `Module ${kb(size.moduleBytes)}, gzip ${kb(size.moduleGzip)}; whole Worker gzip ${kb(size.bundleGzip)}; Hono + Zod Worker gzip ${kb(size.honoZodGzip)}`,
      `Compile ${size.compileMs.toFixed(2)} ms, instantiate ${size.instantiateMs.toFixed(2)} ms (medians)`,
    );
  }
  if (memory) {
    const { submissions, pagesAfterWarmUp, pagesAtEnd, left } = memory;
    lines.push(
      `Linear memory: ${pagesAfterWarmUp} pages of 64 KiB after 1,000 submissions, ${pagesAtEnd} after ${submissions}; ${left} operations left`,
    );
  }
  if (queue)
    lines.push(`Queue: ${queue.kept} of ${queue.messages} kept, ${us(queue.perSecond)} submissions/s`);
  return lines.join("\n");
}
