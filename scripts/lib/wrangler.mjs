// How Wrangler is called here: by Node 24, without asking, reporting or looking for updates, and with all its
// files in the state folder, so that two runs beside each other do not meet.

import { join } from "node:path";
import { node, stateDir, wranglerCli } from "./paths.mjs";
import { run } from "./run.mjs";

export const persistDir = join(stateDir, "wrangler");

export const wranglerEnv = {
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_SEND_ERROR_REPORTS: "false",
  WRANGLER_HIDE_BANNER: "true", // and with it the look for a newer version
  WRANGLER_NO_SKILLS_UPDATE_PROMPTS: "true",
  WRANGLER_CI_DISABLE_CONFIG_WATCHING: "true",
  WRANGLER_REGISTRY_PATH: join(stateDir, "wrangler-registry"),
  WRANGLER_LOG_PATH: join(stateDir, "logs/wrangler"),
  CLOUDFLARE_CF_FETCH_ENABLED: "false", // request.cf is a placeholder, without a call to the internet
  X_LOCAL_EXPLORER: "false",
  X_LOCAL_OBSERVABILITY: "false",
  CI: "true", // no questions
  NO_COLOR: "1",
};

/** The command line of Wrangler, to be given to spawn. */
export const wranglerCommand = (...args) => ({
  command: node,
  args: ["--no-warnings", wranglerCli, ...args],
});

export function wrangler(args, options = {}) {
  const line = wranglerCommand(...args);
  return run(line.command, line.args, { ...options, env: { ...wranglerEnv, ...options.env } });
}
