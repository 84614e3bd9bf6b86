// A point as one line for the engine's `/local/points`. It is JSON except that the bytes of a blob stand as
// they are, valid UTF-8 or not: the engine stores what it gets.
import type { DataPoint } from "./data_point.ts";

const encoder = new TextEncoder();
const quote = 0x22;
const backslash = 0x5c;

/** `seconds`: Unix time; the service keeps whole seconds. */
export function pointLine(dataset: string, seconds: number, point: DataPoint): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  const raw = (text: string): void => void bytes.push(...encoder.encode(text));
  raw(`{"dataset":${JSON.stringify(dataset)},"timestamp":${Math.trunc(seconds)},"index1":`);
  pushText(bytes, point.index1);
  raw(`,"blobs":[`);
  point.blobs.forEach((blob, index) => {
    if (index > 0) raw(",");
    pushText(bytes, blob);
  });
  // JSON.stringify would make -0 of the runtime's -0 into 0.
  raw(
    `],"doubles":[${point.doubles.map((double) => (Object.is(double, -0) ? "-0" : `${double}`)).join(",")}]}\n`,
  );
  return Uint8Array.from(bytes);
}

function pushText(bytes: number[], text: Uint8Array): void {
  bytes.push(quote);
  for (const byte of text) {
    if (byte === quote || byte === backslash) bytes.push(backslash, byte);
    else if (byte < 0x20) bytes.push(...encoder.encode(`\\u00${byte.toString(16).padStart(2, "0")}`));
    else bytes.push(byte);
  }
  bytes.push(quote);
}
