/** For everybody: what axe finds, the keyboard alone, colours, less motion, and paper. */
import type { Page, Route } from "playwright-core";
import { describe, expect, test } from "vitest";
import { api, axe, type Desk, deskOf, newDesk, settled, stack } from "./support/desk.ts";
import { feed } from "./support/told.ts";

interface List {
  data: { submission_id: string; event_type: string }[];
}
const submissionOf = async (type: string) =>
  (await api<List>(`/api/submissions?project=demo-saas&event_type=${type}&limit=1`)).data[0]?.submission_id ??
  "";

const report = "**/analytics/lead-stats?*";
const failing = (route: Route) =>
  route.fulfill({
    status: 503,
    json: { code: "analytics_unavailable", detail: "It gives no answer.", request_id: "req_1" },
  });
const themes = ["light", "dark"] as const;
const sizes = { wide: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } };
const looks = themes.flatMap((colorScheme) =>
  Object.entries(sizes).map(([size, viewport]) => ({ colorScheme, size, viewport })),
);

/** Opens what `name` opens, lets `look` look, and closes it again. */
async function within(page: Page, name: string | RegExp, look: (what: string) => Promise<void>) {
  await page.getByRole("button", { name }).first().click();
  const open = page.locator(":popover-open, dialog[open]").last();
  await open.waitFor();
  await expect.poll(() => open.locator(".skeleton").count()).toBe(0);
  await look(String(name));
  await page.keyboard.press("Escape");
  await expect.poll(() => page.locator(":popover-open, dialog[open]").count()).toBe(0);
}

