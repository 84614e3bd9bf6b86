// Points mostly come one by one, and an insert costs ClickHouse some milliseconds and a file, however few
// rows it has. So bodies that arrive while an insert runs (or within a moment) share the next one.
// A body is acknowledged only after its rows are in the table.
import type { Store } from "./store.ts";

interface Waiting {
  readonly body: Buffer;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const gatherMilliseconds = 2;
const newline = Buffer.from("\n");

export class Batcher {
  readonly #store: Store;
  #waiting: Waiting[] = [];
  #running = false;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Resolves when the points of `body` (one JSON object a line) can be read. */
  add(body: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ body, resolve, reject });
      if (!this.#running) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#running = true;
    await new Promise((resolve) => setTimeout(resolve, gatherMilliseconds));
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      await this.#insert(batch);
    }
    this.#running = false;
  }

  async #insert(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.#store.insert(Buffer.concat(batch.flatMap(({ body }) => [body, newline])));
      for (const { resolve } of batch) resolve();
    } catch (error) {
      if (batch.length === 1) {
        batch[0]?.reject(error);
        return;
      }
      // One bad body must not fail its neighbours. An insert is all or nothing, so each can be tried alone.
      for (const one of batch) await this.#insert([one]);
    }
  }
}
