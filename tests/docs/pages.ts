/** The pages of the documentation, and what of them can be tested: fenced blocks, links, headings. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));

/** Paths relative to the root. */
export function pages(): string[] {
  const below = (folder: string) =>
    readdirSync(join(root, folder), { recursive: true })
      .map((name) => join(folder, String(name)))
      .filter((name) => name.endsWith(".md"));
  return ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "worker/local/README.md", ...below("docs")].sort();
}

export const read = (page: string) => readFileSync(join(root, page), "utf8");

export interface Block {
  language: string;
  text: string;
  line: number;
}

export function blocks(markdown: string): Block[] {
  const found: Block[] = [];
  let open: Block | undefined;
  for (const [index, line] of markdown.split("\n").entries()) {
    const fence = /^```(.*)$/.exec(line);
    if (fence === null) {
      if (open) open.text += `${line}\n`;
    } else if (open) {
      found.push(open);
      open = undefined;
    } else {
      open = { language: fence[1] as string, text: "", line: index + 1 };
    }
  }
  if (open) throw new Error(`the block of line ${open.line} has no end`);
  return found;
}

/** The text without its fenced blocks and code spans, in which nothing is a link or a heading. */
const prose = (markdown: string) =>
  markdown.replace(/^```[\s\S]*?^```$/gm, "").replace(/`[^`\n]*`/g, (span) => span.replace(/[[\]()]/g, " "));

export function links(markdown: string): string[] {
  const inline = [...prose(markdown).matchAll(/\]\(([^)\s]+)\)/g)];
  const images = [...markdown.matchAll(/(?:src|srcset|href)="([^"]+)"/g)];
  return [...inline, ...images].map((match) => match[1] as string);
}

/** The names by which GitHub lets a page's headings be linked to. */
export function anchors(markdown: string): string[] {
  return [...prose(markdown).matchAll(/^#+ (.+)$/gm)].map((match) =>
    (match[1] as string)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replace(/ /g, "-"),
  );
}
