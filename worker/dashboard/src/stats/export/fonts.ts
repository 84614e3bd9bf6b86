// The fonts that the page has loaded, as CSS with the files within: a picture of the page can load nothing. The library
// would look for them by setting the base of a document, which the page's policy forbids.

async function dataUrl(address: string): Promise<string> {
  const blob = await (await fetch(address)).blob();
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result));
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(blob);
  });
}

const rulesOf = (sheet: CSSStyleSheet) =>
  [...sheet.cssRules].flatMap((rule) =>
    rule instanceof CSSFontFaceRule ? [{ rule, base: sheet.href }] : [],
  );

export async function loadedFonts(): Promise<string> {
  const loaded = new Set(
    [...document.fonts].filter(({ status }) => status === "loaded").map(({ unicodeRange }) => unicodeRange),
  );
  const rules = [...document.styleSheets]
    .flatMap(rulesOf)
    .filter(({ rule }) => loaded.has(rule.style.getPropertyValue("unicode-range")));
  const faces = rules.map(async ({ rule, base }) => {
    const file = /url\("?([^")]+)"?\)/.exec(rule.style.getPropertyValue("src"))?.[1];
    if (file === undefined) return "";
    const data = await dataUrl(new URL(file, base ?? document.baseURI).href);
    return rule.cssText.replace(file, data);
  });
  return (await Promise.all(faces)).join("\n");
}
