// Arguments of writeDataPoint as JavaScript source, because two programs must make them: this test and the
// Workers runtime. Half of what may be passed (symbols, holes, buffers) has no JSON.
import fc from "fast-check";

/** The limits at and past their edges, and every conversion. Evaluated as an expression. */
export const sourceTable: readonly string[] = [
  "undefined",
  "null",
  "{}",
  "[]",
  "() => 1",
  "5",
  "'text'",
  "true",
  "1n",
  "Symbol('s')",
  "{ indexes: [] }",
  "{ indexes: ['k'] }",
  "{ indexes: [null] }",
  "{ indexes: [undefined] }",
  "{ indexes: [5] }",
  "{ indexes: ['a', 'b'] }",
  "{ indexes: [null, null] }",
  "{ indexes: ['a'.repeat(96)] }",
  "{ indexes: ['a'.repeat(97)] }",
  "{ indexes: ['é'.repeat(48)] }",
  "{ indexes: ['é'.repeat(49)] }",
  "{ indexes: [new Uint8Array(96)] }",
  "{ indexes: [new Uint8Array(97)] }",
  "{ indexes: null }",
  "{ indexes: 'k' }",
  "{ blobs: ['a'.repeat(16000)] }",
  "{ blobs: ['a'.repeat(16001)] }",
  "{ blobs: ['é'.repeat(8000)] }",
  "{ blobs: ['é'.repeat(8000), 'a'] }",
  "{ blobs: Array(20).fill('b'.repeat(800)) }",
  "{ blobs: Array(20).fill('b'.repeat(801)) }",
  "{ blobs: Array(20).fill('') }",
  "{ blobs: Array(21).fill('') }",
  "{ blobs: Array(21).fill(null) }",
  "{ blobs: [null, undefined, , 'z'] }",
  "{ blobs: [42, 4.5, -0, true, {}, [1, 2], new Date(NaN), 10n, NaN] }",
  "{ blobs: [new Uint8Array([255, 0, 34, 92]).buffer, new Uint16Array([1, 258]), new DataView(new Uint8Array([9, 8, 7, 6]).buffer, 1, 2)] }",
  "{ blobs: [Symbol('s')] }",
  "{ blobs: [{ toString() { return 'own'; } }] }",
  "{ blobs: [{ toString() { throw new RangeError('no'); } }] }",
  "{ blobs: ['\\ud800', 'a\\udc00b', '\\ud83d\\ude42', '\\u0000\\u001f\\u007f'] }",
  "{ blobs: null }",
  "{ blobs: 'abc' }",
  "{ blobs: new Set(['a']) }",
  "{ blobs: { length: 1, 0: 'a' } }",
  "{ blobs: undefined, doubles: undefined }",
  "{ doubles: Array(20).fill(1) }",
  "{ doubles: Array(21).fill(1) }",
  "{ doubles: Array(21).fill(NaN) }",
  "{ doubles: [null, '4', ' 5 ', '', '0x10', [], [7], true, -0, 1e308, 5e-324] }",
  "{ doubles: [undefined] }",
  "{ doubles: [, 1] }",
  "{ doubles: ['x'] }",
  "{ doubles: [NaN] }",
  "{ doubles: [1, Infinity] }",
  "{ doubles: [{}] }",
  "{ doubles: [{ valueOf() { return 3; } }] }",
  "{ doubles: [1n] }",
  "{ doubles: [Symbol.iterator] }",
  "{ doubles: new Float64Array(2) }",
  "{ doubles: null }",
  // What is reported first: a field that does not convert, in the order indexes, doubles, blobs; then the limits.
  "{ indexes: ['a', 'b'], blobs: Array(21).fill(''), doubles: Array(21).fill(1) }",
  "{ blobs: Array(21).fill(''), doubles: Array(21).fill(1) }",
  "{ indexes: ['a', 'b'], blobs: 5 }",
  "{ indexes: 1, doubles: 2, blobs: 3 }",
  "{ doubles: 2, blobs: 3 }",
  "{ indexes: ['a', 'b'], doubles: [1n], blobs: [Symbol()] }",
  "{ indexes: ['a'.repeat(97)], blobs: ['a'.repeat(16001)] }",
  "{ get blobs() { throw new RangeError('blobs'); }, get doubles() { throw new RangeError('doubles'); } }",
  "{ timestamp: 1, dataset: 'x', blobs: ['kept'] }",
];

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }).map((value) => JSON.stringify(value)),
  fc.string({ unit: "grapheme", maxLength: 30 }).map((value) => JSON.stringify(value)),
  fc
    .tuple(fc.constantFrom("'a'", "'é'", "'€'", "'\\ud83d'"), fc.nat(3000))
    .map(([unit, times]) => `${unit}.repeat(${times})`),
);
const bytes = fc.uint8Array({ maxLength: 40 }).map((value) => `new Uint8Array([${value.join(",")}])`);
const odd = fc.constantFrom(
  "null",
  "undefined",
  "true",
  "{}",
  "[]",
  "-1.5e-7",
  "1e21",
  "new Date(0).getTime()",
);
const blob = fc.oneof(
  { weight: 6, arbitrary: text },
  bytes,
  bytes.map((value) => `${value}.buffer`),
  odd,
);
const index = fc.oneof(
  text,
  fc.nat(120).map((times) => `'i'.repeat(${times})`),
  bytes,
  odd,
);
const double = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .map((value) => (Object.is(value, -0) ? "-0" : `${value}`)),
  },
  fc.constantFrom("null", "'12.5'", "true", "[]", "undefined", "'x'", "-Infinity", "2n"),
);
const list = (item: fc.Arbitrary<string>, maxLength: number) =>
  fc.array(item, { maxLength, size: "max" }).map((items) => `[${items.join(",")}]`);

const point = fc
  .record({ indexes: list(index, 2), blobs: list(blob, 22), doubles: list(double, 22) }, { requiredKeys: [] })
  .map(
    (fields) =>
      `{ ${Object.entries(fields)
        .map(([name, value]) => `${name}: ${value}`)
        .join(", ")} }`,
  );

/** The same points in every run: a difference that comes and goes would help nobody. */
export const randomSources: readonly string[] = fc.sample(point, { seed: 20_261_121, numRuns: 400 });
