// Answers of Analytics Engine with 100,000 rows, as the local engine writes them: ClickHouse's JSON without line breaks,
// 64-bit integers as strings, rows in no order.

export interface ReportCase {
  name: string;
  /** Of the request; `format` is added. */
  query: string;
  dimensions: string[];
  rows: number;
  groups: number;
  /** Days; each is a bucket. */
  days: number;
}

/** In the clock of `reportNow`. All days are over, and none has a change of clocks. */
export const reportCases: ReportCase[] = [
  {
    name: "1 dimension, 1,000 groups x 100 days",
    query: "from=2026-08-13&to=2026-11-21&bucket=day&group_by=source&limit=1000",
    dimensions: ["source"],
    rows: 100_000,
    groups: 1000,
    days: 100,
  },
  {
    name: "2 dimensions, 1,400 groups x 90 days",
    query: "from=2026-08-23&to=2026-11-21&bucket=day&group_by=source,country&limit=1000",
    dimensions: ["source", "country"],
    rows: 100_000,
    groups: 1400,
    days: 90,
  },
];

/** 2026-11-21 10:40 UTC, 16:10 in Asia/Kolkata. */
export const reportNow = Date.UTC(2026, 10, 21, 10, 40);
/** The first second of the last day that is shown, plus one day: all ranges end here. */
export const rangeEnd = Date.UTC(2026, 10, 20, 18, 30) / 1000;

const eventTypes = ["primary", "follow_up", "test", "blocked", "bot"];
const flags = ["vpn", "suspicious", "hot"];
const strings = [
  "cell",
  "m_n",
  ...[...eventTypes, ...flags].map((name) => `m_${name}`),
  "m_rows",
  "m_squares",
];

const sources = [
  "google",
  "newsletter",
  "linkedin",
  "partner referral",
  "Bing Ads",
  "facebook",
  "café guide",
  "direct, phone",
];
const countries = "IN US GB DE FR AE SG AU CA BR ZA NG KE ID MY TH VN PH JP KR IT ES NL PL SE CH MX AR".split(
  " ",
);

/** mulberry32: the same numbers every time. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function keyOf({ dimensions }: ReportCase, group: number): string[] {
  if (dimensions.length === 1) return [`${sources[group % sources.length]} ${group}`];
  const country = countries[group % countries.length] as string;
  const nth = Math.floor(group / countries.length);
  return [`${sources[nth % sources.length]} ${nth}`, country];
}

export function answerBytes(of: ReportCase): Uint8Array {
  const next = random(20_261_121);
  const cells = Array.from({ length: of.groups * of.days }, (_, at) => at);
  for (let at = cells.length - 1; at > 0; at -= 1) {
    const other = Math.floor(next() * (at + 1));
    [cells[at], cells[other]] = [cells[other] as number, cells[at] as number];
  }
  const rows = cells.slice(0, of.rows).map((cell) => {
    const group = Math.floor(cell / of.days);
    const day = cell % of.days;
    // A few groups are large, most are small.
    const size = 1 + 20_000 / (1 + group);
    const kinds = [0.55, 0.2, 0.02, 0.03, 0.2].map((part) => Math.floor(next() * next() * 2 * size * part));
    const n = kinds.reduce((sum, count) => sum + count, 0) + 1;
    kinds[0] = (kinds[0] as number) + 1;
    const marked = [0.05, 0.1, 0.15].map((part) => Math.floor(n * part * next()));
    const numbers = [day, n, ...kinds, ...marked, n, n];
    const newest = rangeEnd - (of.days - day) * 86_400 + Math.floor(next() * 86_400);
    const values = new Map<string, string>(strings.map((name, at) => [name, `"${numbers[at]}"`]));
    for (const [at, text] of keyOf(of, group).entries()) values.set(`d${at}`, JSON.stringify(text));
    values.set("m_most", "1");
    values.set("m_newest", String(newest));
    return `{${columnsOf(of).map((name) => `"${name}": ${values.get(name)}`)}}`;
  });
  const meta = columnsOf(of).map((name) => {
    const type = name.startsWith("d") ? "String" : name === "cell" ? "Int64" : "UInt64";
    return `{"name": "${name}","type": "${type}"}`;
  });
  const text = `{"meta":[${meta}],"data":[${rows}],"rows":${of.rows},"rows_before_limit_at_least":${of.rows}}`;
  return new TextEncoder().encode(text);
}

const columnsOf = ({ dimensions }: ReportCase): string[] => [
  "cell",
  ...dimensions.map((_, at) => `d${at}`),
  "m_n",
  ...[...eventTypes, ...flags].map((name) => `m_${name}`),
  "m_rows",
  "m_most",
  "m_squares",
  "m_newest",
];
