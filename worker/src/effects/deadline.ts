// How long an outside is waited for.

/** A moment that promises can be raced against. */
export class Deadline {
  readonly #passed: Promise<"late">;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ms: number) {
    this.#passed = new Promise((resolve) => {
      this.#timer = setTimeout(() => resolve("late"), ms);
    });
  }

  /** What `work` gives, or "late" where the moment came first; `work` then goes on. */
  race<T>(work: Promise<T>): Promise<T | "late"> {
    return Promise.race([work, this.#passed]);
  }

  clear(): void {
    clearTimeout(this.#timer);
  }
}

/** What `work` gives, or "late" where it takes longer than that; `work` then goes on. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T | "late"> {
  const deadline = new Deadline(ms);
  try {
    return await deadline.race(work);
  } finally {
    deadline.clear();
  }
}
