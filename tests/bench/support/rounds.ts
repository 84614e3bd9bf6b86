// Rounds in turn: A B C A B C. What disturbs one round disturbs all alike, and medians forget it.

export const median = (values: number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
};

/** Processor time of the whole process, collectors and compilers included, in microseconds. */
export async function cpuOf(action: () => Promise<void> | void): Promise<number> {
  globalThis.gc?.();
  const begun = process.cpuUsage();
  await action();
  const { user, system } = process.cpuUsage(begun);
  return user + system;
}

/** The median per name of what each round gives; round 0 warms up and is not counted. */
export async function rounds<Name extends string>(
  names: readonly Name[],
  count: number,
  round: (name: Name) => Promise<number>,
): Promise<Record<Name, number>> {
  const taken = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let at = 0; at <= count; at += 1) {
    for (const name of names) {
      const value = await round(name);
      if (at > 0) taken.get(name)?.push(value);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(taken.get(name) ?? [])])) as Record<
    Name,
    number
  >;
}
