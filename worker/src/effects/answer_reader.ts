// Reads the body of an answer in pieces of a wanted size. Holds one piece and one chunk at most.

import { join } from "../join.ts";
import { Deadline } from "./deadline.ts";

export interface Piece {
  bytes: Uint8Array;
  end: boolean;
}

const empty = new Uint8Array();

export class AnswerReader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  /** What of the last chunk did not fit into its piece. */
  #rest: Uint8Array = empty;
  /** A read that had not been answered when its piece was due. */
  #pending: ReturnType<ReadableStreamDefaultReader<Uint8Array>["read"]> | undefined;
  #busy = false;

  constructor(body: ReadableStream<Uint8Array>) {
    this.#reader = body.getReader();
  }

  /**
   * The next piece: `atMost` bytes; fewer at the end, or where no more came within `ms`. "late" where nothing came.
   * Rejects where the stream breaks off.
   */
  async next(atMost: number, ms: number): Promise<Piece | "late"> {
    if (this.#busy) throw new Error("The answer is being read already.");
    this.#busy = true;
    const deadline = new Deadline(ms);
    try {
      return await this.#gather(Math.max(1, atMost), deadline);
    } finally {
      deadline.clear();
      this.#busy = false;
    }
  }

  /** Stops the transfer. */
  cancel(): void {
    void this.#reader.cancel().catch(() => {});
  }

  async #gather(atMost: number, deadline: Deadline): Promise<Piece | "late"> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for (;;) {
      const fits = this.#rest.subarray(0, atMost - size);
      if (fits.length > 0) chunks.push(fits);
      size += fits.length;
      this.#rest = this.#rest.subarray(fits.length);
      if (size === atMost) return { bytes: join(chunks, size), end: false };
      this.#pending ??= this.#reader.read();
      const got = await deadline.race(this.#pending);
      if (got === "late") return size > 0 ? { bytes: join(chunks, size), end: false } : "late";
      this.#pending = undefined;
      if (got.done) return { bytes: join(chunks, size), end: true };
      this.#rest = got.value;
    }
  }
}
