// How long the answer of an outside asks to be left alone.

/** Seconds; 0 where none were named, or a date was. */
export function retryAfter({ headers }: Response): number {
  const value = headers.get("retry-after")?.trim() ?? "";
  return /^\d{1,9}$/.test(value) ? Number(value) : 0;
}
