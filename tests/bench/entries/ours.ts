// The Worker as it is deployed, and what the benchmark needs to look at inside it.

import module from "../../../build/wasi/leadledger.wasm";
import { Core, type Exports } from "../../../worker/src/core.ts";
import worker from "../../../worker/src/index.ts";

export { liveCore } from "../../../worker/src/core.ts";
export { forgetKept } from "../../../worker/src/effects/cache.ts";
export { forgetCache } from "../../../worker/src/effects/d1_batch.ts";
export { packConfig, packRequest } from "../../../worker/src/request.ts";
export default worker;

/** A new instance, made ready as the Worker makes its own. */
export function newExports(): Exports {
  const exports = new WebAssembly.Instance(module).exports as unknown as Exports;
  new Core(exports);
  return exports;
}

export const newCore = (): Core => new Core(new WebAssembly.Instance(module).exports as unknown as Exports);
