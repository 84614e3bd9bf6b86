// Instances of the real module that trap when a test says so, by a real `unreachable`.

import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import module from "../../../build/wasi/leadledger.wasm";
import { answer } from "../../../worker/src/answer.ts";
import { Core, type Exports } from "../../../worker/src/core.ts";
import { packConfig, packRequest, readFirstPart } from "../../../worker/src/request.ts";
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
  async post(stage: Stage, fields: Record<string, unknown>, options: CallOptions = {}): Promise<Response> {
    const request = stage.request("/api/leads", { body: { project: stage.project, ...fields }, ...options });
    return this.#call(stage, request, options);
  }

  async get(stage: Stage, path: string, options: CallOptions = {}): Promise<Response> {
    return this.#call(stage, stage.request(path, options), options);
  }

  async #call(stage: Stage, request: ReturnType<Stage["request"]>, options: CallOptions): Promise<Response> {
    const env = stage.bindings(options.env);
    const context = createExecutionContext();
    const { bytes, rest } = await readFirstPart(request);
    const input = {
      config: packConfig(env),
      body: bytes,
      header: await packRequest(request, rest !== undefined),
    };
    const performer = {
      env,
      waitUntil: (promise: Promise<unknown>) => context.waitUntil(promise),
      reader: rest,
    };
    const response = await answer(input, performer, this.take);
    const body = await response.arrayBuffer();
    await waitOnExecutionContext(context);
    return new Response(response.status === 204 ? null : body, response);
  }
}
