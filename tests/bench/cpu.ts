// Processor time of a submission under V8: the whole path through each Worker's fetch handler, bindings answering at
// once; and the core alone beside the plain peer's inner functions on the same text.

import type { Contender, Name } from "./support/contenders.ts";
import { names } from "./support/contenders.ts";
import { context, fakeEnv } from "./support/fakes.ts";
import { coreAlone, plainAlone } from "./support/inner.ts";
import { cpuOf, rounds } from "./support/rounds.ts";
import { type Kind, kinds, requestOf, submission } from "./support/submissions.ts";

const counted: Record<Kind, number> = { small: 4000, typical: 4000, large: 1500, flood: 4000 };

export type PathTimes = Record<Kind, Record<Name, number>>;
export type InnerTimes = Record<Kind, Record<"core" | "plain", number>>;

/** Microseconds a submission. The Requests are made before the clock starts: they are the runtime's work. */
export async function wholePath(contenders: Record<Name, Contender>, count: number): Promise<PathTimes> {
  const times = {} as PathTimes;
  for (const kind of kinds) {
    const env = fakeEnv(kind === "flood");
    const many = counted[kind];
    const sent = Array.from({ length: many }, (_, n) => submission(kind, n));
    times[kind] = await rounds(names, count, async (name) => {
      const { fetch } = contenders[name];
      const requests = sent.map(requestOf);
      const spent = await cpuOf(async () => {
        for (const request of requests) {
          const response = await fetch(request, env, context);
          if (response.status !== 201) throw new Error(`${name} answered ${response.status}`);
        }
      });
      return spent / many;
    });
  }
  return times;
}

export async function innerPath(contenders: Record<Name, Contender>, count: number): Promise<InnerTimes> {
  const times = {} as InnerTimes;
  for (const kind of kinds) {
    const many = counted[kind];
    const sent = Array.from({ length: many }, (_, n) => submission(kind, n));
    const core = await coreAlone(contenders.ours, kind === "flood");
    const plain = await plainAlone(contenders.plain, kind === "flood");
    const prepared = { core: await Promise.all(sent.map(core.prepare)), plain: sent.map(plain.prepare) };
    times[kind] = await rounds(["core", "plain"] as const, count, async (name) => {
      const spent = await cpuOf(() => {
        if (name === "core") for (const input of prepared.core) core.run(input);
        else for (const input of prepared.plain) plain.run(input);
      });
      return spent / many;
    });
  }
  return times;
}
