// Instances of the real module that trap when a test says so, by a real `unreachable`.

import module from "../../../build/wasi/leadledger.wasm";
import { answer } from "../../../worker/src/answer.ts";
import { Core, type Exports } from "../../../worker/src/core.ts";
import type { Env } from "../../../worker/src/env.ts";
import { facts, packConfig, packRequest, readFirstPart } from "../../../worker/src/request.ts";
import { type Answer, ask, type WorkerRequest } from "./ask.ts";
import type { CallOptions, Stage } from "./stage.ts";
import trapModule from "./trap.wasm";

const { trap } = new WebAssembly.Instance(trapModule, {}).exports as { trap(): void };

export const newExports = () => new WebAssembly.Instance(module, {}).exports as unknown as Exports;

export class TrappingCores {
  /** How many instances were made. */
  made = 0;
  /** How many resumes there were. */
  resumes = 0;
  #live: Core | undefined;
  #trapsAt: (resume: number) => boolean;

  /** `trapsAt` is asked before each resume, counted from 1. */
  constructor(trapsAt: (resume: number) => boolean) {
    this.#trapsAt = trapsAt;
  }

  readonly take = (): Core => {
    if (this.#live === undefined || this.#live.dead) {
      this.made += 1;
      const real = newExports();
      const op_resume: Exports["op_resume"] = (...args) => {
        this.resumes += 1;
        if (this.#trapsAt(this.resumes)) trap();
        return real.op_resume(...args);
      };
      this.#live = new Core({ ...real, op_resume });
    }
    return this.#live;
  };

  get inFlight(): number {
    return this.take().count;
  }

  /** As the Worker's fetch handler does it, but with these instances. */
  post(stage: Stage, fields: Record<string, unknown>, options: CallOptions = {}): Promise<Answer> {
    const request = stage.request("/api/leads", { body: { project: stage.project, ...fields }, ...options });
    return this.#call(stage, request, options);
  }

  get(stage: Stage, path: string, options: CallOptions = {}): Promise<Answer> {
    return this.#call(stage, stage.request(path, options), options);
  }

  /** A message as the Worker's queue handler takes it. */
  consume(env: Env, queue: string, body: Uint8Array, attempts = 1): Promise<Response> {
    const header = JSON.stringify({ ...facts("queue"), queue, attempts });
    const performer = { env, waitUntil: () => {} };
    return answer({ config: packConfig(env), body, header }, performer, this.take);
  }

  #call(stage: Stage, request: WorkerRequest, options: CallOptions): Promise<Answer> {
    return ask(request, stage.bindings(options.env), async (given, env, context) => {
      const { bytes, rest } = await readFirstPart(given);
      const input = {
        config: packConfig(env),
        body: bytes,
        header: await packRequest(given, rest !== undefined),
      };
      const waitUntil = (promise: Promise<unknown>) => context.waitUntil(promise);
      return answer(input, { env, waitUntil, reader: rest }, this.take);
    });
  }
}
