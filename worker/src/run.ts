// Runs one operation: starts it, performs the effects it asks for, resumes it with each reply, and ends it.

import { type Bytes, type Core, CoreReset } from "./core.ts";
import { type Effect, giveBack, type Performer, type Reply } from "./effects/effect.ts";
import { perform, repeatable } from "./effects/index.ts";

export interface Input {
  config: Uint8Array;
  body: Uint8Array;
  header: string;
}

interface Head {
  status: number;
  headers: [string, string][];
  /** The body follows in pieces. */
  streamed?: boolean;
}

const noBody = new Set([101, 204, 205, 304]);

/**
 * Resolves with the response; `finished` resolves once nothing of the operation is left to do. Rejects with CoreReset
 * where the core trapped; `canRepeat` then tells whether running the same input again would do nothing twice.
 */
export class Run {
  readonly response: Promise<Response>;
  readonly finished: Promise<void>;
  canRepeat = true;

  readonly #core: Core;
  readonly #performer: Performer;
  #id = 0;
  #settled = false;
  #ended = false;
  #resolve!: (response: Response) => void;
  #reject!: (error: unknown) => void;
  #finish!: () => void;

  constructor(core: Core, input: Input, performer: Performer) {
    this.#core = core;
    // Its own: what a run holds must not be taken for another's that repeats it.
    this.#performer = { ...performer };
    this.finished = new Promise((resolve) => {
      this.#finish = resolve;
    });
    this.response = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#guard(() => {
      this.#id = core.start(input.config, input.body, input.header);
      this.#take();
    });
  }

  /** Performs everything that was asked for since the last time. */
  #take(): void {
    const output = this.#core.output(this.#id);
    if (output === undefined) throw new Error("The operation was dropped: too many were in flight.");
    if (output.effects === "[]") return;
    for (const effect of JSON.parse(output.effects) as Effect[]) {
      const body = "body" in effect ? output.bodies[(effect.body as number) - 1] : undefined;
      this.#begin(effect, body);
    }
  }

  #begin(effect: Effect, body: Bytes | undefined): void {
    if (effect.effect === "respond") {
      this.#respond(effect as unknown as Head, body);
      return;
    }
    if (effect.effect === "end") {
      this.#end((effect as unknown as { complete: boolean }).complete);
      return;
    }
    if (!repeatable(effect)) this.canRepeat = false;
    const reply = perform(effect, body, this.#performer);
    if (effect.id === 0) return; // nobody waits for it
    if (reply instanceof Promise) {
      void reply.then((answer) => this.#guard(() => this.#resume(effect.id, answer)));
    } else {
      this.#resume(effect.id, reply);
    }
  }

  #resume(effect: number, reply: Reply): void {
    if (this.#ended) return; // a reply that nobody waited for any more
    if (!this.#core.resume(this.#id, effect, reply.status, reply.body)) {
      throw new Error("The operation was dropped: too many were in flight.");
    }
    this.#take();
  }

  #respond(head: Head, body: Bytes | undefined): void {
    this.#settled = true;
    const init = { status: head.status, headers: head.headers };
    if (head.streamed) {
      const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
      this.#performer.writer = writable.getWriter();
      this.canRepeat = false;
      this.#resolve(new Response(readable, init));
    } else {
      this.#resolve(new Response(noBody.has(head.status) ? null : (body ?? null), init));
      this.#end(true);
    }
  }

  #end(complete: boolean): void {
    if (this.#ended) return;
    this.#ended = true;
    giveBack(this.#performer);
    const writer = this.#performer.writer;
    if (writer)
      void (complete ? writer.close() : writer.abort(new Error("The answer is incomplete."))).catch(() => {});
    this.#core.end(this.#id);
    this.#finish();
  }

  /** Whatever throws ends the operation. */
  #guard(action: () => void): void {
    try {
      action();
    } catch (error) {
      if (!this.#settled) this.#reject(error);
      else if (!(error instanceof CoreReset)) console.error(error);
      this.#settled = true;
      this.#end(false);
    }
  }
}
