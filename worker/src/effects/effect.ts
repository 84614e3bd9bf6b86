// What an effect is, what answers it, and what it is performed with.

import type { Env } from "../env.ts";
import type { OpenAnswer } from "./ae_query.ts";

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

/** What effects of one operation are performed with. */
export interface Performer {
  env: Env;
  waitUntil(promise: Promise<unknown>): void;
  /** The HTTP request that is being answered; its body has been read. */
  request?: Request;
  reader?: ReadableStreamDefaultReader<Uint8Array> | undefined;
  writer?: WritableStreamDefaultWriter<Uint8Array> | undefined;
  /** Answers of Analytics Engine that are being read, by the id of their query. */
  answers?: Map<number, OpenAnswer>;
  /** What is to be given back when the operation ends. */
  undo?: Set<() => void>;
}

/** Has `undo` done when the operation ends; calling what comes back takes that off again. */
export function undoAtEnd(performer: Performer, undo: () => void): () => void {
  performer.undo ??= new Set();
  performer.undo.add(undo);
  return () => performer.undo?.delete(undo);
}

/** The operation has ended: whatever it still held is given back. */
export function giveBack(performer: Performer): void {
  const all = [...(performer.undo ?? [])];
  performer.undo?.clear();
  for (const undo of all) {
    try {
      undo();
    } catch (error) {
      console.error(error);
    }
  }
}
