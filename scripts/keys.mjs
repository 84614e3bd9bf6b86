// `npm run keys`: makes, lists, rotates and removes API keys.
//
// The file (.local/api-keys.json, or --file) is the list as the Worker has it: digests only. A key is shown
// once, when it is made. The Worker learns of a change when the file is put into its secret; --upload does so.

import { parseArgs } from "node:util";
import { readJson, writeJson } from "./lib/files.mjs";
import { duration, makeEntry, remove, rotate } from "./lib/key_list.mjs";
import { inRoot } from "./lib/paths.mjs";
import { Complaint, explain } from "./lib/run.mjs";
import { wrangler } from "./lib/wrangler.mjs";

const help = `npm run keys -- make --role admin|marketing --projects '*'|slug,slug --name "..." [--expires 90d]
npm run keys -- list
npm run keys -- rotate <id> [--overlap 7d]     a new key; the old one goes on for the overlap (0: ends now)
npm run keys -- remove <id>

  --file F     the list (default .local/api-keys.json); keep it: it is the only copy besides the Worker's
  --upload     put the list into the Worker's secret API_KEYS, through Wrangler`;

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      role: { type: "string" },
      projects: { type: "string" },
      name: { type: "string" },
      expires: { type: "string" },
      overlap: { type: "string", default: "7d" },
      file: { type: "string", default: inRoot(".local/api-keys.json") },
      upload: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const [verb, id, ...rest] = positionals;
  if (values.help || !verb) return console.log(help);
  if (rest.length || (id && !["rotate", "remove"].includes(verb))) {
    throw new Complaint(`Too many words.\n${help}`);
  }
  const list = readJson(values.file) ?? [];

  if (verb === "list") {
    show(list);
    if (values.upload) await upload(values.file, list);
  } else if (verb === "make") {
    const expires = values.expires ? new Date(Date.now() + duration(values.expires)) : null;
    const projects = values.projects?.split(",").map((slug) => slug.trim());
    const made = makeEntry({ role: values.role, projects, name: values.name, expires });
    await keep(values, [...list, made.entry]);
    tell(made);
  } else if (verb === "rotate") {
    const made = rotate(list, id, duration(values.overlap));
    await keep(values, made.list);
    tell(made);
  } else if (verb === "remove") {
    await keep(values, remove(list, id));
    console.log(`Removed ${id}.`);
  } else {
    throw new Complaint(`"${verb}" is nothing this can do.\n${help}`);
  }
  if (verb !== "list" && !values.upload) {
    console.log(`The Worker does not know yet. Tell it with
  npx wrangler secret put API_KEYS --env "" < ${values.file}`);
  }
}

/** The key first in the file, then in the Worker, then on the screen: a key that is shown works. */
async function keep({ file, upload: wanted }, list) {
  writeJson(file, list);
  if (wanted) await upload(file, list);
}

async function upload(file, list) {
  await wrangler(["secret", "put", "API_KEYS", "--env", ""], { input: JSON.stringify(list) });
  console.log(`Put ${list.length} keys from ${file} into the Worker's secret API_KEYS.`);
}

function tell({ key, entry }) {
  console.log(`${entry.id}  ${entry.role}, projects ${entry.projects.join(",")}, "${entry.name}"

  ${key}

This is the only time it is shown.`);
}

function show(list) {
  if (list.length === 0) return console.log("No keys.");
  const now = new Date();
  for (const { id, role, projects, name, created_at, expires_at } of list) {
    const state = !expires_at
      ? ""
      : new Date(expires_at) <= now
        ? `expired ${expires_at}`
        : `until ${expires_at}`;
    console.log(
      [id, role.padEnd(9), projects.join(","), `"${name}"`, created_at, state].join("  ").trimEnd(),
    );
  }
}

try {
  await main();
} catch (error) {
  process.exitCode = error.code?.startsWith?.("ERR_PARSE_ARGS") ? 1 : explain(error);
  if (error.code?.startsWith?.("ERR_PARSE_ARGS")) console.error(`${error.message}\n${help}`);
}
