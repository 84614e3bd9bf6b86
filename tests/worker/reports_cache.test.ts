// What a view costs: one post, two where groups are compared, none while an answer is fresh, one set for all who ask at once.

import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { forgetKept } from "../../worker/src/effects/cache.ts";
import { manyRows, rowOf, says, whole } from "./support/fake_ae.ts";
import { Desk, hurry } from "./support/report_desk.ts";

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open();
});
afterEach(() => Desk.close());

const views: [report: "lead-stats" | "lead-stats/summary", query: string, posts: number][] = [
  ["lead-stats", "", 1],
  ["lead-stats", "days=90&bucket=60min&group_by=country,source", 1],
  ["lead-stats", "compare=previous&group_by=country", 2],
  ["lead-stats", "compare=previous_year&bucket=none", 1],
  ["lead-stats", "days=30&compare=previous&include=hour_of_week", 1],
  ["lead-stats", "days=30&compare=previous_week&bucket=60min", 1],
  ["lead-stats/summary", "", 2],
  ["lead-stats/summary", "days=30&country=IN", 2],
];

test.each(views)("%s?%s costs %d posts, and none the next time", async (report, query, posts) => {
  const ask = () => (report === "lead-stats" ? desk.stats(query) : desk.summary(query));
  const first = await ask();
  expect(first.status).toBe(200);
  expect(first.json.meta.cache).toBe("miss");
  expect(first.headers.get("cache-status")).toMatch(/^leadledger; fwd=/);
  expect(desk.analytics.posts).toHaveLength(posts);

  desk.after(290);
  const second = await ask();
  expect(desk.analytics.posts).toHaveLength(posts);
  expect(second.json.meta.cache).toBe("hit");
  expect(second.headers.get("cache-status")).toMatch(/^leadledger; hit\b/);
  expect(second.headers.get("x-request-id")).not.toBe(first.headers.get("x-request-id"));
  first.json.meta.cache = "hit";
  expect(second.json).toEqual(first.json);

  desk.after(20);
  const third = await ask();
  expect(third.json.meta.cache).toBe("miss");
  expect(third.json.meta.generated_at).not.toBe(first.json.meta.generated_at);
  expect(desk.analytics.posts).toHaveLength(2 * posts);
});

test("the order and the spelling of parameters do not matter", async () => {
  await desk.stats("group_by=type&country=IN,US&days=7&vpn=true");
  for (const query of [
    "vpn=true&days=7&country=US,IN&group_by=event_type",
    "country=IN%2CUS%2CIN&vpn=true&group_by=event%5Ftype",
    "bucket=day&compare=none&format=json&limit=50&group_by=type&country=IN,US&vpn=true",
  ]) {
    expect((await desk.stats(query)).json.meta.cache, query).toBe("hit");
  }
  expect(desk.analytics.posts).toHaveLength(1);
});

test("another format, limit or explanation of a view costs nothing", async () => {
  await desk.stats("group_by=country&bucket=none", { key: "admin" });
  for (const more of [
    "format=csv",
    "format=csv&bom=1",
    "format=ndjson",
    "limit=2",
    "sort=bot",
    "explain=1",
  ]) {
    const { status, headers } = await desk.stats(`group_by=country&bucket=none&${more}`, { key: "admin" });
    expect(status).toBe(200);
    expect(headers.get("cache-status"), more).toMatch(/^leadledger; hit\b/);
  }
  expect(desk.analytics.posts).toHaveLength(1);
});

test.each([
  "country=IN",
  "days=8",
  "bucket=week",
  "group_by=city",
  "timezone=UTC",
  "vpn=false",
  "city=-IN",
  "include=hour_of_week",
])("%s is another view", async (query) => {
  await desk.stats("");
  expect((await desk.stats(query)).json.meta.cache).toBe("miss");
  expect(desk.analytics.posts).toHaveLength(2);
});

