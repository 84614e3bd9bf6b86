// What the service refuses. The text after the prefix is the service's own where it is known
// (docs on the dialect quote it); the others say the same thing in the same manner.

/** A statement that Analytics Engine would not accept: answered as 422 text. */
export class InvalidInput extends Error {
  override name = "InvalidInput";
}

/** The whole body of a 422 answer. */
export function refusalText(error: InvalidInput): string {
  return `Input was invalid: ${error.message}`;
}

export function refuse(text: string): never {
  throw new InvalidInput(text);
}

/** A statement that does not parse: `Expected <what>, found: <token>`. */
export function refuseSyntax(expected: string, found: string): never {
  throw new InvalidInput(`sql parser error: Expected ${expected}, found: ${found}`);
}
