// Where things are. Every script works from the repository's root, wherever it was called from.

import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Node 24, as the npm package `node` brings it: Wrangler needs 22, and the machine may have 20. */
export const node = join(root, "node_modules/.bin/node");

export const wranglerCli = join(root, "node_modules/wrangler/wrangler-dist/cli.js");
export const vitestCli = join(root, "node_modules/vitest/vitest.mjs");

/** All that a local run keeps: D1, points, keys, logs. */
export const stateDir = resolve(root, process.env.LEADLEDGER_STATE || ".local");

export const inRoot = (...parts) => join(root, ...parts);