test("a summary and a report of the same query are two answers", async () => {
  await desk.summary("days=7");
  const { json } = await desk.stats("days=7&bucket=60min&compare=previous");
  expect(json.meta.cache).toBe("miss");
  expect(desk.analytics.posts).toHaveLength(3);
});

test("what is watched minute by minute is asked for again after seconds", async () => {
  const query = "bucket=1min&from=2026-11-21T15:41:20%2B05:30"; // the present is 16:10
  const first = await desk.stats(query);
  expect(first.json.buckets).toHaveLength(30);
  expect(first.json.buckets[0]).toMatchObject({
    start: "2026-11-21T15:41:00+05:30",
    end: "2026-11-21T15:42:00+05:30",
    partial: true,
  });
  expect(first.json.buckets[1].partial).toBe(false);
  desk.after(14);
  expect((await desk.stats(query)).json.meta.cache).toBe("hit");
  desk.after(2);
  expect((await desk.stats(query)).json.meta.cache).toBe("miss");
  expect(desk.analytics.posts).toHaveLength(2);
});

test("when the running bucket has ended, its successor is asked for", async () => {
  const before = await desk.stats("days=1&bucket=15min");
  desk.after(299); // 16:14:59
  expect((await desk.stats("days=1&bucket=15min")).json.meta.cache).toBe("hit");
  desk.after(1);
  const after = await desk.stats("days=1&bucket=15min");
  expect(after.json.meta.cache).toBe("miss");
  expect(after.json.buckets).toHaveLength(before.json.buckets.length + 1);
});

test.each([
  ["", 1],
  ["compare=previous", 1],
  ["compare=previous&group_by=country", 2],
])("five who ask '%s' at once share %d posts", async (query, posts) => {
  const answers = await Promise.all(Array.from({ length: 5 }, () => desk.stats(query)));
  expect(desk.analytics.posts).toHaveLength(posts);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  for (const { json } of answers) expect(json.totals).toEqual(answers[0]?.json.totals);
  expect(answers.filter(({ json }) => json.meta.cache === "miss")).toHaveLength(1);
});

test("five who ask for a summary at once share two posts", async () => {
  const answers = await Promise.all(Array.from({ length: 5 }, () => desk.summary("")));
  expect(desk.analytics.posts).toHaveLength(2);
  for (const { json } of answers) expect(json.totals).toEqual(answers[0]?.json.totals);
});

test("formats and limits of one view that are asked for at once share one post", async () => {
  const query = "group_by=country&bucket=none";
  const [json, csv, ndjson, few, explained] = await Promise.all([
    desk.stats(query),
    desk.stats(`${query}&format=csv`),
    desk.stats(`${query}&format=ndjson`),
    desk.stats(`${query}&limit=1`, { key: "admin" }),
    desk.stats(`${query}&explain=1`, { key: "admin" }),
  ]);
  expect(desk.analytics.posts).toHaveLength(1);
  const groups = json?.json.groups.length;
  expect(csv?.text.split("\r\n")).toHaveLength(groups + 2);
  expect(ndjson?.text.split("\n")).toHaveLength(groups + 1);
  expect(few?.json.groups).toHaveLength(2);
  expect(explained?.json.explain.statements).toHaveLength(1);
});

test("those who wait for an answer that fails are told why, and the next one asks again", async () => {
  hurry();
  desk.analytics.plays(says(401, "no"), whole());
  const answers = await Promise.all(Array.from({ length: 4 }, () => desk.stats("")));
  expect(answers.map(({ status }) => status)).toEqual([502, 502, 502, 502]);
  expect(new Set(answers.map(({ json }) => json.detail)).size).toBe(1);
  expect(desk.analytics.posts).toHaveLength(1);
  expect((await desk.stats("")).status).toBe(200);
});

