// ClickHouse's own errors, made short. They are what the gate could not foresee: a column that is neither
// grouped nor aggregated, a division by zero. Production's text for these is not known.

const prefix = /^(?:Query failed: )?Code: \d+\. DB::Exception: /;

export function failureText(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const plain = message.replace(prefix, "");
  // What follows is about ClickHouse's own rewriting of the statement.
  const cut = plain.search(/: (?:while|While|In) |\. In (?:query|scope) | \([A-Z_]+\)\s*$/);
  return (cut < 0 ? plain : plain.slice(0, cut)).trim();
}
