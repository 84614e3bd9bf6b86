/** Runs `work`; what it throws becomes undefined. Nothing here may ever break the page it is a guest of. */
export function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** Listens at the document, so what appears on the page later is heard too. */
export function on<E extends Event>(type: string, hear: (event: E) => void, capture?: boolean): void {
  document.addEventListener(type, (event) => attempt(() => hear(event as E)), capture);
}
