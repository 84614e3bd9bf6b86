// rate.limit: counts one use of a key against the limit of that name.

import { ok, type Performer, type Reply } from "./effect.ts";

interface RateLimitEffect {
  limit: string;
  key: string;
}

export async function rateLimit({ limit, key }: RateLimitEffect, { env }: Performer): Promise<Reply> {
  const binding = env[`${limit.toUpperCase()}_LIMIT`] as RateLimit;
  const { success } = await binding.limit({ key });
  return ok("", success ? "pass" : "over");
}
