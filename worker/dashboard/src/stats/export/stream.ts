// Reads a long file from the server piece by piece, counts it, and knows whether it is whole.

export interface Progress {
  bytes: number;
  /** Rows of data so far: a header line is none. */
  rows: number;
  bytesPerSecond: number;
}

const QUOTE = 0x22;
const NEWLINE = 0x0a;

/** Counts lines; a line break within quotes is none, where `quoted` says that the format has such. */
export function lineCounter(quoted: boolean): (chunk: Uint8Array) => number {
  let lines = 0;
  let inside = false;
  return (chunk) => {
    for (const byte of chunk) {
      if (byte === QUOTE) inside = quoted && !inside;
      else if (byte === NEWLINE && !inside) lines += 1;
    }
    return lines;
  };
}

/** A file of rows that ends elsewhere than at the end of a line was cut off. */
export class CutOff extends Error {
  override name = "CutOff";
  constructor() {
    super("The file broke off before its end.");
  }
}

/**
 * Hands every chunk to `write` and tells of the progress. It throws where the stream breaks or is cut off: what was
 * written until then is not the file.
 */
export async function readRows(
  body: ReadableStream<Uint8Array>,
  options: {
    csv: boolean;
    write: (chunk: Uint8Array<ArrayBuffer>) => Promise<void> | void;
    onProgress: (progress: Progress) => void;
    now?: () => number;
  },
): Promise<Progress> {
  const { csv, write, onProgress, now = () => performance.now() } = options;
  const count = lineCounter(csv);
  const began = now();
  let bytes = 0;
  let lines = 0;
  let last = NEWLINE;
  const progress = (): Progress => ({
    bytes,
    rows: Math.max(0, lines - (csv ? 1 : 0)),
    bytesPerSecond: bytes / Math.max(0.001, (now() - began) / 1000),
  });
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.length;
    lines = count(value);
    last = value.at(-1) ?? last;
    await write(value as Uint8Array<ArrayBuffer>);
    onProgress(progress());
  }
  if (last !== NEWLINE || (csv && lines === 0)) throw new CutOff();
  return progress();
}
