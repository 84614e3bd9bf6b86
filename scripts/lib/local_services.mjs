// The processes of a local run: the local Analytics Engine, and Wrangler with two Workers.

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readJson, readText, writePrivate } from "./files.mjs";
import { inRoot, node, stateDir } from "./paths.mjs";
import { Complaint } from "./run.mjs";
import { supervise } from "./supervise.mjs";
import { persistDir, wrangler, wranglerCommand, wranglerEnv } from "./wrangler.mjs";

/** The account's name is free here; the path is production's. */
export const sqlUrl = (engineUrl) => `${engineUrl}/client/v4/accounts/local/analytics_engine/sql`;

/** Channels of a local run, made with `npm run webhooks -- make ... --local`. */
export const localWebhooks = join(stateDir, "local-webhooks.json");

const logs = (name) => join(stateDir, "logs", `${name}.log`);

async function answers(url, signal) {
  const response = await fetch(url, { signal });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
}

/** The token goes through the environment: a command line can be seen by all, and a token may begin with "-". */
export function startEngine(run, port, token) {
  const url = `http://127.0.0.1:${port}`;
  const data = join(stateDir, "analytics-engine");
  const service = supervise({
    name: "Analytics Engine",
    command: node,
    args: [inRoot("worker/local/engine/server.ts"), "--port", String(port), "--data", data],
    env: { NODE_NO_WARNINGS: "1", ENGINE_TOKEN: token },
    probe: (signal) => answers(`${url}/local/health`, signal),
    log: logs("analytics-engine"),
    patience: 30_000,
    run,
  });
  return { ...service, url };
}

/**
 * Secrets and addresses go through a file that only this user may read: a command line can be seen by all.
 * `webhooks`: channels beside those that were made here.
 */
export function startWorker(run, port, { list, engineToken }, engineUrl, webhooks = []) {
  const url = `http://127.0.0.1:${port}`;
  const secrets = join(stateDir, "worker.env");
  const values = {
    API_KEYS: JSON.stringify(list),
    AE_SQL_URL: sqlUrl(engineUrl),
    AE_SQL_TOKEN: engineToken,
    WEBHOOKS: JSON.stringify([...(readJson(localWebhooks) ?? []), ...webhooks]),
  };
  // Single quotes: the file's format leaves what is between them as it is.
  writePrivate(
    secrets,
    Object.entries(values)
      .map(([name, value]) => `${name}='${value}'\n`)
      .join(""),
  );
  const service = supervise({
    name: "Worker",
    ...wranglerCommand(
      "dev",
      ...["-c", inRoot("wrangler.toml"), "-c", pointsConfig(engineUrl, engineToken)],
      ...["--env", "local", "--env-file", secrets],
      ...["--ip", "127.0.0.1", "--port", String(port), "--inspector-port", "0"],
      ...["--persist-to", persistDir, "--log-level", "warn", "--show-interactive-dev-session=false"],
    ),
    env: wranglerEnv,
    // Any answer of the Worker will do here: what it says of its health is for people and monitors.
    probe: (signal) => answers(`${url}/healthz`, signal),
    log: logs("worker"),
    patience: 60_000,
    run,
  });
  return { ...service, url };
}

/**
 * The second Worker's configuration with this run's engine in it. Wrangler gives --env-file and --var to the
 * first Worker only, so the values are put into a copy of the file.
 */
function pointsConfig(engineUrl, engineToken) {
  const folder = inRoot("worker/local/points");
  const set = (text, name, value) => {
    const line = new RegExp(`^${name} = ".*"$`, "gm");
    if (!line.test(text)) throw new Complaint(`${folder}/wrangler.toml has no line ${name} = "..."`);
    return text.replace(line, `${name} = ${JSON.stringify(value)}`);
  };
  let text = readFileSync(join(folder, "wrangler.toml"), "utf8");
  text = set(text, "main", join(folder, "index.ts"));
  text = set(text, "ENGINE_URL", engineUrl);
  text = set(text, "ENGINE_TOKEN", engineToken);
  const copy = join(stateDir, "points", "wrangler.toml");
  writePrivate(copy, text);
  return copy;
}

/** Applies the D1 migrations that the local database has not seen. */
export async function migrate() {
  const folder = inRoot("schema/d1");
  const hash = createHash("sha256");
  for (const name of readdirSync(folder).sort()) hash.update(name).update(readFileSync(join(folder, name)));
  const stamp = join(stateDir, "migrations.stamp");
  const digest = hash.digest("hex");
  // Asking Wrangler takes two seconds; the migrations in the repository seldom change.
  if (existsSync(persistDir) && readText(stamp) === digest) return;
  await wrangler(["d1", "migrations", "apply", "DB", ...localDatabase]);
  writePrivate(stamp, digest);
}

export const localDatabase = [
  "--local",
  "--env",
  "local",
  "-c",
  inRoot("wrangler.toml"),
  "--persist-to",
  persistDir,
];
