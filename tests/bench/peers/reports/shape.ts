// What the core does with an answer, in plain TypeScript that is meant to be fast: JSON.parse, a Map from joined texts to
// groups, counts in typed arrays, ranked, with the rest as one. It reads what it is promised and checks nothing.

export const countNames = [
  "total",
  "primary",
  "follow_up",
  "test",
  "blocked",
  "bot",
  "vpn_count",
  "suspicious_count",
  "hot_count",
] as const;
const kinds = 8;
const width = 1 + kinds;

interface Row {
  cell: string;
  d0: string;
  d1?: string;
  m_n: string;
  m_primary: string;
  m_follow_up: string;
  m_test: string;
  m_blocked: string;
  m_bot: string;
  m_vpn: string;
  m_suspicious: string;
  m_hot: string;
  m_rows: string;
  m_most: number;
  m_squares: string;
  m_newest: number;
}

export interface Asked {
  dimensions: string[];
  limit: number;
  /** Seconds; whole days. */
  from: number;
  days: number;
  /** Minutes from UTC, all through the range. */
  offset: number;
}

export interface Group {
  /** null: the rest. */
  key: string[] | null;
  /** Nine of them, in the order of countNames. */
  counts: Float64Array;
  /** Nine for each bucket. */
  buckets: Float64Array;
}

export interface Shaped {
  totals: Float64Array;
  buckets: Float64Array;
  groups: Group[];
  rowsRead: number;
  largestInterval: number;
  newest: number;
  excess: number;
}

export function shape(answer: Uint8Array, asked: Asked): Shaped {
  const { data } = JSON.parse(Buffer.from(answer.buffer, answer.byteOffset, answer.length).toString()) as {
    data: Row[];
  };
  const { days, limit } = asked;
  const two = asked.dimensions.length === 2;
  const found = new Map<string, Group>();
  const totals = new Float64Array(width);
  const buckets = new Float64Array(width * days);
  let rowsRead = 0;
  let largestInterval = 0;
  let newest = 0;
  let excess = 0;
  for (const row of data) {
    const name = two ? `${row.d0}\0${row.d1}` : row.d0;
    let group = found.get(name);
    if (group === undefined) {
      group = {
        key: two ? [row.d0, row.d1 as string] : [row.d0],
        counts: new Float64Array(width),
        buckets: new Float64Array(width * days),
      };
      found.set(name, group);
    }
    const at = +row.cell * width;
    const primary = +row.m_primary;
    const followUp = +row.m_follow_up;
    const test = +row.m_test;
    const blocked = +row.m_blocked;
    const bot = +row.m_bot;
    const of = group.buckets;
    of[at] = (of[at] as number) + primary + followUp + test + blocked + bot;
    of[at + 1] = (of[at + 1] as number) + primary;
    of[at + 2] = (of[at + 2] as number) + followUp;
    of[at + 3] = (of[at + 3] as number) + test;
    of[at + 4] = (of[at + 4] as number) + blocked;
    of[at + 5] = (of[at + 5] as number) + bot;
    of[at + 6] = (of[at + 6] as number) + +row.m_vpn;
    of[at + 7] = (of[at + 7] as number) + +row.m_suspicious;
    of[at + 8] = (of[at + 8] as number) + +row.m_hot;
    const n = +row.m_n;
    const squares = +row.m_squares;
    rowsRead += +row.m_rows;
    if (row.m_most > largestInterval) largestInterval = row.m_most;
    if (row.m_newest > newest) newest = row.m_newest;
    if (squares > n) excess += squares - n;
  }
  const groups = [...found.values()];
  for (const { counts, buckets: of } of groups) {
    for (let at = 0; at < of.length; ) {
      for (let n = 0; n < width; n += 1, at += 1) {
        const count = of[at] as number;
        counts[n] = (counts[n] as number) + count;
        buckets[at] = (buckets[at] as number) + count;
      }
    }
    add(totals, counts);
  }
  groups.sort((a, b) => (b.counts[0] as number) - (a.counts[0] as number) || compareKeys(a, b));
  if (groups.length > limit) {
    const rest: Group = {
      key: null,
      counts: new Float64Array(width),
      buckets: new Float64Array(width * days),
    };
    for (const group of groups.splice(limit)) {
      add(rest.counts, group.counts);
      add(rest.buckets, group.buckets);
    }
    groups.push(rest);
  }
  return { totals, buckets, groups, rowsRead, largestInterval, newest, excess };
}

function add(to: Float64Array, from: Float64Array): void {
  for (let at = 0; at < to.length; at += 1) to[at] = (to[at] as number) + (from[at] as number);
}

function compareKeys({ key: a }: Group, { key: b }: Group): number {
  for (const [at, text] of (a as string[]).entries()) {
    const other = (b as string[])[at] as string;
    if (text !== other) return text < other ? -1 : 1;
  }
  return 0;
}

export interface BucketText {
  start: string;
  end: string;
}

/** Local midnights, with their offset. */
export function bucketTexts({ from, days, offset }: Asked): BucketText[] {
  const sign = offset < 0 ? "-" : "+";
  const two = (value: number) => String(value).padStart(2, "0");
  const zone = `${sign}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`;
  const text = (at: number) =>
    new Date((from + at * 86_400 + offset * 60) * 1000).toISOString().slice(0, 19) + zone;
  return Array.from({ length: days }, (_, at) => ({ start: text(at), end: text(at + 1) }));
}
