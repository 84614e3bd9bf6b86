// Chance that repeats itself: the same seed gives the same demo data everywhere.

/** sfc32, a small generator with good statistics. Returns a function that gives numbers in [0, 1). */
export function generator(seed) {
  let [a, b, c, d] = [0x9e3779b9, 0x243f6a88, seed >>> 0, 1];
  const next = () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    c |= 0;
    return (t >>> 0) / 2 ** 32;
  };
  for (let warm = 0; warm < 15; warm++) next();
  return next;
}

export function dice(seed) {
  const random = generator(seed);
  const between = (low, high) => low + random() * (high - low);
  return {
    random,
    between,
    whole: (low, high) => Math.floor(between(low, high + 1)),
    chance: (probability) => random() < probability,
    pick: (list) => list[Math.floor(random() * list.length)],
    /** One of rows whose last element is its weight. */
    weighted(rows) {
      let left = random() * rows.reduce((sum, row) => sum + row.at(-1), 0);
      for (const row of rows) {
        left -= row.at(-1);
        if (left < 0) return row;
      }
      return rows.at(-1);
    },
    hex: (digits) => Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join(""),
    /** Around `middle`, never below 0, with the long tail that durations have. */
    skewed: (middle) => middle * Math.exp((random() + random() + random() - 1.5) * 1.4),
  };
}
