// `npm run webhooks`: makes, lists and removes channels, to which briefs and alerts go, and changes their secrets.
//
// The file (.local/webhooks.json, or --file) is the list as the Worker has it, secrets included: keep it to yourself.
// The Worker learns of a change when the file is put into its secret; --upload does so. With --local it is the list of
// `npm start`, which reads it when it starts.

import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { hostOf, makeChannel, remove, rotate } from "./lib/channel_list.mjs";
import { readJson, writeJson } from "./lib/files.mjs";
import { localWebhooks } from "./lib/local_services.mjs";
import { inRoot } from "./lib/paths.mjs";
import { Complaint, explain } from "./lib/run.mjs";
import { wrangler } from "./lib/wrangler.mjs";

const help = `npm run webhooks -- make --id ops --type slack|webhook --url https://... --projects '*'|slug,slug
                         --topics brief,alert [--quiet 22:00-07:00 --timezone Asia/Kolkata]
npm run webhooks -- list
npm run webhooks -- rotate <id>                a new secret in the place of the old one
npm run webhooks -- remove <id>

  --url -      read the address from standard input: one of Slack's is a secret itself
  --file F     the list (default .local/webhooks.json); keep it: it is the only copy besides the Worker's
  --upload     put the list into the Worker's secret WEBHOOKS, through Wrangler
  --local      the list of the local stack; it holds from the next npm start on`;

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      id: { type: "string" },
      type: { type: "string" },
      url: { type: "string" },
      projects: { type: "string" },
      topics: { type: "string" },
      quiet: { type: "string" },
      timezone: { type: "string" },
      file: { type: "string" },
      upload: { type: "boolean", default: false },
      local: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const [verb, id, ...rest] = positionals;
  if (values.help || !verb) return console.log(help);
  if (rest.length || (id && !["rotate", "remove"].includes(verb))) {
    throw new Complaint(`Too many words.\n${help}`);
  }
  if (values.local && values.upload) throw new Complaint("The list of the local stack goes nowhere else.");
  const file = values.file ?? (values.local ? localWebhooks : inRoot(".local/webhooks.json"));
  const list = readJson(file) ?? [];
  const keep = async (changed) => {
    writeJson(file, changed);
    if (values.upload) await upload(file, changed);
  };

  if (verb === "list") {
    show(list);
    if (values.upload) await upload(file, list);
    return;
  }
  if (verb === "make") {
    const changed = makeChannel(list, {
      ...values,
      url: values.url === "-" ? readFileSync(0, "utf8").trim() : values.url,
      projects: split(values.projects),
      wanted: split(values.topics),
    });
    await keep(changed);
    tell(changed.at(-1));
  } else if (verb === "rotate") {
    const changed = rotate(list, id);
    await keep(changed);
    tell(changed.find((each) => each.id === id));
  } else if (verb === "remove") {
    await keep(remove(list, id));
    console.log(`Removed ${id}.`);
  } else {
    throw new Complaint(`"${verb}" is nothing this can do.\n${help}`);
  }
  if (values.local) console.log("It holds from the next npm start on.");
  else if (!values.upload) {
    console.log(`The Worker does not know yet. Tell it with
  npx wrangler secret put WEBHOOKS --env "" < ${file}`);
  }
}

const split = (text) => text?.split(",").map((each) => each.trim());

async function upload(file, list) {
  await wrangler(["secret", "put", "WEBHOOKS", "--env", ""], { input: JSON.stringify(list) });
  console.log(`Put ${list.length} channels from ${file} into the Worker's secret WEBHOOKS.`);
}

function tell(channel) {
  console.log(line(channel));
  if (!channel.secret) return;
  console.log(`
  ${channel.secret}

With it the receiver checks signatures. This is the only time it is shown.`);
}

function line(channel) {
  const { id, type, projects, topics, quiet_hours: quiet } = channel;
  const hours = quiet ? `quiet ${quiet.from}-${quiet.to} ${quiet.timezone}` : "";
  return [id, type.padEnd(7), hostOf(channel), projects.join(","), topics.join(","), hours]
    .join("  ")
    .trimEnd();
}

function show(list) {
  console.log(list.length === 0 ? "No channels." : list.map(line).join("\n"));
}

try {
  await main();
} catch (error) {
  process.exitCode = error.code?.startsWith?.("ERR_PARSE_ARGS") ? 1 : explain(error);
  if (error.code?.startsWith?.("ERR_PARSE_ARGS")) console.error(`${error.message}\n${help}`);
}
