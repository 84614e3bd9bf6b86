// Signs in text: links, random letters, odd names.

const link = /(?:\[url=|<a href)[ ="']*(?:https?:\/\/)?(?:www\.)?|https?:\/\/(?:www\.)?|www\./gi;

export function countLinks(text: string): number {
  if (!text.includes("://") && !/www\.|\[url=|<a href/i.test(text)) return 0;
  return text.match(link)?.length ?? 0;
}

const isLower = (code: number) => code >= 97 && code <= 122;
const isUpper = (code: number) => code >= 65 && code <= 90;
const isLetter = (code: number) => isLower(code | 32) && code < 128;
const isDigit = (code: number) => code >= 48 && code <= 57;
const isSpace = (code: number) => code === 32 || (code >= 9 && code <= 13);

/** Bit n: letter n of the alphabet is a vowel. */
const vowels = [..."aeiouy"].reduce((mask, letter) => mask | (1 << (letter.charCodeAt(0) - 97)), 0);
const isVowel = (code: number) => isLetter(code) && ((vowels >> ((code | 32) - 97)) & 1) === 1;

// Consonants that are said as one, and doubled letters, count once.
const sound =
  /(?:tsch|sch|ch|ck|sh|th|ph|gh|wh|kh|zh|bh|dh|jh|ts|tz|st|sp|pf|ng|nk|cz|sz|rz|dz|gn|[^aeiouy])/y;

function longestConsonantRun(word: string): number {
  let longest = 0;
  let run = 0;
  for (let at = 0; at < word.length; ) {
    if (isVowel(word.charCodeAt(at))) {
      run = 0;
      at += 1;
      continue;
    }
    run += 1;
    if (run > longest) longest = run;
    sound.lastIndex = at;
    sound.test(word);
    at = Math.max(sound.lastIndex, at + 1);
    while (at < word.length && word.charCodeAt(at) === word.charCodeAt(at - 1)) at += 1;
  }
  return longest;
}

function isRandomWord(word: string): boolean {
  let capitals = isUpper(word.charCodeAt(0)) ? 1 : 0;
  let inner = 0;
  let changes = 0;
  let vowelCount = isVowel(word.charCodeAt(0)) ? 1 : 0;
  for (let at = 1; at < word.length; at += 1) {
    const code = word.charCodeAt(at);
    const upper = isUpper(code);
    if (upper) inner += 1;
    if (upper !== isUpper(word.charCodeAt(at - 1))) changes += 1;
    if (isVowel(code)) vowelCount += 1;
  }
  capitals += inner;
  if (word.length < (capitals === word.length ? 10 : 6)) return false;
  if (
    word.length >= 8 &&
    changes >= 4 &&
    inner * 4 >= word.length - 1 &&
    vowelCount * 10 <= word.length * 3
  ) {
    return true;
  }
  // No run can be long enough where the vowels leave no room for it.
  if (word.length - vowelCount < 5) return false;
  const run = longestConsonantRun(word.toLowerCase());
  return run >= 6 || (vowelCount === 0 && run >= 5);
}

export function isGibberish(text: string): boolean {
  let letters = 0;
  let random = 0;
  const end = text.length;
  for (let at = 0; at < end; ) {
    while (at < end && isSpace(text.charCodeAt(at))) at += 1;
    let from = at;
    while (at < end && !isSpace(text.charCodeAt(at))) at += 1;
    let to = at;
    const isMark = (code: number) => code < 128 && !isLetter(code) && !isDigit(code);
    while (from < to && isMark(text.charCodeAt(from))) from += 1;
    while (to > from && isMark(text.charCodeAt(to - 1))) to -= 1;
    let own = 0;
    let pure = true;
    for (let inside = from; inside < to; inside += 1) {
      const code = text.charCodeAt(inside);
      if (isLetter(code)) own += 1;
      else {
        pure = false;
        if (code >= 128 && (code & 0xfc00) !== 0xdc00) own += 1;
      }
    }
    letters += own;
    if (pure && to - from >= 6 && isRandomWord(text.slice(from, to))) random += to - from;
  }
  return random > 0 && random * 2 >= letters;
}

const oddCharacters = /[\d@<>{}[\]|^~=*#$%_;!?\\:]|www\.|\.com|\/\//i;
const filler = /^(?:asd|asdf|asdfg|asdfgh|asdfghjkl|qwe|qwer|qwerty|abc|abcd|xyz|test)$/i;

export function isOddName(name: string): boolean {
  if (name === "") return false;
  if (oddCharacters.test(name) || !/[a-z\u0080-\uffff]/i.test(name) || filler.test(name)) return true;
  if (name.length >= 3 && /^([a-z])\1+$/i.test(name)) return true;
  let long = 0;
  for (const word of name.split(" ")) if ([...word].length > 3) long += 1;
  return long > 5;
}
