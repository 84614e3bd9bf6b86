// What a wall clock somewhere reads, asked of Intl instant by instant, and where the buckets of that clock begin. Slow
// and simple on purpose: it shares no code and no idea with what it judges.

/** Seconds since 1970-01-01 00:00, of UTC for an instant and of the local clock for a reading. */
type Seconds = number;

const quarter = 900;
const dayLength = 86_400;
const pattern = /^(\d+)\/(\d+)\/(\d+), (\d+):(\d+):(\d+)$/;

export type BucketName = "1min" | "15min" | "30min" | "60min" | "day" | "week" | "month";

export const sizes: Partial<Record<string, number>> = {
  "1min": 60,
  "15min": 900,
  "30min": 1800,
  "60min": 3600,
};

const modulo = (a: number, b: number) => ((a % b) + b) % b;
/** 0 for Monday; 1970-01-01 was a Thursday. */
export const weekday = (date: number) => modulo(date + 3, 7);

export class WallClock {
  readonly zone: string;
  readonly #format: Intl.DateTimeFormat;
  readonly #offsets = new Map<Seconds, number>();
  readonly #starts = new Map<number, Seconds>();

  constructor(zone: string) {
    this.zone = zone;
    this.#format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
  }

  /** Local time minus UTC. Clocks never change twice within a quarter of an hour. */
  offset(at: Seconds): number {
    const begin = Math.floor(at / quarter) * quarter;
    const first = this.#known(begin);
    return first === this.#known(begin + quarter) ? first : this.#ask(at);
  }

  local(at: Seconds): Seconds {
    return at + this.offset(at);
  }

  /** Days since 1970-01-01 of the local date. */
  date(at: Seconds): number {
    return Math.floor(this.local(at) / dayLength);
  }

  /** The first instant of that local date or a later one. */
  startOfDate(date: number): Seconds {
    let start = this.#starts.get(date);
    if (start === undefined) {
      start = this.firstReading(date * dayLength);
      this.#starts.set(date, start);
    }
    return start;
  }

  /** The first instant at which the clock reads this or more. */
  firstReading(local: Seconds): Seconds {
    for (let begin = Math.floor(local / quarter) * quarter - 16 * 3600; ; begin += quarter) {
      const [first, last] = [this.#known(begin), this.#known(begin + quarter)];
      if (begin + quarter + Math.max(first, last) < local) continue;
      for (let at = begin; at < begin + quarter; at += 1) {
        if (at + (first === last ? first : this.#ask(at)) >= local) return at;
      }
    }
  }

  /** So many days before, of those that were. */
  daysBefore(date: number, count: number): number {
    let day = date;
    for (let left = count; left > 0; left -= 1) day = this.dayOf(this.startOfDate(day) - 1);
    return day;
  }

  /** The date of the day that an instant belongs to: where the date goes back, the day goes on. */
  dayOf(at: Seconds): number {
    let date = this.date(at) + 1;
    while (this.startOfDate(date) > at) date -= 1;
    return date;
  }

  /** Boundaries from the last one that is not after `from` to the first that is not before `to`. */
  boundaries(bucket: BucketName, from: Seconds, to: Seconds): Seconds[] {
    const size = sizes[bucket];
    const all =
      size === undefined ? this.#dateBoundaries(bucket, from, to) : this.#clockBoundaries(size, from, to);
    const begin = all.findLastIndex((at) => at <= from);
    const end = all.findIndex((at) => at >= to && at > from);
    return all.slice(begin, end + 1);
  }

  /** The end of the bucket that is running then. */
  endOfBucket(bucket: BucketName, at: Seconds): Seconds {
    return this.boundaries(bucket, at, at + 1)[1] as Seconds;
  }

  /** RFC 3339 with the offset that holds there; to the nearest minute, as that format has no seconds of offsets. */
  text(at: Seconds): string {
    const offset = this.offset(at);
    const two = (n: number) => String(n).padStart(2, "0");
    const minutes = Math.round(Math.abs(offset) / 60);
    const shown = new Date((at + (offset < 0 ? -minutes : minutes) * 60) * 1000).toISOString().slice(0, 19);
    return `${shown}${offset < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  }

  /** The instants within at which the clock is changed. */
  changes(from: Seconds, to: Seconds): Seconds[] {
    const found: Seconds[] = [];
    const step = dayLength / 2;
    for (let at = Math.floor(from / step) * step; at < to; at += step) {
      let [low, high] = [at, at + step];
      if (this.#ask(low) === this.#ask(high)) continue;
      while (high - low > 1) {
        const middle = Math.floor((low + high) / 2);
        if (this.#ask(middle) === this.#ask(low)) low = middle;
        else high = middle;
      }
      found.push(high);
    }
    return found;
  }

  #dateBoundaries(bucket: BucketName, from: Seconds, to: Seconds): Seconds[] {
    const starts = new Set<Seconds>();
    for (let date = this.dayOf(from) - 45; ; date += 1) {
      const isStart =
        bucket === "day" ||
        (bucket === "week" && weekday(date) === 0) ||
        (bucket === "month" && new Date(date * dayLength * 1000).getUTCDate() === 1);
      if (!isStart) continue;
      const start = this.startOfDate(date);
      starts.add(start);
      if (start >= to && start > from) return [...starts];
    }
  }

  #clockBoundaries(size: number, from: Seconds, to: Seconds): Seconds[] {
    const found: Seconds[] = [];
    for (let begin = Math.floor(from / quarter) * quarter - 2 * size - dayLength / 12; ; begin += quarter) {
      for (let at = begin; at < begin + quarter; ) {
        const next = this.#firstOf(begin, (local, instant) => instant >= at && local % size === 0);
        if (next === undefined) break;
        found.push(next);
        if (next >= to && next > from) return found;
        at = next + 1;
      }
    }
  }

  /** The first instant of a quarter of an hour whose reading passes. */
  #firstOf(begin: Seconds, passes: (local: Seconds, at: Seconds) => boolean): Seconds | undefined {
    const offset = this.#known(begin);
    const even = offset === this.#known(begin + quarter);
    // Whole minutes are enough while the clock runs evenly and its offset has no seconds.
    const step = even && offset % 60 === 0 ? 60 : 1;
    for (let at = begin; at < begin + quarter; at += step) {
      if (passes(at + (even ? offset : this.#ask(at)), at)) return at;
    }
    return undefined;
  }

  #known(at: Seconds): number {
    let offset = this.#offsets.get(at);
    if (offset === undefined) {
      offset = this.#ask(at);
      this.#offsets.set(at, offset);
    }
    return offset;
  }

  #ask(at: Seconds): number {
    const parts = pattern.exec(this.#format.format(at * 1000));
    if (parts === null) throw new Error(`Intl says ${this.#format.format(at * 1000)}`);
    const [month, day, year, hour, minute, second] = parts.slice(1).map(Number) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    return Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - at;
  }
}

const clocks = new Map<string, WallClock>();

export function clockOf(zone: string): WallClock {
  let clock = clocks.get(zone);
  if (clock === undefined) {
    clock = new WallClock(zone);
    clocks.set(zone, clock);
  }
  return clock;
}
