// A chart as a PNG file, with its title, the range and the zone, in the colours of the page.

import type { LeadStats, Meta } from "../../api/stats.ts";
import { formatSpan } from "../../format.ts";
import { type DimensionName, dimensionLabels, valueLabel } from "../../words.ts";
import { fitted } from "../fit_text.ts";
import { saveBlob } from "./files.ts";
import { loadedFonts } from "./fonts.ts";
import { pictureName } from "./save_answer.ts";
import { inlineSvgStyles } from "./svg_styles.ts";

const SCALE = 2;
const EDGE = 24;
const HEAD = 56;

const styleOf = (name: string, of: Element) => {
  // Only a used value has light-dark() decided.
  const probe = document.createElement("span");
  probe.style.color = `var(${name})`;
  of.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
};

/** What a picture leaves out: tips and what only a page can use. */
const isDrawn = (node: HTMLElement) =>
  !(node instanceof Element) ||
  !["no-print", "unseen", "tip", "recharts-tooltip-wrapper"].some((name) => node.classList.contains(name));

function filterWords({ dimension, match, values }: Meta["filters"][number]): string {
  const name = dimension as DimensionName;
  const said = values.map((value) => (name in dimensionLabels ? valueLabel(name, value) : value));
  return `${dimensionLabels[name] ?? dimension} ${match.replaceAll("_", " ")} ${said.join(" or ")}`;
}

export async function savePicture(
  node: HTMLElement,
  title: string,
  slug: string,
  answer: LeadStats,
): Promise<string> {
  const { meta } = answer;
  const { toCanvas } = await import("html-to-image");
  const background = styleOf("--surface", node);
  const fontEmbedCSS = await loadedFonts();
  const undo = inlineSvgStyles(node);
  const chart = await toCanvas(node, {
    fontEmbedCSS,
    pixelRatio: SCALE,
    filter: isDrawn,
    backgroundColor: background,
  }).finally(undo);
  const canvas = document.createElement("canvas");
  canvas.width = chart.width + 2 * EDGE * SCALE;
  canvas.height = chart.height + (2 * EDGE + HEAD) * SCALE;
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("The browser cannot draw pictures.");
  context.fillStyle = background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(chart, EDGE * SCALE, (EDGE + HEAD) * SCALE);
  context.scale(SCALE, SCALE);
  const family = getComputedStyle(node).fontFamily;
  const room = canvas.width / SCALE - 2 * EDGE;
  context.textBaseline = "top";
  context.fillStyle = styleOf("--ink", node);
  context.font = `640 18px ${family}`;
  context.fillText(fitted(context, title, room), EDGE, EDGE);
  context.fillStyle = styleOf("--ink-soft", node);
  context.font = `400 13px ${family}`;
  const filters = meta.filters.map(filterWords);
  const about = [
    formatSpan(meta.from, meta.to, meta.timezone),
    meta.timezone.replaceAll("_", " "),
    ...filters,
  ];
  context.fillText(fitted(context, about.join("  ·  "), room), EDGE, EDGE + 28);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  if (blob === null) throw new Error("The browser could not write the picture.");
  const name = await pictureName(answer, slug);
  saveBlob(blob, name);
  return name;
}
