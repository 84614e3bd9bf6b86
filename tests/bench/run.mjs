// `npm run bench` builds everything, then runs this. It starts itself anew with what the measuring needs of Node.
// Options: --quick (fewer rounds), and names of parts (cpu, memory, reports, size, load, queue) to run only these.
// The part latency runs only where it is named.

import { spawnSync } from "node:child_process";
import { join } from "node:path";

const flags = ["--expose-gc", "--no-warnings"];
const script = join(import.meta.dirname, "main.ts");
const { status } = spawnSync(process.execPath, [...flags, script, ...process.argv.slice(2)], {
  stdio: "inherit",
});
process.exitCode = status ?? 1;