describe.each(looks)("axe finds nothing, $colorScheme and $size:", ({ colorScheme, size, viewport }) => {
  const options = { colorScheme, viewport, reducedMotion: "reduce" } as const;
  const checker = (page: Page) => async (what: string) => {
    expect([what, await axe(page)]).toEqual([what, []]);
  };

  test("signing in", async () => {
    const { page } = await newDesk(options);
    const check = checker(page);
    await page.goto("/");
    await page.getByLabel("API key").fill("llk_a_nobodys");
    await check("sign-in");
    await page.keyboard.press("Enter");
    await page.getByText("This key is not known").waitFor();
    await check("refused");
  });

  test("lead stats", { timeout: 120_000 }, async () => {
    const { page } = await deskOf("admin_key", "/?project=demo-saas&country=-SE&days=30", options);
    const check = checker(page);
    await settled(page);
    await page.locator(".recharts-surface").first().waitFor();
    await check("with data");
    if (size === "phone") await page.locator(".controls .fold").click();
    for (const name of [
      /^Other ranges/,
      /^Time zone/,
      "Add filter",
      /edit the filter “Country/,
      "Export view",
      "Export: Submissions over time",
      /^By minute/,
    ]) {
      await within(page, name, check);
    }
    for (const table of await page.getByRole("button", { name: "Table", exact: true }).all())
      await table.click();
    await settled(page);
    await check("as tables");
    await page.getByRole("button", { name: "Export view" }).click();
    await within(page, /in every bucket…/, check);
    await page.getByRole("button", { name: "Worth knowing" }).click();
    await page.locator(".insight").first().waitFor();
    await page.getByText("Earlier times").first().click();
    await check("insights");
    await page.goto("/?utm_campaign=none-of-this-name");
    await page.getByText("Nothing matches").first().waitFor();
    await settled(page);
    await check("empty");
    await page.route(report, failing);
    await page.goto("/?project=demo-saas");
    await page.getByRole("alert").first().waitFor();
    await page.getByText("Not counted either, for the reason above.").last().waitFor();
    await check("failed");
    await page.unroute(report);
    let answer = () => {};
    const held = new Promise<void>((resume) => {
      answer = resume;
    });
    await page.route(report, async (route) => {
      await held;
      await route.abort().catch(() => {});
    });
    await page.goto("/?project=demo-events");
    await page.locator("h1").waitFor({ state: "attached" });
    await page.locator(".kpi.skeleton").first().waitFor();
    await check("loading");
    answer();
  });

  test("submissions", { timeout: 90_000 }, async () => {
    const { page } = await deskOf("admin_key", "/submissions?project=demo-saas", options);
    const check = checker(page);
    await page.getByRole("table").waitFor();
    await check("list");
    await page.goto("/submissions?q=nobody-at-all&flag=hot");
    await page.getByText(/^(No submission matches|Nothing found)/).waitFor();
    await check("empty");
    for (const type of ["primary", "follow_up", "test", "blocked", "bot"]) {
      await page.goto(`/submissions/${await submissionOf(type)}`);
      await page.getByRole("heading", { name: "Why", exact: true }).waitFor();
      await check(type);
    }
    await within(page, "Erase this person", check);
    await page.goto("/submissions/nobody");
    await page.getByRole("heading", { level: 1, name: "No such submission" }).waitFor();
    await check("missing");
    await page.route("**/api/submissions?*", failing);
    await page.goto("/submissions?q=fails");
    await page.getByRole("alert").waitFor();
    await check("failed");
  });

  test("briefs, alerts and channels", { timeout: 90_000 }, async () => {
    const { page } = await deskOf("admin_key", "/nowhere", options);
    const check = checker(page);
    // First as the demo has them, then with all that there can be.
    for (const fed of [false, true]) {
      if (fed) await feed(page);
      await page.goto("/briefs");
      await page.getByRole("table").waitFor();
      await check(`briefs, fed: ${fed}`);
      await page.locator("a.row-link").first().click();
      await page.getByRole("region", { name: "Where it went" }).waitFor();
      await check(`brief, fed: ${fed}`);
      await page.goto("/briefs/preview");
      await page.getByRole("region", { name: "Its numbers" }).waitFor();
      await check(`preview, fed: ${fed}`);
      await page.goto("/alerts");
      await page.getByRole("article").first().waitFor();
      await settled(page);
      await page.getByText("Earlier times").first().click();
      await check(`alerts, fed: ${fed}`);
      await page.goto("/channels");
      await page.getByRole("article").first().waitFor();
      await page.getByText("What was to be said").first().click();
      await check(`channels, fed: ${fed}`);
    }
  });

  test("projects", { timeout: 60_000 }, async () => {
    const { page } = await deskOf("admin_key", "/projects", options);
    const check = checker(page);
    await page.getByRole("table", { name: "API keys" }).waitFor();
    await page.getByRole("table", { name: "Projects" }).waitFor();
    await check("projects");
    await within(page, "Block an address", check);
    await page.getByRole("button", { name: "New project" }).click();
    await page.getByRole("button", { name: "Create project" }).click();
    await page.locator("[aria-invalid=true]").first().waitFor();
    await check("new project, refused");
    await page.goto("/projects/demo-saas");
    await page.getByRole("heading", { name: "Settings" }).waitFor();
    await check("project");
    await within(page, /^Delete /, check);
    await page.goto("/projects/nobody");
    await page.getByRole("heading", { level: 1, name: "No such project" }).waitFor();
    await check("missing project");
    await page.goto("/nowhere");
    await page.getByRole("heading", { name: "There is nothing here" }).waitFor();
    await check("not found");
  });
});

