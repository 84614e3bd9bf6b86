// Which files the checkers look at: what git tracks or would track, so nothing built and nothing installed.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { inRoot, root } from "./paths.mjs";

/** Paths relative to the root, of the files that match one of git's patterns. */
export function sources(...patterns) {
  const list = spawnSync("git", ["ls-files", "-z", "-co", "--exclude-standard", "--", ...patterns], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  if (list.status !== 0) throw new Error(`git ls-files: ${list.stderr}`);
  // A file that was removed but not yet from the index is still on git's list.
  const names = list.stdout.split("\0").filter((name) => name && existsSync(inRoot(name)));
  return [...new Set(names)].sort();
}

export const cppFiles = () => sources("*.cpp", "*.hpp", "*.h");

/** One for each group of TypeScript that is compiled together; the base only lends its settings. */
export const typeConfigs = () =>
  sources("*tsconfig*.json").filter((name) => !name.endsWith("tsconfig.base.json"));
