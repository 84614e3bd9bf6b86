// zone.transitions: when a zone's offset changes. The runtime's Intl is the only authority for zones here, and it tells
// no transitions, so they are searched for.

import { ok, type Reply } from "./effect.ts";

interface ZoneTransitions {
  timezone: string;
  /** Unix seconds. */
  from: number;
  to: number;
}

type Transition = [at: number, offset: number];

/** A zone in one UTC year: (start, start of the next]. Seconds. */
interface Year {
  /** At the start, a transition of that very second included. */
  offset: number;
  transitions: Transition[];
}

type Clock = (instant: number) => number;

// No two transitions may fall between two samples. Since 1970 the closest ones of any zone lie 6.96 days apart (Boa Vista,
// Noronha and Recife in October 2000; Gaza and Hebron in some years from 2040 on), so six whole days are the most.
const STEP_S = 6 * 86_400;
const MOST_CLOCKS = 16;
const MOST_YEARS = 512;
/** Years that one effect may ask for. */
const LONGEST = 200;
/** A Date holds little more. */
const LAST_INSTANT = 8_600_000_000_000;

const clocks = new Map<string, Clock>();
const years = new Map<string, Year>();

/** Replies `ok` and {"offset": at `from`, "transitions": of (from, to]}, or `ok unknown`. */
export function zoneTransitions({ timezone, from, to }: ZoneTransitions): Reply {
  const isInstant = (value: number) => Number.isInteger(value) && Math.abs(value) <= LAST_INSTANT;
  if (!isInstant(from) || !isInstant(to) || from > to) throw new Error("That is no span of time.");
  const [first, last] = [yearOf(from), yearOf(to)];
  if (last - first >= LONGEST) throw new Error(`At most ${LONGEST} years can be asked for.`);

  const transitions: Transition[] = [];
  let offset = 0;
  for (let year = first; year <= last; year += 1) {
    const known = yearIn(timezone, year);
    if (known === undefined) return ok("", "unknown");
    if (year === first) offset = known.offset;
    for (const transition of known.transitions) {
      if (transition[0] <= from) offset = transition[1];
      else if (transition[0] <= to) transitions.push(transition);
    }
  }
  return ok(JSON.stringify({ offset, transitions }));
}

function yearIn(timezone: string, year: number): Year | undefined {
  const key = `${timezone.toLowerCase()} ${year}`;
  const known = years.get(key);
  if (known !== undefined) return known;
  const clock = clockOf(timezone);
  if (clock === undefined) return undefined;
  const found = search(clock, startOf(year), startOf(year + 1));
  bounded(years, MOST_YEARS).set(key, found);
  return found;
}

function search(offsetAt: Clock, start: number, end: number): Year {
  const year: Year = { offset: offsetAt(start), transitions: [] };
  let offset = year.offset;
  for (let sampled = start; sampled < end; ) {
    const next = Math.min(sampled + STEP_S, end);
    const after = offsetAt(next);
    if (after !== offset) year.transitions.push([change(offsetAt, sampled, next, offset), after]);
    offset = after;
    sampled = next;
  }
  return year;
}

/** The first second in (before, after] at which the offset is no longer `offset`. */
function change(offsetAt: Clock, before: number, after: number, offset: number): number {
  let [low, high] = [before, after];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle) === offset) low = middle;
    else high = middle;
  }
  return high;
}

/** Tells the offset of a zone at an instant; nothing where the runtime does not know the zone. */
function clockOf(timezone: string): Clock | undefined {
  const key = timezone.toLowerCase();
  const known = clocks.get(key);
  if (known !== undefined) return known;
  if (!mayBeZone(timezone)) return undefined;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", {
      timeZone: timezone,
      hourCycle: "h23",
      era: "short",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  } catch {
    return undefined;
  }
  const clock = (instant: number) => local(format.formatToParts(instant * 1000)) - instant;
  bounded(clocks, MOST_CLOCKS).set(key, clock);
  return clock;
}

/** What the local clock reads, as Unix seconds of a clock in UTC. */
function local(parts: Intl.DateTimeFormatPart[]): number {
  const read: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const { type, value } of parts) read[type] = value;
  const number = (type: Intl.DateTimeFormatPartTypes) => Number(read[type]);
  const year = read.era?.startsWith("B") ? 1 - number("year") : number("year");
  const midnight = utc(year, number("month") - 1, number("day"));
  return midnight + number("hour") * 3600 + number("minute") * 60 + number("second");
}

/** Date.UTC() takes the years 0 to 99 for others. */
const utc = (year: number, month: number, day: number) => new Date(0).setUTCFullYear(year, month, day) / 1000;
const startOf = (year: number) => utc(year, 0, 1);
const yearOf = (instant: number) => new Date(instant * 1000).getUTCFullYear();

// ICU knows more than the IANA names: offsets, and letters such as IST, which mean three zones on three continents.
const letters = /^(CET|EET|EST|GMT|HST|MET|MST|PRC|ROC|ROK|UCT|UTC|WET)$/i;

const mayBeZone = (name: string) =>
  /^[a-z][a-z0-9_+/-]{1,63}$/i.test(name) && (name.length !== 3 || letters.test(name));

/** Drops the oldest, so that one more fits. */
function bounded<T>(map: Map<string, T>, most: number): Map<string, T> {
  for (const oldest of map.keys()) {
    if (map.size < most) break;
    map.delete(oldest);
  }
  return map;
}