describe("with the keyboard alone", () => {
  const focused = (page: Page) =>
    page.evaluate(() => {
      const at = document.activeElement;
      return at === null || at === document.body
        ? ""
        : (at.getAttribute("aria-label") ?? (at.textContent || at.tagName));
    });

  /** Tab, until what has the focus is called `name`. */
  async function tabTo(page: Page, name: string | RegExp, most = 120) {
    const seen: string[] = [];
    for (let i = 0; i < most; i++) {
      await page.keyboard.press("Tab");
      const at = await focused(page);
      seen.push(at);
      if (typeof name === "string" ? at === name : name.test(at)) return;
    }
    throw new Error(`Tab never reached ${name}: ${seen.join(" | ")}`);
  }
  const notLost = (page: Page) => expect.poll(() => focused(page)).not.toBe("");

  test("signing in, and past the navigation", async () => {
    const { page } = await newDesk();
    await page.goto("/?project=demo-saas");
    await page.getByLabel("API key").waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.insertText("llk_a_nobodys");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByText("This key is not known").waitFor();
    await expect.poll(() => focused(page)).toBe("Sign in");
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Control+A");
    await page.keyboard.insertText(stack.marketing_key);
    await page.keyboard.press("Enter");
    await page.getByRole("navigation", { name: "Pages" }).waitFor();
    await notLost(page);
    await page.reload();
    await page.getByRole("navigation", { name: "Pages" }).waitFor();
    await page.getByRole("heading", { level: 1 }).waitFor();
    await settled(page);
    await page.keyboard.press("Tab");
    expect(await focused(page)).toBe("Skip to content");
    expect(await page.getByRole("link", { name: "Skip to content" }).isVisible()).toBe(true);
    const place = () => page.evaluate(() => [location.href, history.length]);
    const before = await place();
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("content");
    // A step of its own would have none of what the page's own steps keep.
    expect(await place()).toEqual(before);
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.closest("main") !== null)).toBe(true);
  });

  test("a range, a filter, a table, a file", { timeout: 90_000 }, async () => {
    const { page } = await deskOf("marketing_key", "/?project=demo-saas");
    await settled(page);
    const parameter = (name: string) => new URL(page.url()).searchParams.get(name);
    await tabTo(page, "30 days");
    await page.keyboard.press("Enter");
    await expect.poll(() => parameter("days")).toBe("30");
    await notLost(page);
    await tabTo(page, "Add filter");
    await page.keyboard.press("Enter");
    await expect
      .poll(() => page.getByLabel("Filter by").evaluate((element) => element === document.activeElement))
      .toBe(true);
    await page.keyboard.type("Device");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.insertText("mobile");
    await page.keyboard.press("Enter");
    if (parameter("device") === null) await tabTo(page, "Add filter", 12);
    if (parameter("device") === null) await page.keyboard.press("Enter");
    await expect.poll(() => parameter("device")).toBe("mobile");
    await page.getByRole("button", { name: /^Remove the filter “Device/ }).waitFor();
    await notLost(page);
    await page.keyboard.press("Shift+Tab");
    await expect.poll(() => focused(page)).toMatch(/^Remove the filter “Device/);
    await page.keyboard.press("Enter");
    await expect.poll(() => parameter("device")).toBeNull();
    await notLost(page);
    await settled(page);
    const over = page.getByRole("region", { name: "Submissions over time", exact: true });
    await over.getByRole("button", { name: "Chart", exact: true }).focus();
    await tabTo(page, "Table", 2);
    await page.keyboard.press("Enter");
    await over.getByRole("table").waitFor();
    await tabTo(page, "Export: Submissions over time", 2);
    await page.keyboard.press("Enter");
    await page.locator(":popover-open").waitFor();
    await page.getByRole("button", { name: "CSV", exact: true }).waitFor();
    await tabTo(page, "CSV", 2);
    const saved = page.waitForEvent("download");
    await page.keyboard.press("Enter");
    await saved;
    await expect.poll(() => focused(page)).toBe("Export: Submissions over time");
    for (const name of [/^Other ranges/, /^Time zone/, "Export view"]) {
      const button = page.getByRole("button", { name });
      await button.focus();
      await page.keyboard.press("Enter");
      await page.locator(":popover-open").waitFor();
      await page.keyboard.press("Escape");
      await expect.poll(() => button.evaluate((element) => element === document.activeElement)).toBe(true);
    }
  });

  test("a submission is found, corrected, and moved back", async () => {
    const email = `keys.${Date.now().toString(36)}@keyboard.co.uk`;
    const response = await fetch(`${stack.url}/api/leads`, {
      method: "POST",
      headers: { authorization: `Bearer ${stack.admin_key}`, "content-type": "application/json" },
      body: JSON.stringify({
        ...{ project: stack.project, name: "Keys", email, lead_hp: "x", form_seconds: 1 },
        visitor: {
          ip: "198.51.100.80",
          country: "GB",
          user_agent: "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Firefox/142.0",
        },
      }),
    });
    expect(await response.json()).toMatchObject({ event_type: "bot" });
    const { page } = await deskOf("admin_key", "/");
    await tabTo(page, "Submissions");
    await page.keyboard.press("Enter");
    await page.getByRole("searchbox").waitFor();
    for (
      let i = 0;
      i < 20 && !(await page.getByRole("searchbox").evaluate((box) => box === document.activeElement));
      i++
    ) {
      await page.keyboard.press("Tab");
    }
    await page.keyboard.insertText(email);
    await page.keyboard.press("Enter");
    await expect.poll(() => page.locator("a.row-link").count()).toBe(1);
    await tabTo(page, "Keys");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Keys" }).waitFor();
    await notLost(page);
    await tabTo(page, "This is a real lead");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await notLost(page);
    await tabTo(page, "Move to real leads", 8);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Corrections" }).waitFor();
    await notLost(page);
    await tabTo(page, "Undo");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "This is a real lead" }).waitFor();
    await notLost(page);
  });
});

