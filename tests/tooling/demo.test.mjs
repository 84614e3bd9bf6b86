// The demo data: the same every time, and the same story in D1 and in Analytics Engine.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { pointWriter } from "../../scripts/demo/points.mjs";
import { statements } from "../../scripts/demo/rows.mjs";
import { submissions } from "../../scripts/demo/visitors.mjs";
import { inRoot } from "../../scripts/lib/paths.mjs";

const json = (path) => JSON.parse(readFileSync(inRoot(path), "utf8"));
const rules = json("schema/rules.json");
const { reasons } = json("schema/reasons.json");
const reports = json("schema/reports.json");
const schema = json("schema/datasets/lead_submissions.json");
const now = Date.UTC(2026, 5, 30, 18);

const visits = submissions({ now, rules });
const share = (test) => visits.filter(test).length / visits.length;

describe("the demo submissions", () => {
  it("are the same each time", () => {
    expect(submissions({ now, rules })).toEqual(visits);
  });

  it("are about 20,000, within the 90 days, in order", () => {
    expect(visits.length).toBeGreaterThan(18_000);
    expect(visits.length).toBeLessThan(22_000);
    expect(visits.every((visit, index) => index === 0 || visits[index - 1].at <= visit.at)).toBe(true);
    expect(visits.at(-1).at).toBeLessThanOrEqual(now);
    expect(visits[0].at).toBeGreaterThan(now - 91.5 * 86_400_000);
  });

  it("show all five types and all flags, in believable parts", () => {
    const types = new Set(visits.map((visit) => visit.type));
    expect([...types].sort()).toEqual(["blocked", "bot", "follow_up", "primary", "test"]);
    expect(share((visit) => visit.type === "primary")).toBeGreaterThan(0.5);
    for (const flag of ["vpn", "suspicious", "hot"]) {
      expect(share((visit) => visit[flag])).toBeGreaterThan(0.01);
      expect(share((visit) => visit[flag])).toBeLessThan(0.4);
    }
    for (const visit of visits) {
      expect(Number.isInteger(visit.leadScore) && visit.leadScore >= 0 && visit.leadScore <= 100).toBe(true);
    }
  });

  it("belong to nobody: reserved domains and addresses only", () => {
    for (const { person, ip } of visits) {
      expect(person.email).toMatch(/\.example$/);
      expect(ip).toMatch(/^(203\.0\.113|198\.51\.100|192\.0\.2)\.\d+$/);
    }
  });

  it("give reasons that the product has", () => {
    const codes = new Set(reasons.map(({ code }) => code));
    expect(visits.flatMap((visit) => visit.reasons).filter((code) => !codes.has(code))).toEqual([]);
  });
});

describe("a demo point", () => {
  const points = visits.map(pointWriter(schema)).map((line) => JSON.parse(line));
  const blob = (point, name) => point.blobs[schema.blobs.find((column) => column.name === name).slot - 1];

  it("has each value in the slot that the schema gives it", () => {
    points.forEach((point, index) => {
      expect(blob(point, "event_type")).toBe(visits[index].type);
      expect(blob(point, "lead_id")).toBe(visits[index].lead?.id ?? "");
      expect(blob(point, "country")).toBe(visits[index].place.country);
      expect(point.index1).toBe(visits[index].project.slug);
    });
  });

  it("fits the limits of its slots", () => {
    for (const point of points) {
      expect(point.blobs).toHaveLength(schema.blobs.length);
      expect(point.doubles).toHaveLength(schema.doubles.length);
      for (const column of schema.blobs) {
        expect(Buffer.byteLength(blob(point, column.name))).toBeLessThanOrEqual(column.max_bytes);
      }
    }
  });
});

it("the statements hold every submission once, and none is longer than D1 takes", () => {
  const all = [...statements(visits, { now, rules, reasons, reports })];
  expect(Math.max(...all.map((statement) => Buffer.byteLength(statement)))).toBeLessThan(100_000);
  const text = all.filter((statement) => statement.includes("INTO submissions ")).join("\n");
  expect(text.match(/^\('sub_[0-9a-f]{32}'/gm)).toHaveLength(visits.length);
});
