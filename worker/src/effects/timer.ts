// timer.wait: answers after some time, so that the core can wait between two attempts.

import { ok, type Performer, type Reply, undoAtEnd } from "./effect.ts";

export function timerWait({ ms }: { ms: number }, performer: Performer): Promise<Reply> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      done();
      resolve(ok());
    }, ms);
    const done = undoAtEnd(performer, () => clearTimeout(timer));
  });
}
