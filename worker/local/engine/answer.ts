// ClickHouse's JSON made into the service's: no line breaks between values, DateTime without its zone, and
// `rows_before_limit_at_least` always there.

const arrayEnd = 0x5d;

/** `answer` is what ClickHouse gives for FORMAT JSON with statistics off. */
export function shapeJson(answer: Buffer): Buffer {
  const compact = withoutBreaks(answer);
  const dataStart = compact.indexOf('"data":');
  const head = compact
    .subarray(0, dataStart)
    .toString()
    .replace(/"type": "DateTime\('[^']*'\)"/g, '"type": "DateTime"');
  const tailStart = compact.lastIndexOf(arrayEnd) + 1;
  const tail = JSON.parse(`{${compact.subarray(tailStart + 1).toString()}`) as {
    rows: number;
    rows_before_limit_at_least?: number;
  };
  const counts = `,"rows":${tail.rows},"rows_before_limit_at_least":${tail.rows_before_limit_at_least ?? tail.rows}}`;
  return Buffer.concat([Buffer.from(head), compact.subarray(dataStart, tailStart), Buffer.from(counts)]);
}

/** Raw tabs and line feeds stand only between values: inside a string ClickHouse writes them as escapes. */
function withoutBreaks(bytes: Buffer): Buffer {
  const out = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  for (const byte of bytes) {
    if (byte !== 0x0a && byte !== 0x09) out[length++] = byte;
  }
  return out.subarray(0, length);
}
