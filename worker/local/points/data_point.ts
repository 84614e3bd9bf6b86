// What the Workers runtime does to the argument of `writeDataPoint`: first it converts every field, then it
// checks the limits, in this order and in these words. A test holds both against the runtime itself.

/** A point as it is stored: text is bytes, because a blob may hold any. */
export interface DataPoint {
  readonly index1: Uint8Array;
  readonly blobs: readonly Uint8Array[];
  readonly doubles: readonly number[];
}

const maxIndexes = 1;
const maxIndexBytes = 96;
const maxMembers = 20;
/** 800 bytes for each of the 20 blobs, together. */
const maxBlobBytes = 16_000;

const nothing = new Uint8Array();

/** Converts and checks, or throws a TypeError as production does. `event` may be anything at all. */
export function toDataPoint(event?: unknown): DataPoint {
  const { indexes, blobs, doubles } = convert(event);

  requireLimit(indexes.length <= maxIndexes, `Maximum of ${maxIndexes} indexes supported.`);
  const index1 = indexes[0] ?? nothing;
  // The bracket without a partner is the runtime's.
  requireLimit(index1.length <= maxIndexBytes, `Size of indexes[0] exceeds ${maxIndexBytes} bytes).`);

  requireLimit(blobs.length <= maxMembers, `Maximum of ${maxMembers} blobs supported.`);
  const bytes = blobs.reduce((sum, blob) => sum + (blob?.length ?? 0), 0);
  requireLimit(bytes <= maxBlobBytes, `Cumulative size of blobs exceeds ${maxBlobBytes} bytes).`);

  requireLimit(doubles.length <= maxMembers, `Maximum of ${maxMembers} doubles supported.`);
  // Stricter than production, which takes these and is said to lose the whole point later.
  const odd = doubles.findIndex((double) => !Number.isFinite(double));
  requireLimit(odd < 0, `doubles[${odd}] is not a finite number.`);

  return { index1, blobs: blobs.map((blob) => blob ?? nothing), doubles };
}

function requireLimit(holds: boolean, message: string): void {
  if (!holds) throw new TypeError(`writeDataPoint(): ${message}`);
}

type Bytes = Uint8Array | null;

function convert(event: unknown): { indexes: Bytes[]; blobs: Bytes[]; doubles: number[] } {
  if (event === undefined || event === null) return { indexes: [], blobs: [], doubles: [] };
  if (typeof event !== "object" && typeof event !== "function") {
    throw new TypeError(
      "Failed to execute 'writeDataPoint' on 'AnalyticsEngine': parameter 1 is not of type 'AnalyticsEngineEvent'.",
    );
  }
  // One after the other: a getter can see the order, and the first field that does not convert is named.
  const indexes = convertField(event, "indexes", toBytes);
  const doubles = convertField(event, "doubles", toDouble);
  const blobs = convertField(event, "blobs", toBytes);
  return { indexes, blobs, doubles };
}

function convertField<T>(event: object, name: string, convertItem: (item: unknown) => T): T[] {
  const value: unknown = Reflect.get(event, name);
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    throw new TypeError(
      `Incorrect type for the '${name}' field on 'AnalyticsEngineEvent': the provided value is not of type 'Array'.`,
    );
  }
  // Not map(): it would skip the holes of a sparse array, which read as undefined.
  return Array.from(value, convertItem);
}

function toBytes(item: unknown): Bytes {
  if (item === undefined || item === null) return null;
  if (item instanceof ArrayBuffer) return new Uint8Array(item);
  if (ArrayBuffer.isView(item)) return new Uint8Array(item.buffer, item.byteOffset, item.byteLength);
  // A template throws on a symbol, where String() would describe it.
  return encodeText(`${item as string}`);
}

function toDouble(item: unknown): number {
  // Null is 0; undefined and text that is no number are NaN; a BigInt or a symbol throws.
  return +(item as number);
}

const encoder = new TextEncoder();

/** UTF-8, where half of a surrogate pair stands as its own three bytes rather than as U+FFFD. */
function encodeText(text: string): Uint8Array {
  if (text.isWellFormed()) return encoder.encode(text);
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const isHalf = code >= 0xd800 && code <= 0xdfff;
    if (isHalf) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
    else bytes.push(...encoder.encode(character));
  }
  return Uint8Array.from(bytes);
}