test("an answer that is too large for the isolate's memory is found in the data centre's cache", async () => {
  const { scene } = manyRows(12_000, (n) =>
    rowOf({ d0: `${"a city with a long name ".repeat(3)}${n}`, m_n: 1n, m_bot: 1n, m_rows: 1n, m_most: 1n }),
  );
  desk.analytics.plays(scene);
  const first = await desk.stats("group_by=city&bucket=none");
  const second = await desk.stats("group_by=city&bucket=none");
  expect(second.json.meta.cache).toBe("hit");
  expect(second.json.groups).toEqual(first.json.groups);
  expect(desk.analytics.posts).toHaveLength(1);
});

test("more text than fits into memory is refused, to all who ask at once, with what helps", async () => {
  const name = "a landing page with quite a long name indeed, ".repeat(3);
  const { scene } = manyRows(150_000, (n) =>
    rowOf({ d0: `${name}${n}`, m_n: 1n, m_bot: 1n, m_rows: 1n, m_most: 1n }),
  );
  desk.analytics.plays(scene);
  const query = "group_by=landing_path&bucket=none&limit=1";
  const answers = await Promise.all([1, 2].map(() => desk.stats(query)));
  for (const { status, json } of answers) {
    expect(status).toBe(400);
    expect(json.detail).toMatch(/more text than fits into memory.*shorter range/);
  }
  expect(desk.analytics.posts).toHaveLength(1);
});

// ---- a cache that is none

test("a cache that fails, or answers too late, costs a post and no answer", async () => {
  hurry();
  const real = await caches.open("leadledger");
  const broken: Record<string, () => Promise<Cache>> = {
    "cannot be opened": () => Promise.reject(new Error("no cache")),
    "is slow": () => new Promise((resolve) => setTimeout(() => resolve(real), 8000)),
  };
  for (const [how, open] of Object.entries(broken)) {
    vi.spyOn(caches, "open").mockImplementation(open);
    forgetKept();
    const { status, json } = await desk.stats(`city=${encodeURIComponent(how)}`);
    expect(status, how).toBe(200);
    expect(json.meta.cache).toBe("miss");
  }
});

/** A data centre's cache that gives back what a test has made of what was put into it. */
function cacheThat(changes: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>) {
  const entries = new Map<string, { bytes: Uint8Array<ArrayBuffer>; headers: Headers }>();
  const cache = {
    async put(url: string, response: Response) {
      const bytes = new Uint8Array(await response.arrayBuffer());
      entries.set(url, { bytes, headers: new Headers(response.headers) });
    },
    async match(url: string) {
      const found = entries.get(url);
      return found && new Response(changes(found.bytes.slice()), { headers: found.headers });
    },
  };
  vi.spyOn(caches, "open").mockImplementation(async () => cache as unknown as Cache);
}

test("an entry that is cut short or has a tail is as if it were not there", async () => {
  let change = (bytes: Uint8Array<ArrayBuffer>) => bytes;
  cacheThat((bytes) => change(bytes));
  const query = "group_by=country,source&compare=previous&days=30";
  const expected = await desk.stats(query);
  forgetKept();
  expect((await desk.stats(query)).json.meta.cache).toBe("hit");
  const cuts = [0, 1, 3, 4, 7, 8, 11, 12, 20, 100, 500, 1000, 3000];
  const changes = cuts.map((size) => (bytes: Uint8Array<ArrayBuffer>) => bytes.slice(0, size));
  changes.push((bytes) => bytes.slice(0, -1));
  changes.push((bytes) => bytes.slice(0, Math.floor(bytes.length / 2)));
  changes.push((bytes) => new Uint8Array([...bytes, 0]));
  changes.push((bytes) => bytes.fill(0xff));
  changes.push((bytes) => bytes.fill(0));
  for (const next of changes) {
    change = next;
    forgetKept();
    const { status, json } = await desk.stats(query);
    expect(status).toBe(200);
    expect(json.meta.cache).toBe("miss");
    expect(json.groups).toEqual(expected.json.groups);
  }
});

