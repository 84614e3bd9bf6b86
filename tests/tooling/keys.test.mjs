// `npm run keys` as it is called, on a file of its own.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { digestOf } from "../../scripts/lib/key_list.mjs";
import { inRoot } from "../../scripts/lib/paths.mjs";

let folder;
let file;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "leadledger-keys-"));
  file = join(folder, "deep/keys.json");
});
afterAll(() => rmSync(folder, { recursive: true }));

function keys(...args) {
  const done = spawnSync(process.execPath, [inRoot("scripts/keys.mjs"), ...args, "--file", file], {
    encoding: "utf8",
  });
  return { code: done.status, out: done.stdout, error: done.stderr };
}

const list = () => JSON.parse(readFileSync(file, "utf8"));
const shown = (text) => /llk_[am]_[A-Za-z0-9_-]{43}/.exec(text)?.[0];

it("makes, lists, rotates and removes, and keeps digests only", () => {
  expect(keys("list").out).toBe("No keys.\n");

  const made = keys("make", "--role", "admin", "--projects", "*", "--name", "Ops");
  expect(made).toMatchObject({ code: 0, error: "" });
  const key = shown(made.out);
  expect(list()).toHaveLength(1);
  expect(list()[0]).toMatchObject({ role: "admin", projects: ["*"], name: "Ops", digest: digestOf(key) });
  expect(made.out).toContain(`wrangler secret put API_KEYS --env "" < ${file}`);
  expect(statSync(file).mode & 0o077).toBe(0);

  const { id } = list()[0];
  expect(keys("list").out).toContain(`${id}  admin      *  "Ops"`);
  const next = keys("rotate", id, "--overlap", "1d");
  expect(next.code).toBe(0);
  expect(list().map((entry) => entry.id === id)).toEqual([true, false]);
  expect(list()[1].digest).toBe(digestOf(shown(next.out)));
  expect(keys("list").out).toContain("until 20");

  expect(keys("remove", id).out).toContain(`Removed ${id}.`);
  expect(list()).toHaveLength(1);
  for (const secret of [key, shown(next.out)]) expect(readFileSync(file, "utf8")).not.toContain(secret);
});

it.each([
  [["make", "--role", "boss", "--projects", "*", "--name", "x"], /--role must be/],
  [["make", "--role", "admin", "--projects", "a b", "--name", "x"], /is no project/],
  [["rotate"], /no key/],
  [["remove", "key_none"], /no key/],
  [["forget"], /nothing this can do/],
  [["make", "extra"], /Too many words/],
  [["make", "--colour", "red"], /Unknown option/],
])("refuses %j and leaves the list alone", (args, message) => {
  const before = readFileSync(file, "utf8");
  const done = keys(...args);
  expect(done.code).toBe(1);
  expect(done.error).toMatch(message);
  expect(readFileSync(file, "utf8")).toBe(before);
});
