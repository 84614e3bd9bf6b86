// What the isbot library says of a user agent. Its pattern is long, and the same browsers come again and again.

import { isbot } from "isbot";

const MOST_KEPT = 500;
const kept = new Map<string, boolean>();

export function isBotUserAgent(userAgent: string): boolean {
  let answer = kept.get(userAgent);
  if (answer === undefined) {
    answer = isbot(userAgent);
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(userAgent, answer);
  }
  return answer;
}
