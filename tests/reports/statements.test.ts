// What is asked of Analytics Engine: at most two statements a view, each of which its gate accepts, and none while the
// answer is known.

import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeOccasion, type Occasion, occasionOf, pathOf, pointsOf } from "./ask_random.ts";
import type { Point } from "./dataset.ts";
import { type Era, eras } from "./eras.ts";
import { Reports, scopes } from "./harness.ts";
import { addsUp, difference, forAll, type Report } from "./judge.ts";
import { runs } from "./random.ts";

let reports: Reports;
let points: Point[];
const era = eras().find(({ name }) => name === "America/New_York 2026") as Era;
const [moment = 0] = era.moments;

beforeAll(async () => {
  reports = await Reports.start();
  points = pointsOf(era);
  await reports.load(points);
});
afterAll(() => reports.stop());

const freshness = 300_000;

const withoutMeta = (text: string) => {
  const { meta, ...rest } = JSON.parse(text) as Report;
  return rest;
};

describe("statements", () => {
  it("are shown to an admin who asks, are those that ran, and are accepted", async () => {
    await forAll(occasionOf(era), 100 * runs, describeOccasion, async (occasion) => {
      const { now, scope } = occasion;
      reports.forget();
      const before = reports.statements.length;
      const path = pathOf(occasion, { explain: "1" });
      const { status, text, posts } = await reports.get(path, { now, scope, role: "admin" });
      if (status !== 200)
        return status === 400 || status === 403 ? "" : `status ${status}: ${text.slice(0, 800)}`;
      if (posts < 1 || posts > 2) return `${posts} statements`;
      const { explain, ...report } = JSON.parse(text) as Report & {
        explain: { statements: { sql: string }[] };
      };
      const shown = explain.statements.map(({ sql }) => sql).sort();
      const sent = reports.statements.slice(before).sort();
      const scoped = scopes[scope] === "all" || sent.every((sql) => /\bindex1\b/.test(sql));
      if (!scoped) return `a statement names no project: ${sent.join("\n")}`;
      return difference(sent, shown, "explain") || addsUp(report as Report);
    });
  });

  it("are not shown to marketing", async () => {
    reports.forget();
    const path = "/analytics/lead-stats?days=2&timezone=UTC&explain=1";
    const { text } = await reports.get(path, { now: moment * 1000 });
    expect(text).not.toContain("SELECT");
  });
});

describe("an answer that is known costs no statement", () => {
  it("for anyone with the same projects, however the question is spelled", async () => {
    await forAll(
      fc.tuple(occasionOf(era), fc.nat(15)),
      100 * runs,
      ([occasion, spelling]) => `${describeOccasion(occasion)}, again with spelling ${spelling}`,
      async ([occasion, spelling]) => {
        const { now, scope, question } = occasion;
        reports.forget();
        const first = await reports.get(pathOf(occasion), { now, scope });
        if (first.status !== 200) return "";
        if (first.posts > 2) return `${first.posts} statements`;
        const respelled: Occasion = { ...occasion, question: { ...question, spelling } };
        const again = await reports.get(pathOf(respelled), { now, scope, role: "admin" });
        if (again.posts !== 0) return `asked again, ${again.posts} statements`;
        const { cache } = (JSON.parse(again.text) as Report).meta;
        return cache === "hit"
          ? difference(withoutMeta(first.text), withoutMeta(again.text))
          : `cache ${cache}`;
      },
    );
  });

  const ask = (scope: keyof typeof scopes, seconds: number) => {
    const path = `/analytics/lead-stats?from=${new Date((moment - 86_400) * 1000).toISOString().slice(0, 19)}Z&to=${new Date(moment * 1000).toISOString().slice(0, 19)}Z&group_by=project`;
    return reports.get(path, { now: (moment + 3600 + seconds) * 1000, scope });
  };

  it("for five minutes, and no longer", async () => {
    reports.forget();
    expect((await ask("all", 0)).posts).toBeGreaterThan(0);
    expect((await ask("all", freshness / 1000 - 1)).posts).toBe(0);
    expect((await ask("all", freshness / 1000 + 1)).posts).toBeGreaterThan(0);
  });

  it("but is never given to a key of other projects", async () => {
    reports.forget();
    const all = JSON.parse((await ask("all", 0)).text) as Report;
    const one = await ask("one", 0);
    expect(all.groups.length).toBeGreaterThan(2);
    expect(one.posts).toBeGreaterThan(0);
    expect((JSON.parse(one.text) as Report).groups.map(({ key }) => key)).toEqual([
      { project: "north-star" },
    ]);
  });

  it("and is known in any order of its groups", async () => {
    reports.forget();
    const path = (sort: string) =>
      `/analytics/lead-stats?from=${new Date((moment - 86_400) * 1000).toISOString().slice(0, 19)}Z&group_by=city&sort=${sort}`;
    const at = { now: (moment + 3600) * 1000 };
    const first = await reports.get(path("bot"), at);
    const again = await reports.get(path("primary"), at);
    expect({ first: first.posts, again: again.posts }).toEqual({ first: 1, again: 0 });
    const ranked = (text: string, name: string) =>
      (JSON.parse(text) as Report).groups.filter(({ other }) => !other).map((group) => group[name]);
    for (const [text, name] of [
      [first.text, "bot"],
      [again.text, "primary"],
    ] as const) {
      const counts = ranked(text, name) as number[];
      expect(counts.length).toBeGreaterThan(3);
      expect(counts).toEqual(counts.toSorted((a, b) => b - a));
    }
    expect(ranked(first.text, "total")).not.toEqual(ranked(again.text, "total"));
  });

  it("and is asked for once by many who ask at the same time", async () => {
    reports.forget();
    const before = reports.statements.length;
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask("all", 0)));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(reports.statements.length - before).toBeLessThanOrEqual(2);
    expect(new Set(answers.map(({ text }) => JSON.stringify(withoutMeta(text)))).size).toBe(1);
  });
});

it("the environment's ledger throws where it is touched, and was not", () => {
  expect(reports.ledgerTouched).toBe(0);
});