test("an entry with a byte changed never costs an answer", async () => {
  let at = 0;
  cacheThat((bytes) => {
    const place = at % bytes.length;
    bytes[place] = (bytes[place] as number) ^ (1 << (at & 7));
    return bytes;
  });
  await desk.stats("group_by=country&days=7&explain=1", { key: "admin" });
  for (; at < 4000; at += 13) {
    forgetKept();
    const { status } = await desk.call(desk.path("lead-stats", "group_by=country&days=7"));
    expect(status, `byte ${at}`).toBe(200);
  }
});

// ---- conditional requests

test.each(["lead-stats", "lead-stats/summary"] as const)("%s: who has it gets 304", async (report) => {
  const path = desk.path(report, "days=3");
  const first = await desk.call(path);
  const etag = first.headers.get("etag") as string;
  expect(etag).toMatch(/^W\/"[0-9a-f]{16}"$/);
  for (const tag of [etag, `"x", ${etag}`, etag.slice(2), "*", `${etag},"y"`]) {
    for (const method of ["GET", "HEAD"]) {
      const { status, text, headers } = await desk.call(path, { method, headers: { "if-none-match": tag } });
      expect(status, tag).toBe(304);
      expect(text).toBe("");
      expect(headers.get("etag")).toBe(etag);
      expect(headers.get("vary")).toBe(first.headers.get("vary"));
      expect(headers.get("cache-control")).toBe(first.headers.get("cache-control"));
    }
  }
  for (const tag of ['"x"', 'W/"0000000000000000"', "", etag.replaceAll('"', "")]) {
    expect((await desk.call(path, { headers: { "if-none-match": tag } })).status, tag).toBe(200);
  }
  expect(desk.analytics.posts).toHaveLength(first.json.top ? 2 : 1);
});

test("a tag belongs to one format, limit and answer", async () => {
  const tags = new Set<string>();
  const tagOf = async (query: string) => {
    const { headers } = await desk.stats(`group_by=country&bucket=none${query}`);
    const tag = headers.get("etag") as string;
    const again = await desk.stats(`group_by=country&bucket=none${query}`);
    expect(again.headers.get("etag")).toBe(tag);
    return tag;
  };
  for (const query of ["", "&format=csv", "&format=csv&bom=1", "&format=ndjson", "&limit=2", "&days=8"]) {
    tags.add(await tagOf(query));
  }
  expect(tags.size).toBe(6);
  const before = await tagOf("");
  desk.after(301);
  desk.analytics.points = desk.analytics.points.slice(1);
  expect(await tagOf("")).not.toBe(before);
});

test("without a newer answer the tag is the same when the clock has moved on within the five minutes", async () => {
  const { headers } = await desk.stats("");
  desk.after(120);
  const tag = { "if-none-match": headers.get("etag") as string };
  expect((await desk.stats("", { headers: tag })).status).toBe(304);
});

test.each([
  ["lead-stats", ""],
  ["lead-stats", "format=csv"],
  ["lead-stats", "format=csv&days=90&bucket=30min&group_by=country"],
  ["lead-stats", "days=90&bucket=30min&group_by=country"],
  ["lead-stats/summary", ""],
] as const)("HEAD of %s?%s is a GET without its body", async (report, query) => {
  const head = await desk.call(desk.path(report, query), { method: "HEAD" });
  const posts = desk.analytics.posts.length;
  const get = await desk.call(desk.path(report, query));
  expect(head.status).toBe(200);
  expect(head.text).toBe("");
  for (const name of ["content-type", "content-disposition", "etag", "vary", "cache-control"]) {
    expect(head.headers.get(name), name).toBe(get.headers.get(name));
  }
  expect(desk.analytics.posts).toHaveLength(posts);
});

test("headers of an answer", async () => {
  const { headers } = await desk.stats("");
  expect(headers.get("content-type")).toBe("application/json; charset=utf-8");
  expect(headers.get("cache-control")).toMatch(/^private\b/);
  expect(headers.get("vary")).toMatch(/accept/);
  expect(headers.has("content-disposition")).toBe(false);
  expect(headers.has("retry-after")).toBe(false);
});
