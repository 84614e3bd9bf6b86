// The first report of a process, which has compiled nothing yet: what a new isolate pays. Then, for the module, the
// linear memory after it and after fifty of them.
//   node first_report.ts ours|byHand|library <number of the case> csv|json|ndjson

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Format } from "../peers/reports/render.ts";
import { type ReportName, workOf } from "../reports.ts";
import { outDir } from "./bundle.ts";
import { answerBytes, type ReportCase, reportCases } from "./report_answers.ts";

const [name, at, format] = process.argv.slice(2) as [ReportName, string, Format];
const of = reportCases[Number(at)] as ReportCase;
const answer = answerBytes(of);
const module = await import(pathToFileURL(join(outDir, "ours.node.mjs")).href);
const work = workOf(name, of, format, answer, module);

const begun = performance.now();
const before = process.cpuUsage();
work.run();
const { user, system } = process.cpuUsage(before);
const wall = performance.now() - begun;
const bytes = work.bytes();
for (let n = 1; n < 50 && bytes > 0; n += 1) work.run();
console.log(JSON.stringify({ wall, cpu: (user + system) / 1000, bytes, bytesAfter50: work.bytes() }));
