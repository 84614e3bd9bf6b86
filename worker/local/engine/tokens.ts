// Text to tokens. Comments and blanks disappear here; a literal that the service cannot hold is
// refused here too, because its wording ("in strings") shows that it looks at the literal itself.
import { refuse } from "./errors.ts";

export type Token =
  | {
      readonly kind: "word";
      readonly text: string;
      readonly quoted: boolean;
      readonly start: number;
      readonly end: number;
    }
  | {
      readonly kind: "number" | "string" | "symbol" | "end";
      readonly text: string;
      readonly start: number;
      readonly end: number;
    };

// Longest first, so that `<=` is not read as `<` and `=`.
const symbols = ["<=", ">=", "<>", "!=", "==", "||", "::", "->", "=>"];

export function tokenize(sql: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < sql.length) {
    const next = skipBlank(sql, at);
    if (next !== at) {
      at = next;
      continue;
    }
    const token = readToken(sql, at);
    tokens.push(token);
    at = token.end;
  }
  tokens.push({ kind: "end", text: "EOF", start: sql.length, end: sql.length });
  return tokens;
}

function skipBlank(sql: string, at: number): number {
  if (/\s/.test(sql.charAt(at))) return at + 1;
  if (sql.startsWith("--", at)) {
    const end = sql.indexOf("\n", at);
    return end < 0 ? sql.length : end + 1;
  }
  if (sql.startsWith("/*", at)) {
    const end = sql.indexOf("*/", at + 2);
    if (end < 0) refuse("sql parser error: Unexpected EOF while in a multi-line comment");
    return end + 2;
  }
  return at;
}

function readToken(sql: string, start: number): Token {
  const rest = sql.slice(start, start + 400);
  const word = /^[\p{L}_][\p{L}\p{N}_]*/u.exec(rest)?.[0];
  if (word !== undefined) {
    // The window above only bounds the cost of one look; a longer word is read whole.
    const whole =
      word.length < rest.length ? word : (/^[\p{L}_][\p{L}\p{N}_]*/u.exec(sql.slice(start))?.[0] ?? word);
    return { kind: "word", text: whole, quoted: false, start, end: start + whole.length };
  }
  const number = /^(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/.exec(sql.slice(start))?.[0];
  if (number !== undefined) return { kind: "number", text: number, start, end: start + number.length };
  const first = sql.charAt(start);
  if (first === "'") return readString(sql, start);
  if (first === '"') return readQuotedName(sql, start);
  const symbol =
    symbols.find((s) => sql.startsWith(s, start)) ?? String.fromCodePoint(sql.codePointAt(start) ?? 0);
  return { kind: "symbol", text: symbol, start, end: start + symbol.length };
}

function readString(sql: string, start: number): Token {
  const end = sql.indexOf("'", start + 1);
  const text = sql.slice(start + 1, end < 0 ? sql.length : end);
  // A backslash before the closing quote or a quote right behind it are the two usual escapes.
  // No escape form is accepted, so neither needs to be understood.
  if (text.includes("\\") || (end >= 0 && sql.charAt(end + 1) === "'")) {
    refuse("backslash and single-quote characters in strings are unsupported");
  }
  if (end < 0) refuse("sql parser error: Unterminated string literal");
  return { kind: "string", text, start, end: end + 1 };
}

function readQuotedName(sql: string, start: number): Token {
  const end = sql.indexOf('"', start + 1);
  if (end < 0) refuse("sql parser error: Expected close delimiter '\"' before EOF.");
  return { kind: "word", text: sql.slice(start + 1, end), quoted: true, start, end: end + 1 };
}
