/** Exports: files of the view and of its panels are the server's byte for byte; pictures; long files that stream. */
import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import type { BrowserContextOptions, Locator, Page } from "playwright-core";
import { afterEach, describe, expect, test } from "vitest";
import { deskOf, type KeyName, stack } from "./support/desk.ts";
import { type Answering, type LoopbackProxy, proxied } from "./support/proxy.ts";
import { counts, countText, day, panel, questions, type Report, soon } from "./support/stats.ts";

interface File {
  name: string;
  bytes: Buffer;
}

/** Opens a menu and takes an item of it; opens it again where it closed in between. */
async function choose(open: Locator, item: Locator): Promise<void> {
  for (let left = 3; ; left -= 1) {
    if (!(await item.isVisible())) await open.click();
    try {
      return await item.click({ timeout: 5000 });
    } catch (error) {
      if (left === 0) throw error;
    }
  }
}

/** The file that `act` makes the browser save. */
async function saved(page: Page, act: () => Promise<void>): Promise<File> {
  const [download] = await Promise.all([page.waitForEvent("download", { timeout: 40_000 }), act()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

async function served(question: string, format: string, key: KeyName = "admin_key"): Promise<File> {
  // Hours of the week have a place in JSON alone.
  const asked = format === "json" ? question : question.replace("&include=hour_of_week", "");
  const response = await fetch(`${stack.url}${asked}&format=${format}`, {
    headers: { authorization: `Bearer ${stack[key]}` },
  });
  const disposition = response.headers.get("content-disposition") ?? "";
  return {
    name: /filename="(.*)"/.exec(disposition)?.[1] ?? "",
    bytes: Buffer.from(await response.arrayBuffer()),
  };
}

/** Questions may be written in another order. */
const sorted = (path: string) => {
  const { pathname, searchParams } = new URL(path, stack.url);
  searchParams.sort();
  return `${pathname}?${searchParams}`;
};

/** A signed-in desk that remembers the text of every report that came. */
async function desk(path: string, key: KeyName = "admin_key", options: BrowserContextOptions = {}) {
  const { page } = await deskOf(key, "/nowhere", options);
  const texts = new Map<string, Promise<Buffer>>();
  page.on("response", (response) => {
    const { pathname, search } = new URL(response.url());
    if (pathname === "/analytics/lead-stats") texts.set(sorted(pathname + search), response.body());
  });
  await page.goto(path);
  await page.getByRole("button", { name: "Export view" }).waitFor();
  return { page, texts };
}

/** The same file as the server's; JSON, of which the server's next answer says that it is a cached one, as it came. */
async function expectServed(
  file: File,
  question: string,
  format: string,
  texts: Map<string, Promise<Buffer>>,
  key: KeyName = "admin_key",
) {
  const csv = await served(question, "csv", key);
  expect(csv.name).toMatch(/^lead-stats_.+\.csv$/);
  expect(file.name).toBe(csv.name.replace(/csv$/, format));
  const right = format === "csv" ? csv : await served(question, format, key);
  if (format !== "json") {
    expect(file.bytes.equals(right.bytes), `${question} as ${format}`).toBe(true);
    return;
  }
  const came = await texts.get(sorted(question));
  expect(file.bytes.equals(came ?? Buffer.alloc(0)), question).toBe(true);
  const without = (text: Buffer) => {
    const { meta, ...rest } = JSON.parse(text.toString()) as Report;
    return { ...rest, meta: { ...meta, cache: "" } };
  };
  expect(without(file.bytes)).toEqual(without(right.bytes));
}

// Of a demo project and whole days that are over: nothing that comes meanwhile changes it.
function lastWeek(): string {
  const weekday = (new Date(day()).getUTCDay() + 6) % 7;
  return `from=${day(-weekday - 7)}&to=${day(-weekday)}`;
}
const menuItem = { csv: /^CSV/, json: /^JSON/, ndjson: /^NDJSON/ };

describe("a file", () => {
  test("of every part of the view, in every format, is the server's", async () => {
    const path = "project=demo-saas&source=-google&cta=-";
    const { stats, groups, countries } = questions({
      range: lastWeek(),
      bucket: "day",
      by: "cta,utm_campaign",
      filters: path,
    });
    const { page, texts } = await desk(`/?range=last_week&group_by=cta,utm_campaign&${path}`);
    await page.getByRole("region", { name: "Countries" }).getByRole("table").waitFor();
    for (const [part, path] of [
      ["By time", stats],
      ["By call to action and UTM campaign", groups],
      ["By country", countries],
    ] as const) {
      for (const format of ["csv", "json", "ndjson"]) {
        await page.getByRole("button", { name: "Export view" }).click();
        const choice = page.getByRole("group", { name: part }).getByRole("button", {
          name: format.toUpperCase(),
          exact: true,
        });
        const file = await saved(page, () => choice.click());
        // Said for some seconds only.
        await page.getByText(`Saved ${file.name}.`).first().waitFor();
        await expectServed(file, path, format, texts);
        if (format === "csv") expectRows(file, JSON.parse(String(await texts.get(sorted(path)))) as Report);
      }
    }
  });

  /** What a spreadsheet reads is what the answer says. */
  function expectRows(file: File, { groups, buckets }: Report) {
    const rows = parse(file.bytes, { columns: true }) as Record<string, string>[];
    const right = groups.length > 0 ? groups : buckets;
    expect(rows.length).toBe(right.length);
    for (const [index, row] of right.entries()) {
      expect(counts.map((name) => Number(rows[index]?.[name]))).toEqual(counts.map((name) => row[name]));
    }
  }

  test("of each panel is what the panel shows", async () => {
    const { page, texts } = await desk("/?range=last_week&project=demo-saas");
    const asked = questions({ range: lastWeek(), bucket: "day", filters: "project=demo-saas" });
    for (const [title, path, formats] of [
      ["Submissions over time", asked.stats, ["csv", "json", "ndjson"]],
      ["Each type on its own scale", asked.stats, ["csv"]],
      ["Breakdown", asked.groups, ["csv", "json", "ndjson"]],
      ["Hours of the week", asked.stats, ["json"]],
      ["Countries", asked.countries, ["csv", "json", "ndjson"]],
    ] as const) {
      const open = panel(page, title).getByRole("button", { name: /^Export: / });
      await open.click();
      const items = page.locator(".popover.menu:popover-open");
      await items.getByRole("button").first().waitFor();
      expect(await items.getByRole("button", { name: menuItem.csv }).count()).toBe(
        title === "Hours of the week" ? 0 : 1,
      );
      await page.keyboard.press("Escape");
      for (const format of formats) {
        const item = items.getByRole("button", { name: menuItem[format] });
        const file = await saved(page, () => choose(open, item));
        await expectServed(file, path, format, texts);
      }
    }
  });

  test("is named after the project of a filter, or of the key", async () => {
    for (const [key, path, filters, name] of [
      ["marketing_key", "/?range=last_week&project=demo-saas", "project=demo-saas", "demo-saas"],
      ["limited_key", "/?range=last_week", "", stack.project],
    ] as const) {
      const { page, texts } = await desk(path, key);
      await page.getByText("Counted at").waitFor();
      await page.getByRole("button", { name: "Export view" }).click();
      const file = await saved(page, () =>
        page.getByRole("group", { name: "By time" }).getByRole("button", { name: "CSV" }).click(),
      );
      expect(file.name).toContain(`lead-stats_${name}_`);
      const question = questions({ range: lastWeek(), bucket: "day", filters }).stats;
      await expectServed(file, question, "csv", texts, key);
    }
  });

  test("is the server's own where the browser cannot make it, and none where neither can", async () => {
    const { page, texts } = await desk("/?range=last_week&project=demo-saas");
    await page.route("**/export/**", (route) => route.abort());
    const save = async () => {
      await page.getByRole("button", { name: "Export view" }).click();
      await page.getByRole("group", { name: "By time" }).getByRole("button", { name: "CSV" }).click();
    };
    await page.getByText("Counted at").waitFor();
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    const file = await saved(page, save);
    expect(asked.filter((url) => url.endsWith("&format=csv"))).toHaveLength(1);
    await expectServed(
      file,
      questions({ range: lastWeek(), bucket: "day", filters: "project=demo-saas" }).stats,
      "csv",
      texts,
    );

    await page.route("**/analytics/lead-stats?*format=csv", (route) =>
      route.fulfill({ status: 503, contentType: "application/problem+json", body: '{"detail":"No room."}' }),
    );
    let downloads = 0;
    page.on("download", () => {
      downloads += 1;
    });
    await save();
    await page.getByText("Nothing was saved. No room.").waitFor();
    expect(downloads).toBe(0);
  });
});

describe("a picture", () => {
  /** Decoded by the page: how many colours it has, and how light its edge is. */
  const looked = (page: Page, bytes: Buffer) =>
    page.evaluate(async (data) => {
      const image = new Image();
      image.src = `data:image/png;base64,${data}`;
      await image.decode();
      const canvas = document.createElement("canvas");
      canvas.width = image.width;
      canvas.height = image.height;
      const context = canvas.getContext("2d");
      if (context === null) throw new Error("no canvas");
      context.drawImage(image, 0, 0);
      const pixels = new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer);
      const edge = pixels[0] ?? 0;
      return {
        colours: new Set(pixels).size,
        drawn: pixels.reduce((sum, pixel) => sum + (pixel === edge ? 0 : 1), 0) / pixels.length,
        light: ((edge & 255) + ((edge >> 8) & 255) + ((edge >> 16) & 255)) / 3,
      };
    }, bytes.toString("base64"));

  for (const colorScheme of ["light", "dark"] as const) {
    test(`of each chart is drawn in ${colorScheme}`, async () => {
      const { page } = await desk("/", "marketing_key", { colorScheme });
      for (const [title, slug, drawnAtLeast] of [
        ["Submissions over time", "over-time", 0.1],
        ["Each type on its own scale", "by-type", 0.05],
        ["Breakdown", "breakdown", 0.05],
        ["Hours of the week", "hours", 0.2],
      ] as const) {
        const frame = panel(page, title);
        await frame.locator(".recharts-surface path, td[data-hour]").first().waitFor({ state: "attached" });
        const open = frame.getByRole("button", { name: /^Export: / });
        const item = page.locator(".popover.menu:popover-open").getByRole("button", { name: /^PNG/ });
        const file = await saved(page, () => choose(open, item));
        expect(file.name).toMatch(
          new RegExp(
            `^lead-stats-${slug}_[a-z+-]+_(by-source_)?\\d{4}-\\d\\d-\\d\\d_\\d{4}-\\d\\d-\\d\\d_Asia-Kolkata\\.png$`,
          ),
        );
        expect(file.bytes.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
        const [width, height] = [file.bytes.readUInt32BE(16), file.bytes.readUInt32BE(20)];
        const box = await frame.locator(".figure").boundingBox();
        // Twice as fine as the screen, with room for the title.
        expect(width).toBeGreaterThan(2 * (box?.width ?? 0));
        expect(width).toBeLessThan(2 * (box?.width ?? 0) + 200);
        expect(height).toBeGreaterThan(2 * (box?.height ?? 0));
        expect(height).toBeLessThan(2 * (box?.height ?? 0) + 400);
        const { colours, drawn, light } = await looked(page, file.bytes);
        expect(colours, title).toBeGreaterThan(60);
        expect(drawn, title).toBeGreaterThan(drawnAtLeast);
        if (colorScheme === "light") expect(light).toBeGreaterThan(230);
        else expect(light).toBeLessThan(70);
      }
      // A table is no chart: it has no picture.
      await panel(page, "Countries")
        .getByRole("button", { name: /^Export: / })
        .click();
      const menu = page.locator(".popover.menu:popover-open");
      await menu.getByRole("button", { name: /^CSV/ }).waitFor();
      expect(await menu.getByRole("button", { name: /^PNG/ }).count()).toBe(0);
    });
  }
});

describe("a long file", () => {
  const open: LoopbackProxy[] = [];
  afterEach(async () => {
    for (const proxy of open.splice(0)) await proxy.close();
  });

  // Of a project that nobody posts to.
  const question =
    "/analytics/lead-stats?days=7&project=demo-saas&bucket=15min&group_by=source,country&limit=1000";

  /** The dialog of the long export, on a page whose export `answering` answers. */
  async function dialog(answering: () => Answering | undefined, picker = false) {
    const proxy = await proxied((path) => (/[?&]format=/.test(path) ? answering() : undefined));
    open.push(proxy);
    const { page } = await deskOf("admin_key", "/nowhere", { baseURL: proxy.url });
    // Headless, the browser's own dialog cannot be answered: one of the test's, or none.
    await page.addInitScript((own) => {
      const kept = { parts: [] as BlobPart[], end: "" };
      Object.assign(window, {
        kept,
        showSaveFilePicker: own
          ? async () => ({
              createWritable: async () => ({
                write: async (chunk: Uint8Array<ArrayBuffer>) => void kept.parts.push(chunk.slice()),
                close: async () => {
                  kept.end += "closed";
                },
                abort: async () => {
                  kept.end += "aborted";
                },
              }),
            })
          : undefined,
      });
    }, picker);
    await page.goto("/?project=demo-saas&bucket=15min&group_by=source,country");
    await page.getByRole("button", { name: "Export view" }).click();
    await page.getByRole("button", { name: "Every source and country in every bucket…" }).click();
    const box = page.getByRole("dialog", { name: "Every group in every bucket" });
    let downloads = 0;
    page.on("download", () => {
      downloads += 1;
    });
    return { page, box, downloads: () => downloads };
  }

  /** The beginning of an answer; then `next` decides. */
  const beginning =
    (next: (rest: Buffer, response: Parameters<Answering>[1]) => Promise<void> | void): Answering =>
    async (answer, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(chunk as Buffer);
      const whole = Buffer.concat(chunks);
      const middle = Math.floor(whole.length / 2);
      response.write(whole.subarray(0, middle));
      await next(whole.subarray(middle), response);
    };

  test("streams from the server, and says how far it is", async () => {
    let release = () => {};
    const held = new Promise<void>((resume) => {
      release = resume;
    });
    const { page, box } = await dialog(() =>
      beginning(async (rest, response) => {
        await held;
        response.end(rest);
      }),
    );
    await box.getByLabel("NDJSON").check();
    const file = await saved(page, async () => {
      await box.getByRole("button", { name: "Export", exact: true }).click();
      await soon(() => box.locator(".progress-box p").textContent()).toMatch(/ [kM]B · [\d,]+ rows · .*\/s$/);
      expect(await box.getByRole("progressbar").getAttribute("aria-label")).toBe("Export");
      expect(await box.getByLabel("CSV").isDisabled()).toBe(true);
      release();
    });
    const right = await served(question, "ndjson");
    expect(file.name).toBe(right.name);
    expect(file.bytes.equals(right.bytes)).toBe(true);
    const rows = countText(right.bytes.toString().trimEnd().split("\n").length);
    await box.getByText(`Saved ${right.name}: ${rows} rows, `).waitFor();
  });

  test("can be stopped, and is not saved then", async () => {
    let isGone = false;
    const { box, downloads } = await dialog(() =>
      beginning((_rest, response) => {
        response.on("close", () => {
          isGone = true;
        });
      }),
    );
    await box.getByRole("button", { name: "Export", exact: true }).click();
    await soon(() => box.locator(".progress-box p").textContent()).toContain(" rows · ");
    await box.getByRole("button", { name: "Stop" }).click();
    // The server is told, too.
    await soon(() => isGone).toBe(true);
    await box.getByRole("button", { name: "Export", exact: true }).waitFor();
    expect(await box.getByRole("alert").count()).toBe(0);
    expect(downloads()).toBe(0);
  });

  for (const picker of [false, true]) {
    const where = picker ? "written to the disk" : "kept in memory";
    test(`that breaks off while it is ${where} is no file; trying again makes one`, async () => {
      let destroy = () => {};
      const ends = [
        // The connection breaks; then the answer ends well, but in the middle of a row.
        beginning((_rest, response) => {
          destroy = () => void response.destroy();
        }),
        beginning((_rest, response) => void response.end("a,b")),
      ];
      const { page, box, downloads } = await dialog(() => ends.shift(), picker);
      const kept = () =>
        page.evaluate(async () => {
          const { parts, end } = (window as unknown as { kept: { parts: BlobPart[]; end: string } }).kept;
          return { text: await new Blob(parts.splice(0)).text(), end };
        });
      const fault = box.getByText("The file broke off before its end, so it was not saved.");
      await box.getByRole("button", { name: "Export", exact: true }).click();
      await soon(() => box.locator(".progress-box p").textContent()).toContain(" rows · ");
      destroy();
      await fault.waitFor();
      await box.getByRole("button", { name: "Try again" }).click();
      await soon(() => ends.length).toBe(0);
      await box.getByRole("progressbar").waitFor({ state: "hidden" });
      await fault.waitFor();
      expect(downloads()).toBe(0);
      const broken = await kept();
      expect(broken.end).toBe(picker ? "abortedaborted" : "");

      const again = () => box.getByRole("button", { name: "Try again" }).click();
      const right = await served(question, "csv");
      if (!picker) {
        const file = await saved(page, again);
        expect(file.bytes.equals(right.bytes)).toBe(true);
        return;
      }
      await again();
      await box.getByText(/^Saved /).waitFor();
      expect(await kept()).toEqual({ text: right.bytes.toString(), end: "abortedabortedclosed" });
    });
  }
});