test("headings go down one level at a time, and every page has one first", { timeout: 60_000 }, async () => {
  const { page } = await deskOf("admin_key", "/");
  await feed(page);
  const paths = [
    "/?project=demo-saas",
    "/submissions",
    `/submissions/${await submissionOf("bot")}`,
    "/projects",
    "/projects/demo-saas",
    "/briefs",
    "/briefs/brief_1",
    "/briefs/preview",
    "/alerts",
    "/channels",
    "/nowhere",
  ];
  const titles = new Set<string>();
  for (const path of paths) {
    await page.goto(path);
    await page.locator("h1").waitFor({ state: "attached" });
    await settled(page);
    const levels = await page
      .locator("h1, h2, h3, h4")
      .evaluateAll((all) => all.map(({ tagName }) => Number(tagName[1])));
    expect([path, levels.filter((level) => level === 1)]).toEqual([path, [1]]);
    expect([path, levels[0]]).toEqual([path, 1]);
    for (const [at, level] of levels.entries())
      expect(level - (levels[at - 1] ?? level)).toBeLessThanOrEqual(1);
    titles.add(await page.title());
  }
  expect(titles.size).toBe(paths.length);
});

test("every chart has its numbers as a table", async () => {
  const { page } = await deskOf("marketing_key", "/?project=demo-saas");
  await settled(page);
  for (const name of ["Submissions over time", "Each type on its own scale", "Hours of the week"]) {
    const panel = page.getByRole("region", { name, exact: true });
    await panel.getByRole("button", { name: "Table", exact: true }).click();
    await expect.poll(() => panel.locator("table.counts tbody tr").count()).toBeGreaterThan(6);
  }
  const breakdown = page.getByRole("region", { name: "Breakdown", exact: true });
  expect(await breakdown.locator("table.counts tbody tr").count()).toBeGreaterThan(3);
  // What is drawn has a name in words.
  const drawn = await page
    .locator("svg:not([aria-hidden])")
    .evaluateAll((all) =>
      all.map((svg) =>
        svg.closest("[aria-hidden=true]") !== null ||
        (svg.getAttribute("aria-label") ?? svg.querySelector("title")?.textContent)
          ? ""
          : svg.outerHTML.slice(0, 120),
      ),
    );
  expect(drawn.filter((svg) => svg !== "")).toEqual([]);
});

const kinds = ["primary", "follow_up", "test", "blocked", "bot"];

