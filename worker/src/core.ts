// One instance of the WebAssembly module, and its ABI (bindings/wasi/exports.cpp). Bytes in, bytes out.

import module from "../../build/wasi/leadledger.wasm";

const ABI_VERSION = 1;
const WORD = 4;

export interface Exports {
  memory: WebAssembly.Memory;
  _initialize(): void;
  abi_version(): number;
  buf_new(size: number): number;
  op_start(message: number, size: number): number;
  op_resume(id: number, effect: number, reply: number, size: number): number;
  op_output(id: number): number;
  op_output_parts(id: number): number;
  op_end(id: number): void;
  op_count(): number;
}

/** Bytes of our own, never shared between threads. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** What the module asked for: part 0 is a JSON array of effects, the others are bodies. */
export interface Output {
  effects: string;
  bodies: Bytes[];
}

/** The instance has trapped; nothing of it may be used any more. */
export class CoreReset extends Error {
  override name = "CoreReset";
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class Core {
  dead = false;
  readonly #exports: Exports;

  constructor(exports: Exports) {
    this.#exports = exports;
    this.#call(() => exports._initialize());
    const version = exports.abi_version();
    if (version !== ABI_VERSION)
      throw new Error(`The module speaks ABI ${version}, the Worker ${ABI_VERSION}.`);
  }

  /** Operations in flight. */
  get count(): number {
    return this.#exports.op_count();
  }

  /** Bytes of linear memory. */
  get memoryBytes(): number {
    return this.#exports.memory.buffer.byteLength;
  }

  start(config: Uint8Array, body: Uint8Array, header: string): number {
    return this.#call(() => {
      const [message, size] = this.#write([config, body], header);
      return this.#exports.op_start(message, size);
    });
  }

  /** False where the operation was dropped, or does not wait for this effect. */
  resume(id: number, effect: number, status: string, body: string | Uint8Array): boolean {
    return this.#call(() => {
      const [reply, size] = this.#write([status], body);
      return this.#exports.op_resume(id, effect, reply, size) === 1;
    });
  }

  /** Copies out what was asked for since the last call, or gives nothing where the operation was dropped. */
  output(id: number): Output | undefined {
    return this.#call(() => {
      const count = this.#exports.op_output(id);
      if (count === 0) return undefined;
      const table = new Uint32Array(
        this.#exports.memory.buffer,
        this.#exports.op_output_parts(id),
        count * 2,
      );
      const part = (at: number) =>
        new Uint8Array(this.#exports.memory.buffer, table[at * 2] as number, table[at * 2 + 1] as number);
      const bodies: Bytes[] = [];
      for (let at = 1; at < count; at += 1) bodies.push(part(at).slice() as Bytes);
      return { effects: decoder.decode(part(0)), bodies };
    });
  }

  end(id: number): void {
    if (!this.dead) this.#call(() => this.#exports.op_end(id));
  }

  /** After a trap memory may be half-written, so the whole instance is given up. */
  #call<T>(action: () => T): T {
    if (this.dead) throw new CoreReset("The core was reset.");
    try {
      return action();
    } catch (error) {
      this.dead = true;
      // Here and once: of the operations that were in flight, those that had answered already tell nobody.
      console.error(JSON.stringify({ event: "core_trapped", cause: String(error) }));
      throw new CoreReset("The core trapped.", { cause: error });
    }
  }

  /** Lays the parts of a message into the module's memory; the last one is encoded right there. */
  #write(first: (string | Uint8Array)[], last: string | Uint8Array): [address: number, size: number] {
    const worst = (part: string | Uint8Array) => (typeof part === "string" ? part.length * 3 : part.length);
    const parts = [...first, last];
    const head = WORD * (parts.length + 1);
    const capacity = parts.reduce((sum, part) => sum + worst(part), head);
    const address = this.#exports.buf_new(capacity);
    if (address === 0) throw new RangeError("The module is out of memory.");
    const bytes = new Uint8Array(this.#exports.memory.buffer, address, capacity);
    const words = new DataView(this.#exports.memory.buffer, address, head);
    words.setUint32(0, parts.length, true);
    let at = head;
    for (const [index, part] of parts.entries()) {
      let size = part.length;
      if (typeof part === "string") size = encoder.encodeInto(part, bytes.subarray(at)).written;
      else bytes.set(part, at);
      words.setUint32(WORD * (index + 1), size, true);
      at += size;
    }
    return [address, at];
  }
}

let live: Core | undefined;

/** The isolate's instance; a new one where the last has trapped. */
export function liveCore(): Core {
  if (live === undefined || live.dead) {
    const instance = new WebAssembly.Instance(module);
    live = new Core(instance.exports as unknown as Exports);
  }
  return live;
}
