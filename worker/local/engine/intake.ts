// Bodies of points. Small ones go to the batcher whole; long ones are inserted block by block as they
// arrive, so that a load of any length runs in flat memory. A long load is therefore not one transaction:
// blocks before a bad line stay.
import type { IncomingMessage } from "node:http";
import type { Batcher } from "./batcher.ts";
import type { Store } from "./store.ts";

/** Large enough that the fixed cost of an insert vanishes, small beside this process. */
const blockBytes = 16_000_000;
/** Up to here a body is a handful of points and shares an insert with others. */
const batchBytes = 256_000;
/** An array cannot be cut at line ends, so it is kept and parsed whole. */
const maxArrayBytes = 64_000_000;

const lineFeed = 0x0a;

/** Answers how many points came. Throws for what is not a point, and then says why. */
export async function insertBody(store: Store, batcher: Batcher, request: IncomingMessage): Promise<number> {
  let chunks: Buffer[] = [];
  let size = 0;
  let isArray: boolean | null = null;
  let inserted = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    isArray ??= startsArray(chunk);
    if (isArray === true) {
      if (size > maxArrayBytes)
        throw new Error(`an array of points may have ${maxArrayBytes} bytes; send NDJSON`);
      continue;
    }
    if (size < blockBytes) continue;
    const block = Buffer.concat(chunks);
    const end = block.lastIndexOf(lineFeed) + 1;
    if (end === 0) throw new Error("a line of points is too long");
    const lines = block.subarray(0, end);
    await store.insert(lines);
    inserted += countLines(lines);
    chunks = [block.subarray(end)];
    size = block.length - end;
  }
  const body = Buffer.concat(chunks);
  const last = isArray === true ? linesOfArray(body) : body;
  const count = countLines(last);
  if (count === 0) return inserted;
  if (last.length > batchBytes) await store.insert(last);
  else await batcher.add(last);
  return inserted + count;
}

function linesOfArray(body: Buffer): Buffer {
  const points: unknown = JSON.parse(body.toString());
  if (!Array.isArray(points)) throw new Error("points must be an array or NDJSON");
  return Buffer.from(points.map((point) => `${JSON.stringify(point)}\n`).join(""));
}

/** Null while only blanks were seen. */
function startsArray(chunk: Buffer): boolean | null {
  for (const byte of chunk) {
    if (byte > 0x20) return byte === 0x5b;
  }
  return null;
}

/** Counts the lines that hold something. A line feed inside JSON text is always escaped. */
function countLines(body: Buffer): number {
  let lines = 0;
  let filled = false;
  for (const byte of body) {
    if (byte === lineFeed) filled = false;
    else if (byte > 0x20 && !filled) {
      filled = true;
      lines++;
    }
  }
  return lines;
}

/** Reads a body, and keeps no more than `limit` bytes of it. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    if (size < limit) chunks.push(chunk);
    size += chunk.length;
  }
  return Buffer.concat(chunks).subarray(0, limit);
}
