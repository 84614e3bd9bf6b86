// The performer of one operation, for tests that perform effects without the core.

import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { giveBack, type Performer, type Reply } from "../../../worker/src/effects/effect.ts";
import { perform } from "../../../worker/src/effects/index.ts";
import type { Env } from "../../../worker/src/env.ts";

export class TestOperation {
  readonly performer: Performer;
  readonly #context = createExecutionContext();
  #effects = 0;

  constructor(env: Partial<Env> = {}) {
    this.performer = {
      env: env as Env,
      waitUntil: (promise) => this.#context.waitUntil(promise),
    };
  }

  /** The id of the effect that was asked for last. */
  get last(): number {
    return this.#effects;
  }

  ask(effect: string, members: object, body: string | Uint8Array<ArrayBuffer> = ""): Promise<Reply> {
    this.#effects += 1;
    const bytes =
      typeof body === "string" ? (new TextEncoder().encode(body) as Uint8Array<ArrayBuffer>) : body;
    return Promise.resolve(perform({ effect, id: this.#effects, ...members }, bytes, this.performer));
  }

  /** As the core's `end` does it; resolves once nothing is left to do. */
  async end(): Promise<void> {
    giveBack(this.performer);
    await waitOnExecutionContext(this.#context);
  }
}

export const textOf = ({ body }: Reply): string =>
  typeof body === "string" ? body : new TextDecoder().decode(body);
