// A place in the token list, with the few moves a recursive-descent parser needs.
import { refuseSyntax } from "./errors.ts";
import type { Token } from "./tokens.ts";

export class Cursor {
  readonly #sql: string;
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(sql: string, tokens: readonly Token[]) {
    this.#sql = sql;
    this.#tokens = tokens;
  }

  peek(ahead = 0): Token {
    // The last token is the end marker, and nothing moves past it.
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)] as Token;
  }

  next(): Token {
    const token = this.peek();
    if (this.#at < this.#tokens.length - 1) this.#at++;
    return token;
  }

  isWord(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === "word" && !token.quoted && token.text.toUpperCase() === text;
  }

  isSymbol(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === "symbol" && token.text === text;
  }

  /** Takes the words if all of them follow, else moves nothing. */
  acceptWords(...words: readonly string[]): boolean {
    if (!words.every((word, index) => this.isWord(word, index))) return false;
    for (const _ of words) this.next();
    return true;
  }

  acceptSymbol(text: string): boolean {
    if (!this.isSymbol(text)) return false;
    this.next();
    return true;
  }

  expectWord(word: string): void {
    if (!this.acceptWords(word)) this.fail(word);
  }

  expectSymbol(text: string): void {
    if (!this.acceptSymbol(text)) this.fail(text);
  }

  fail(expected: string): never {
    refuseSyntax(expected, shown(this.peek()));
  }

  /** The source from a token on up to here, blanks folded: for messages about what was read. */
  textFrom(start: Token): string {
    const last = this.#tokens[Math.max(this.#at - 1, 0)] as Token;
    return this.#sql.slice(start.start, last.end).replace(/\s+/g, " ");
  }

  /** Bounds recursion: 10,000 opening brackets must be an answer, not a stack overflow. */
  nested<T>(read: () => T): T {
    if (++this.#depth > 100) this.fail("a shallower expression");
    const result = read();
    this.#depth--;
    return result;
  }
}

export function shown(token: Token): string {
  if (token.kind === "string") return `'${token.text}'`;
  return token.kind === "word" && token.quoted ? `"${token.text}"` : token.text;
}
