/** A link from one page to another, or to a file of the repository, leads somewhere. */
import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";
import { anchors, links, pages, read, root } from "./pages.ts";

const leaves = (link: string) => /^[a-z]+:/.test(link);

describe.each(pages())("%s", (page) => {
  const own = links(read(page)).filter((link) => !leaves(link));

  it("links only to what is there", () => {
    const broken = own.filter((link) => {
      const [path, anchor] = link.split("#") as [string, string?];
      const target = path === "" ? page : normalize(join(dirname(page), path));
      if (target.startsWith("..") || !existsSync(join(root, target))) return true;
      return anchor !== undefined && !anchors(read(target)).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it("has one title, which comes first", () => {
    expect(read(page)).toMatch(/^# \S/);
  });
});

it("finds a link that is broken, and those in code are none", () => {
  const page = '# A [b](c.md#d)\n\n`x[0](y)`\n\n```\n[e](f)\n```\n<img src="g.svg">\n';
  expect(links(page)).toEqual(["c.md#d", "g.svg"]);
  expect(anchors("# One, `two` and 3\n")).toEqual(["one-two-and-3"]);
});
