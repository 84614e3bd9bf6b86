// A shaped answer as CSV, JSON and NDJSON: with the usual means (csv-stringify, JSON.stringify), and with strings joined
// by hand, which is as fast as JavaScript gets here. All give bytes.

import { stringify } from "csv-stringify/sync";
import { type Asked, bucketTexts, countNames, type Group, type Shaped } from "./shape.ts";

type Render = (shaped: Shaped, asked: Asked, meta: object) => Uint8Array;

const encoder = new TextEncoder();
const width = countNames.length;
const share = (group: Group, { totals }: Shaped) =>
  Number(((group.counts[0] as number) / (totals[0] as number)).toFixed(6));

const header = ({ dimensions }: Asked) => ["start", "end", "partial", ...dimensions, "other", ...countNames];

/** Every whole day of the range is over, so no bucket is partial. */
function csvLibrary({ groups }: Shaped, asked: Asked): Uint8Array {
  const texts = bucketTexts(asked);
  const records: (string | number)[][] = [];
  for (const { key, buckets } of groups) {
    const cells = key ?? asked.dimensions.map(() => "");
    const other = key === null ? "true" : "false";
    for (const [at, { start, end }] of texts.entries()) {
      const record: (string | number)[] = [start, end, "false", ...cells, other];
      for (let n = 0; n < width; n += 1) record.push(buckets[at * width + n] as number);
      records.push(record);
    }
  }
  return encoder.encode(
    stringify(records, {
      header: true,
      columns: header(asked),
      record_delimiter: "\r\n",
      escape_formulas: true,
    }),
  );
}

function counts(of: Float64Array, at: number): Record<string, number> {
  return {
    total: of[at] as number,
    primary: of[at + 1] as number,
    follow_up: of[at + 2] as number,
    test: of[at + 3] as number,
    blocked: of[at + 4] as number,
    bot: of[at + 5] as number,
    vpn_count: of[at + 6] as number,
    suspicious_count: of[at + 7] as number,
    hot_count: of[at + 8] as number,
  };
}

const keyOf = ({ key }: Group, { dimensions }: Asked) =>
  key === null ? null : Object.fromEntries(dimensions.map((name, at) => [name, key[at]]));

function jsonLibrary(shaped: Shaped, asked: Asked, meta: object): Uint8Array {
  const texts = bucketTexts(asked);
  const list = (of: Float64Array) =>
    texts.map(({ start, end }, at) => ({ start, end, partial: false, ...counts(of, at * width) }));
  return encoder.encode(
    JSON.stringify({
      meta,
      totals: counts(shaped.totals, 0),
      buckets: list(shaped.buckets),
      groups: shaped.groups.map((group) => ({
        key: keyOf(group, asked),
        ...(group.key === null ? { other: true } : {}),
        share: share(group, shaped),
        ...counts(group.counts, 0),
        buckets: list(group.buckets),
      })),
      comparison: null,
    }),
  );
}

function ndjsonLibrary({ groups }: Shaped, asked: Asked): Uint8Array {
  const texts = bucketTexts(asked);
  const lines: string[] = [];
  for (const group of groups) {
    const key = keyOf(group, asked) ?? Object.fromEntries(asked.dimensions.map((name) => [name, null]));
    for (const [at, { start, end }] of texts.entries()) {
      const other = group.key === null;
      lines.push(
        JSON.stringify({ start, end, partial: false, ...key, other, ...counts(group.buckets, at * width) }),
      );
    }
  }
  return encoder.encode(`${lines.join("\n")}\n`);
}

const needsQuotes = /[",\r\n]/;
const isFormula = /^[=+\-@\t\r\n]/;

function cell(text: string): string {
  const safe = isFormula.test(text) ? `'${text}` : text;
  return needsQuotes.test(text) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function csvByHand({ groups }: Shaped, asked: Asked): Uint8Array {
  const before = bucketTexts(asked).map(({ start, end }) => `${start},${end},false,`);
  let text = `${header(asked).join(",")}\r\n`;
  for (const { key, buckets: b } of groups) {
    const middle =
      key === null ? `${asked.dimensions.map(() => ",").join("")}true,` : `${key.map(cell).join(",")},false,`;
    for (let row = 0, at = 0; row < before.length; row += 1, at += width) {
      text += `${before[row]}${middle}${b[at]},${b[at + 1]},${b[at + 2]},${b[at + 3]},${b[at + 4]},${b[at + 5]},${b[at + 6]},${b[at + 7]},${b[at + 8]}\r\n`;
    }
  }
  return encoder.encode(text);
}

const countsText = (b: Float64Array, at: number) =>
  `"total":${b[at]},"primary":${b[at + 1]},"follow_up":${b[at + 2]},"test":${b[at + 3]},"blocked":${b[at + 4]},"bot":${b[at + 5]},"vpn_count":${b[at + 6]},"suspicious_count":${b[at + 7]},"hot_count":${b[at + 8]}`;

function jsonByHand(shaped: Shaped, asked: Asked, meta: object): Uint8Array {
  const before = bucketTexts(asked).map(
    ({ start, end }, at) => `${at > 0 ? "," : ""}{"start":"${start}","end":"${end}","partial":false,`,
  );
  let text = `{"meta":${JSON.stringify(meta)},"totals":{${countsText(shaped.totals, 0)}},"buckets":[`;
  const list = (of: Float64Array) => {
    for (let row = 0; row < before.length; row += 1) text += `${before[row]}${countsText(of, row * width)}}`;
  };
  list(shaped.buckets);
  text += '],"groups":[';
  for (const [at, group] of shaped.groups.entries()) {
    const other = group.key === null ? ',"other":true' : "";
    text += `${at > 0 ? "," : ""}{"key":${JSON.stringify(keyOf(group, asked))}${other},"share":${share(group, shaped)},${countsText(group.counts, 0)},"buckets":[`;
    list(group.buckets);
    text += "]}";
  }
  return encoder.encode(`${text}],"comparison":null}`);
}

function ndjsonByHand({ groups }: Shaped, asked: Asked): Uint8Array {
  const before = bucketTexts(asked).map(
    ({ start, end }) => `{"start":"${start}","end":"${end}","partial":false,`,
  );
  let text = "";
  for (const { key, buckets } of groups) {
    const names = asked.dimensions.map(
      (name, at) => `"${name}":${JSON.stringify(key === null ? null : key[at])},`,
    );
    const middle = `${names.join("")}"other":${key === null},`;
    for (let row = 0; row < before.length; row += 1) {
      text += `${before[row]}${middle}${countsText(buckets, row * width)}}\n`;
    }
  }
  return encoder.encode(text);
}

export const formats = ["csv", "json", "ndjson"] as const;
export type Format = (typeof formats)[number];

/** `library` by the usual means, `byHand` with joined strings. */
export const renderers: Record<"library" | "byHand", Record<Format, Render>> = {
  library: { csv: csvLibrary, json: jsonLibrary, ndjson: ndjsonLibrary },
  byHand: { csv: csvByHand, json: jsonByHand, ndjson: ndjsonByHand },
};
