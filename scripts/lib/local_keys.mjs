// The keys of a local run: made once per state folder, so that they stay good from run to run.
// Unlike those of `npm run keys` they are kept as they are: they open nothing but this machine's own data.

import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { readJson, writeJson } from "./files.mjs";
import { digestOf, makeEntry } from "./key_list.mjs";
import { stateDir } from "./paths.mjs";

export const projects = { project: "acme", other: "globex" };

const wanted = {
  admin_key: { role: "admin", projects: ["*"], name: "Local admin" },
  marketing_key: { role: "marketing", projects: ["*"], name: "Local marketing" },
  limited_key: { role: "marketing", projects: [projects.project], name: "Local marketing, one project" },
};

/** {keys: {admin_key, marketing_key, limited_key}, list, engineToken} */
export function localKeys() {
  const file = join(stateDir, "local-keys.json");
  const known = readJson(file) ?? { keys: {}, list: [], engineToken: randomBytes(24).toString("base64url") };
  for (const [name, what] of Object.entries(wanted)) {
    const digest = known.keys[name] && digestOf(known.keys[name]);
    if (known.list.some((entry) => entry.digest === digest)) continue;
    const { key, entry } = makeEntry(what);
    known.keys[name] = key;
    known.list.push(entry);
  }
  writeJson(file, known);
  return known;
}
