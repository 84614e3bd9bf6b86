// Sets up what is missing on the machine: Debian packages, then npm packages. Runs on Node 20 with nothing
// installed, so it uses node: modules only. Does nothing, in milliseconds, where nothing is missing.

import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { inRoot, node } from "./paths.mjs";
import { Complaint, run, step } from "./run.mjs";
import { byHand, packages, programs } from "./system_packages.mjs";

/** Makes the machine ready for the groups of packages named (see system_packages.mjs) and the npm packages. */
export async function setUp(groups = ["build"]) {
  checkNode();
  await setUpSystem(groups);
  await setUpNpm();
}

function checkNode() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < 20) throw new Complaint(`Node 20 or later is needed; this is ${process.version}.`);
}

async function setUpSystem(groups) {
  if (!onPath("apt-get") || !onPath("dpkg-query")) return checkByHand(groups);
  const missing = missingPackages([...new Set(groups.flatMap((group) => packages[group]))]);
  if (missing.length === 0) return;

  const root = process.getuid?.() === 0;
  if (!root && !onPath("sudo")) {
    throw new Complaint(`These Debian packages are missing, and neither root nor sudo is here to install them:
  apt-get install ${missing.join(" ")}`);
  }
  console.log(`Installing Debian packages: ${missing.join(" ")}`);
  // env, not the environment: sudo drops it.
  const apt = (...args) => {
    const line = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", ...args];
    if (root) return run(line[0], line.slice(1));
    // A password can be asked for only where the terminal is ours to show.
    return run("sudo", line, { show: Boolean(process.stdin.isTTY) });
  };
  await step("apt-get update", () => apt("update"));
  try {
    await step("apt-get install", () => apt("install", "-y", "--no-install-recommends", ...missing));
  } catch (error) {
    throw Object.assign(error, {
      message: `${error.message}

Debian 12 has all of these packages (with its security archive); elsewhere, install what they hold by hand.`,
    });
  }
}

function missingPackages(names) {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the placeholders are for dpkg-query
  const format = "${Package} ${db:Status-Status}\n";
  // dpkg-query ends with 1 when it does not know one of them; its list is good all the same.
  const query = spawnSync("dpkg-query", ["-W", "-f", format, ...names], {
    encoding: "utf8",
  });
  const installed = new Set();
  for (const line of query.stdout.split("\n")) {
    const [name, status] = line.split(" ");
    if (status === "installed") installed.add(name);
  }
  return names.filter((name) => !installed.has(name));
}

function checkByHand(groups) {
  const missing = groups.flatMap((group) => programs[group]).filter((program) => !onPath(program));
  const sdk = process.env.WASI_SDK_PREFIX;
  if (sdk && !existsSync(join(sdk, "share/cmake/wasi-sdk.cmake"))) {
    throw new Complaint(`WASI_SDK_PREFIX is ${sdk}, but share/cmake/wasi-sdk.cmake is not there.`);
  }
  if (!sdk && !onPath("clang++-22")) missing.push("wasi-sdk (WASI_SDK_PREFIX is not set)");
  if (missing.length) throw new Complaint(`Not found: ${missing.join(", ")}.\n${byHand}`);
}

export function onPath(program) {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

async function setUpNpm() {
  if (npmIsReady()) return;
  await step("npm ci", () =>
    // Not the Node inside node_modules, which npm is about to remove.
    run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel", "error"], { env: { PATH: outerPath() } }),
  );
  if (!nodeWorks()) {
    // Somebody's npm settings forbid install scripts: these four packages cannot do without theirs.
    await run("npm", ["rebuild", "node", "esbuild", "workerd", "chdb", "--ignore-scripts=false"], {
      env: { PATH: outerPath() },
    });
  }
  if (!nodeWorks()) throw new Complaint("npm ci brought no working node_modules/.bin/node (Node 24).");
}

function outerPath() {
  const inside = inRoot("node_modules/.bin");
  return (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => folder !== inside)
    .join(delimiter);
}

const nodeWorks = () => spawnSync(node, ["--version"]).status === 0;

/** Whether node_modules is what package-lock.json says, by the list that npm itself keeps of it. */
function npmIsReady() {
  try {
    const wanted = packagesOf(inRoot("package-lock.json"));
    const present = packagesOf(inRoot("node_modules/.package-lock.json"));
    for (const [name, entry] of wanted) {
      // Platforms other than this one are not installed.
      if (name === "" || (entry.optional && !present.has(name))) continue;
      if (present.get(name)?.version !== entry.version) return false;
    }
    for (const name of present.keys()) if (!wanted.has(name)) return false;
  } catch {
    return false;
  }
  return nodeWorks();
}

function packagesOf(file) {
  return new Map(Object.entries(JSON.parse(readFileSync(file, "utf8")).packages));
}
