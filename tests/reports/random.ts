// Chance that can be repeated. REPORTS_SEED gives another one, REPORTS_RUNS asks more.

export const seed = Number(process.env.REPORTS_SEED ?? 20_261_121) | 0;
/** How many times as many questions as usual. */
export const runs = Number(process.env.REPORTS_RUNS ?? 1);

export interface Random {
  /** 0 to n - 1. */
  below(n: number): number;
  of<T>(list: readonly T[]): T;
}

/** Mulberry32, begun with a text and the seed. */
export function randomOf(text: string): Random {
  let state = seed;
  for (const char of text) state = Math.imul(state ^ (char.codePointAt(0) as number), 0x01000193);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (n: number) => next() % n;
  return { below, of: (list) => list[below(list.length)] as (typeof list)[number] };
}
