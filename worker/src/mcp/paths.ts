// Places in JSON.

import type { Json } from "./tool.ts";

/** What stands at a place, or undefined. */
export function at(value: Json | undefined, place: readonly (string | number)[]): Json | undefined {
  let found = value;
  for (const step of place) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, step)) return undefined;
    found = (found as Record<string | number, Json>)[step];
  }
  return found;
}

/** Whether there is a text at a path such as groups[].key.source, where [] is any of a list. */
export function hasText(value: Json | undefined, path: string): boolean {
  const reach = (found: Json | undefined, steps: string[]): boolean => {
    const [step, ...rest] = steps;
    if (step === undefined) return typeof found === "string";
    const many = step.endsWith("[]");
    const next = at(found, [many ? step.slice(0, -2) : step]);
    if (!many) return reach(next, rest);
    return Array.isArray(next) && next.some((item) => reach(item, rest));
  };
  return reach(value, path.split("."));
}
