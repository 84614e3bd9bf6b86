// Cleaning text. Nearly all of it is plain ASCII with single spaces, which one look confirms.

const SPACE = 32;
const encoder = new TextEncoder();
const scratch = new Uint8Array(65536);

/** Printable ASCII, single spaces, none at either end. */
function isTidy(text: string): boolean {
  let last = SPACE;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < SPACE || code > 126 || (code === SPACE && last === SPACE)) return false;
    last = code;
  }
  return last !== SPACE || text.length === 0;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
const blanks = /[\x00-\x20\x7F-\xA0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]+/g;
const invisibles = /[\xAD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]+/g;
const lineEnds = /\r\n?|[\u2028\u2029]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
const controls = /[\x00-\x08\x0B-\x1F\x7F-\x9F]/g;

export const cleanLine = (text: string) => (isTidy(text) ? text : text.replace(blanks, " ").trim());
export const cleanToken = (text: string) => (isTidy(text) ? text : cleanLine(text.replace(invisibles, "")));
export const cleanBlock = (text: string) =>
  isTidy(text) ? text : trimAscii(text.replace(lineEnds, "\n").replace(controls, " "));

/** Without ASCII white space and control characters at both ends. */
export function trimAscii(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && text.charCodeAt(from) <= SPACE) from += 1;
  while (to > from && text.charCodeAt(to - 1) <= SPACE) to -= 1;
  return to - from === text.length ? text : text.slice(from, to);
}

export function codePoints(text: string): number {
  let count = text.length;
  for (let at = 0; at < text.length - 1; at += 1) {
    if ((text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00)
      count -= 1;
  }
  return count;
}

export const isLonger = (text: string, chars: number) => text.length > chars && codePoints(text) > chars;

/** The longest beginning of at most `bytes` bytes of UTF-8. */
export function cutBytes(text: string, bytes: number): string {
  if (text.length * 3 <= bytes) return text;
  const { read } = encoder.encodeInto(text, scratch.subarray(0, bytes));
  return read === text.length ? text : text.slice(0, read);
}

function isPlain(text: string): boolean {
  let last = SPACE;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < SPACE || code > 126 || code === 39 || code === 92 || (code === SPACE && last === SPACE))
      return false;
    last = code;
  }
  return last !== SPACE || text.length === 0;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
const unspoken = /[\x00-\x20\x7F-\x9F\u2028\u2029]+/g;

const turning = /[\u202A-\u202E\u2066-\u2069]+/g;

/** The text of a dimension: no quote, backslash or control character, NFC, at most `bytes` long. */
export function canonical(text: string, bytes: number): string {
  if (text.length <= bytes && isPlain(text)) return text;
  const clean = text.toWellFormed().replace(turning, "").replace(unspoken, " ").normalize("NFC");
  const safe = trimAscii(clean).replaceAll("'", "\u2019").replaceAll("\\", "\u29F5");
  return trimAscii(cutBytes(safe, bytes));
}
