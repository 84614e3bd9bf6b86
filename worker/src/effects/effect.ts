// What an effect is, what answers it, and what it is performed with.

import type { Env } from "../env.ts";

export interface Effect {
  effect: string;
  /** 0: nobody waits for a reply. */
  id: number;
}

/** `status` begins with "ok", or says what failed. */
export interface Reply {
  status: string;
  body: string | Uint8Array;
}

export const ok = (body: string | Uint8Array = "", word = ""): Reply => ({
  status: word ? `ok ${word}` : "ok",
  body,
});
export const failed = (error: unknown): Reply => ({
  status: "error",
  body: error instanceof Error ? error.message : String(error),
});

/** What effects are performed with. */
export interface Performer {
  env: Env;
  waitUntil(promise: Promise<unknown>): void;
  reader?: ReadableStreamDefaultReader<Uint8Array> | undefined;
  writer?: WritableStreamDefaultWriter<Uint8Array> | undefined;
}
