// Pictures take drawings as they are, without the page's style sheets: what those say of a drawing is written into it,
// and taken out again.

const properties = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-opacity",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
] as const;

/** Marks of the place under the pointer. */
const passing = ".recharts-tooltip-cursor, .recharts-active-dot";

/** Returns what undoes it. */
export function inlineSvgStyles(node: HTMLElement): () => void {
  const elements = [...node.querySelectorAll<SVGElement>("svg *")];
  // All are read before the first is changed, so that styles are computed once.
  const found = elements.map((element) => {
    const style = getComputedStyle(element);
    return properties.map((name) => [name, style.getPropertyValue(name)] as const);
  });
  const before = elements.map((element) => element.getAttribute("style"));
  elements.forEach((element, index) => {
    for (const [name, value] of found[index] ?? []) element.style.setProperty(name, value);
    if (element.closest(passing) !== null) element.style.visibility = "hidden";
  });
  return () => {
    elements.forEach((element, index) => {
      element.style.cssText = before[index] ?? "";
    });
  };
}
