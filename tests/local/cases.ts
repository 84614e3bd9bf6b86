// One rule of the dialect: a statement that production accepts and one that it refuses, with the text.
// Which texts are the service's own and which are this project's wording: see worker/local/README.md.
export interface Case {
  readonly rule: string;
  readonly accepted: string;
  readonly refused: string;
  /** What follows `Input was invalid: `. */
  readonly text: string;
}

export const from = "FROM leads";

export function noColumn(column: string): string {
  return `unable to find type of column: "${column}"`;
}

export function syntax(expected: string, found: string): string {
  return `sql parser error: Expected ${expected}, found: ${found}`;
}
