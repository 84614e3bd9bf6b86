// `npm start -- --demo`: 90 days of made-up submissions in two projects whose names say so, straight into the
// local D1 and the local engine. Once per state folder: points cannot be taken back.

import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readJson, readText, writePrivate } from "../lib/files.mjs";
import { localDatabase } from "../lib/local_services.mjs";
import { inRoot, stateDir } from "../lib/paths.mjs";
import { Complaint } from "../lib/run.mjs";
import { wrangler } from "../lib/wrangler.mjs";
import { pointWriter } from "./points.mjs";
import { statements } from "./rows.mjs";
import { submissions } from "./visitors.mjs";

export async function loadDemo(engineUrl, engineToken) {
  const stamp = join(stateDir, "demo.stamp");
  if (readText(stamp) !== undefined) return;
  const rules = readJson(inRoot("schema/rules.json"));
  const { reasons } = readJson(inRoot("schema/reasons.json"));
  const reports = readJson(inRoot("schema/reports.json"));
  const schema = readJson(inRoot("schema/datasets/lead_submissions.json"));
  const now = Date.now();
  const visits = submissions({ now, rules });

  const file = join(stateDir, "demo.sql");
  writeFileSync(file, [...statements(visits, { now, rules, reasons, reports })].join("\n"));
  await wrangler(["d1", "execute", "DB", ...localDatabase, "--file", file]);
  rmSync(file);

  const response = await fetch(`${engineUrl}/local/points`, {
    method: "POST",
    headers: { authorization: `Bearer ${engineToken}` },
    body: `${visits.map(pointWriter(schema)).join("\n")}\n`,
  });
  if (!response.ok) throw new Complaint(`The local engine refused the demo data: ${await response.text()}`);
  writePrivate(stamp, `${visits.length} submissions up to ${new Date(now).toISOString()}\n`);
}
