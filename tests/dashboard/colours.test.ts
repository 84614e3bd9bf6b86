// Colours of the types: told apart by their lightness alone, and their lines seen on the surface.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { eventTypes } from "~schema";

const css = readFileSync(new URL("../../worker/dashboard/src/styles/tokens.css", import.meta.url), "utf8");

function colour(name: string, theme: "light" | "dark"): string {
  const found = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css);
  if (found === null) throw new Error(`No colour ${name}`);
  return found[theme === "light" ? 1 : 2] ?? "";
}

/** Relative luminance of WCAG 2. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
/** CIE L* of what is not nearly black. */
const lightness = (hex: string) => 116 * Math.cbrt(luminance(hex)) - 16;

describe.each(["light", "dark"] as const)("%s", (theme) => {
  test("any two types differ by ten steps of lightness", () => {
    const steps = eventTypes.map((type) => lightness(colour(type, theme))).sort((a, b) => a - b);
    for (let at = 1; at < steps.length; at++) {
      expect((steps[at] ?? 0) - (steps[at - 1] ?? 0)).toBeGreaterThanOrEqual(10);
    }
  });

  test("their lines have 3:1 on the surface", () => {
    const surface = luminance(colour("surface", theme));
    for (const type of eventTypes) {
      const line = luminance(colour(`${type}-line`, theme));
      const ratio = (Math.max(surface, line) + 0.05) / (Math.min(surface, line) + 0.05);
      expect([type, ratio >= 3]).toEqual([type, true]);
    }
  });
});