/** Colours of the page as it computes them, in sRGB from 0 to 1. */
function colours({ page }: Desk, names: string[]): Promise<number[][]> {
  return page.evaluate((variables) => {
    const probe = document.body.appendChild(document.createElement("i"));
    const canvas = new OffscreenCanvas(1, 1).getContext("2d") as OffscreenCanvasRenderingContext2D;
    const read = variables.map((name) => {
      probe.style.color = `var(--${name})`;
      canvas.fillStyle = getComputedStyle(probe).color;
      canvas.fillRect(0, 0, 1, 1);
      return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((part) => part / 255);
    });
    probe.remove();
    return read;
  }, names);
}
const linear = (part: number) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
const luminance = ([r = 0, g = 0, b = 0]: number[]) =>
  0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
const lightness = (colour: number[]) => 116 * Math.cbrt(luminance(colour)) - 16;
const contrast = (a: number[], b: number[]) => {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};

test.each(themes)("the five types can be told apart without colour, %s", async (colorScheme) => {
  const desk = await deskOf("marketing_key", "/nowhere", { colorScheme });
  const fills = (await colours(desk, kinds)).map(lightness).sort((a, b) => a - b);
  for (const [at, fill] of fills.slice(1).entries())
    expect(fill - (fills[at] ?? 0)).toBeGreaterThanOrEqual(8);
  const [surface = [], ...lines] = await colours(desk, ["surface", ...kinds.map((kind) => `${kind}-line`)]);
  for (const line of lines) expect(contrast(line, surface)).toBeGreaterThanOrEqual(3);
});

test("who wants less motion gets none", async () => {
  const { page } = await deskOf("marketing_key", "/?project=demo-saas", { reducedMotion: "reduce" });
  await settled(page);
  const long = await page.evaluate(
    () =>
      [...document.querySelectorAll("*")].filter((element) => {
        const style = getComputedStyle(element);
        return [style.animationDuration, style.transitionDuration].some((text) =>
          text.split(", ").some((one) => Number.parseFloat(one) > 0.01),
        );
      }).length,
  );
  expect(long).toBe(0);
  expect(
    await page.evaluate(() => document.getAnimations().filter((one) => one.playState === "running").length),
  ).toBe(0);
});

test("paper has all of it, in light colours and without controls", { timeout: 60_000 }, async () => {
  const { page } = await deskOf("admin_key", "/?project=demo-saas&days=7", {
    colorScheme: "dark",
    viewport: { width: 718, height: 1000 },
  });
  await feed(page);
  for (const path of [
    "/?project=demo-saas&days=7",
    "/submissions?project=demo-saas&limit=25",
    `/submissions/${await submissionOf("bot")}`,
    "/projects",
    "/briefs",
    "/briefs/brief_1",
    "/alerts",
    "/channels",
  ]) {
    await page.emulateMedia({ media: "screen", colorScheme: "dark" });
    await page.goto(path);
    await page.locator("h1").waitFor({ state: "attached" });
    await settled(page);
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    await settled(page);
    const seen = await page.evaluate(() => {
      const visible = (element: Element) =>
        element.checkVisibility() && element.getBoundingClientRect().width > 1;
      const width = document.documentElement.clientWidth;
      const name = (element: Element) => `${element.tagName}.${element.getAttribute("class")}`;
      return {
        background: getComputedStyle(document.body).backgroundColor,
        navigation: [...document.querySelectorAll("nav, input, select, .toasts, .popover, .skip")]
          .filter(visible)
          .map(name),
        cut: [...document.querySelectorAll("table, .figure, .kpi, h2, p")]
          .filter((element) => visible(element) && element.getBoundingClientRect().right > width + 1)
          .map(name),
        scrolls: [...document.querySelectorAll(".table-frame")]
          .filter(
            (element) =>
              visible(element) &&
              element.scrollHeight > element.clientHeight + 1 &&
              getComputedStyle(element).overflowY !== "visible",
          )
          .map(name),
      };
    });
    expect([path, seen]).toEqual([
      path,
      { background: "rgb(255, 255, 255)", navigation: [], cut: [], scrolls: [] },
    ]);
  }
});
