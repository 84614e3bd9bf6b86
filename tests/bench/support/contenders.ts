// The three Workers, loaded into this process.

import { pathToFileURL } from "node:url";
import { bundleForNode } from "./bundle.ts";

export interface Contender {
  fetch(request: Request, env: unknown, context: unknown): Promise<Response>;
  /** Drops what was cached. */
  forget(): void;
  module: Record<string, unknown>;
}

export const names = ["ours", "plain", "hono_zod"] as const;
export type Name = (typeof names)[number];

export async function loadContenders(): Promise<Record<Name, Contender>> {
  const entries = await Promise.all(
    names.map(async (name) => {
      const file = await bundleForNode(name);
      const module = await import(pathToFileURL(file).href);
      const worker = module.default;
      return [
        name,
        {
          fetch: async (request: Request, env: unknown, context: unknown) =>
            worker.fetch(request, env, context),
          forget: module.forgetCache ?? module.forgetSettings,
          module,
        },
      ];
    }),
  );
  return Object.fromEntries(entries);
}
