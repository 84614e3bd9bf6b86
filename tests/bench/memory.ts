// Linear memory while 100,000 submissions of all kinds pass through one instance.

import type * as ours from "./entries/ours.ts";
import type { Contender } from "./support/contenders.ts";
import { context, fakeEnv } from "./support/fakes.ts";
import { kinds, requestOf, submission } from "./support/submissions.ts";

const pageBytes = 65536;

export interface MemoryFigures {
  submissions: number;
  pagesAfterWarmUp: number;
  pagesAtEnd: number;
  left: number;
}

export async function memory(contender: Contender, submissions: number): Promise<MemoryFigures> {
  const core = (contender.module as unknown as typeof ours).liveCore();
  const env = fakeEnv(false);
  const atOnce = 50;
  let pagesAfterWarmUp = 0;
  for (let n = 0; n < submissions; n += atOnce) {
    // One in fifty is large, and fifty are in flight together.
    const batch = Array.from({ length: atOnce }, (_, at) =>
      submission(at === 0 ? "large" : (kinds[at % 2] ?? "small"), n + at),
    );
    await Promise.all(batch.map((sent) => contender.fetch(requestOf(sent), env, context)));
    if (n === 1000) pagesAfterWarmUp = core.memoryBytes / pageBytes;
  }
  return { submissions, pagesAfterWarmUp, pagesAtEnd: core.memoryBytes / pageBytes, left: core.count };
}
