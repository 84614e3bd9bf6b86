// Long exports: rows are counted over the edges of chunks, and what is cut off is not taken for whole.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nameOf, stemOf } from "../../worker/dashboard/src/stats/export/files.ts";
import { CutOff, lineCounter, readRows } from "../../worker/dashboard/src/stats/export/stream.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

const streamOf = (parts: Uint8Array[], failure?: Error) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const part of parts) controller.enqueue(part);
      if (failure === undefined) controller.close();
    },
    pull(controller) {
      if (failure !== undefined) controller.error(failure);
    },
  });

async function read(parts: Uint8Array[], csv: boolean, failure?: Error) {
  const written: number[] = [];
  let seen = 0;
  const progress = await readRows(streamOf(parts, failure), {
    csv,
    write: (chunk) => {
      written.push(...chunk);
    },
    onProgress: ({ bytes: known }) => {
      expect(known).toBeGreaterThan(seen);
      seen = known;
    },
  });
  return { progress, text: new TextDecoder().decode(new Uint8Array(written)) };
}

describe("rows", () => {
  test("a line break within quotes is no row, wherever the chunks end", () => {
    const text = 'a,total\r\n"two\r\nlines, ""quoted""",1\r\nplain,2\r\n';
    fc.assert(
      fc.property(fc.array(fc.nat(text.length)), (cuts) => {
        const count = lineCounter(true);
        const places = [0, ...cuts.sort((a, b) => a - b), text.length];
        let lines = 0;
        for (let i = 1; i < places.length; i += 1) lines = count(bytes(text.slice(places[i - 1], places[i])));
        expect(lines).toBe(3);
      }),
    );
  });
  test("in NDJSON a quotation mark may be escaped, and says nothing about lines", () => {
    expect(lineCounter(false)(bytes('{"a":"\\""}\n{"a":1}\n'))).toBe(2);
  });
  test("a header is no row; every byte is written once", async () => {
    const { progress, text } = await read([bytes("a,b\r\n1,"), bytes("2\r\n3,4\r\n")], true);
    expect(progress.rows).toBe(2);
    expect(progress.bytes).toBe(15);
    expect(text).toBe("a,b\r\n1,2\r\n3,4\r\n");
  });
  test("nothing matches: a header alone is a whole CSV, nothing at all a whole NDJSON but not a CSV", async () => {
    expect((await read([bytes("a,b\r\n")], true)).progress.rows).toBe(0);
    expect((await read([], false)).progress.rows).toBe(0);
    await expect(read([], true)).rejects.toThrow(CutOff);
  });
  test("a file that ends within a line was cut off; a broken stream is an error", async () => {
    await expect(read([bytes("a,b\r\n1,2\r\n3,")], true)).rejects.toThrow(CutOff);
    await expect(read([bytes("a,b\r\n1,2\r\n")], true, new Error("reset"))).rejects.toThrow("reset");
  });
});

describe("names", () => {
  test("a whole day's end belongs to the day before", () => {
    const range = { from: "2026-11-09T00:00:00+05:30", to: "2026-11-16T00:00:00+05:30" };
    expect(stemOf(range)).toBe("lead-stats_2026-11-09_2026-11-15");
    expect(stemOf({ ...range, to: "2026-11-16T15:00:00+05:30" }, "hours")).toBe(
      "lead-stats-hours_2026-11-09_2026-11-16",
    );
  });
  test("a server's name cannot lead to another folder", () => {
    const named = (text: string) => nameOf(new Headers({ "content-disposition": text }));
    expect(named('attachment; filename="lead-stats_acme.csv"')).toBe("lead-stats_acme.csv");
    expect(named('attachment; filename="../x.csv"')).toBeUndefined();
    expect(named("attachment")).toBeUndefined();
  });
});
