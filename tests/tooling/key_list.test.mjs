import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { digestOf, duration, makeEntry, newKey, remove, rotate } from "../../scripts/lib/key_list.mjs";

const now = new Date("2026-03-01T10:00:00Z");
const wanted = { role: "marketing", projects: ["acme"], name: "Reports", now };

describe("a new key", () => {
  it("says its role and carries 256 bits", () => {
    expect(newKey("admin")).toMatch(/^llk_a_[A-Za-z0-9_-]{43}$/);
    expect(newKey("marketing")).toMatch(/^llk_m_[A-Za-z0-9_-]{43}$/);
    expect(newKey("admin")).not.toBe(newKey("admin"));
  });

  it("is on the list as a digest, and nowhere as itself", () => {
    const { key, entry } = makeEntry(wanted);
    expect(entry).toEqual({
      id: expect.stringMatching(/^key_[0-9a-f]{12}$/),
      name: "Reports",
      role: "marketing",
      projects: ["acme"],
      digest: createHash("sha256").update(key).digest("hex"),
      created_at: "2026-03-01T10:00:00Z",
      expires_at: null,
    });
    expect(JSON.stringify(entry)).not.toContain(key);
  });

  it.each([
    ["an unknown role", { role: "owner" }, /--role must be admin or marketing/],
    ["no role", { role: undefined }, /--role must be/],
    ["no name", { name: "" }, /--name is missing/],
    ["no projects", { projects: undefined }, /--projects is missing/],
    ["an empty list of projects", { projects: [] }, /--projects is missing/],
    ["a slug with capitals", { projects: ["Acme"] }, /"Acme" is no project/],
    ["a slug that is too long", { projects: ["a".repeat(65)] }, /is no project/],
    ["all projects and one more", { projects: ["*", "acme"] }, /stands alone/],
  ])("is refused for %s", (_, change, message) => {
    expect(() => makeEntry({ ...wanted, ...change })).toThrow(message);
  });
});

describe("rotate", () => {
  const old = makeEntry(wanted).entry;
  const other = makeEntry({ ...wanted, name: "Other" }).entry;
  const day = 86_400_000;

  it("makes a like key and ends the old one after the overlap", () => {
    const made = rotate([old, other], old.id, 7 * day, now);
    expect(made.entry).toMatchObject({
      role: "marketing",
      projects: ["acme"],
      name: "Reports",
      expires_at: null,
    });
    expect(made.entry.digest).toBe(digestOf(made.key));
    expect(made.entry.id).not.toBe(old.id);
    expect(made.list).toEqual([other, { ...old, expires_at: "2026-03-08T10:00:00Z" }, made.entry]);
  });

  it("drops the old key at once where there is no overlap", () => {
    const made = rotate([old, other], old.id, 0, now);
    expect(made.list).toEqual([other, made.entry]);
  });

  it("never lengthens the life of the old key", () => {
    const short = { ...old, expires_at: "2026-03-02T00:00:00Z" };
    expect(rotate([short], short.id, 7 * day, now).list[0]).toEqual(short);
  });

  it("refuses an id that is not there", () => {
    expect(() => rotate([other], old.id, day, now)).toThrow(/no key/);
    expect(() => remove([other], old.id)).toThrow(/no key/);
  });

  it("remove takes one entry away", () => {
    expect(remove([old, other], old.id)).toEqual([other]);
  });
});

describe("duration", () => {
  it.each([
    ["7d", 604_800_000],
    ["12h", 43_200_000],
    ["30m", 1_800_000],
    ["0", 0],
  ])("reads %s", (text, ms) => expect(duration(text)).toBe(ms));

  it.each(["7", "d", "-1d", "1w", "", undefined, "1d1h"])("refuses %s", (text) => {
    expect(() => duration(text)).toThrow(/no duration/);
  });
});
