// `npm run webhooks` as it is called, on a file of its own.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeChannel, newSecret } from "../../scripts/lib/channel_list.mjs";
import { inRoot } from "../../scripts/lib/paths.mjs";

let folder;
let file;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "leadledger-webhooks-"));
  file = join(folder, "deep/webhooks.json");
});
afterAll(() => rmSync(folder, { recursive: true }));

function call(args, { env = {}, input = "" } = {}) {
  const done = spawnSync(process.execPath, [inRoot("scripts/webhooks.mjs"), ...args], {
    encoding: "utf8",
    input,
    env: { ...process.env, ...env },
  });
  return { code: done.status, out: done.stdout, error: done.stderr };
}
const webhooks = (...args) => call([...args, "--file", file]);

const list = () => JSON.parse(readFileSync(file, "utf8"));
const shown = (text) => /whsec_[A-Za-z0-9+/]{43}=/.exec(text)?.[0];
const good = ["--type", "webhook", "--projects", "globex,acme", "--topics", "alert,brief"];

it("makes, lists, rotates and removes; a secret is shown when it is made, and never again", () => {
  expect(webhooks("list").out).toBe("No channels.\n");

  const made = webhooks("make", "--id", "ops", "--url", "https://hooks.example/T0SECRET", ...good);
  expect(made).toMatchObject({ code: 0, error: "" });
  expect(list()).toEqual([
    {
      id: "ops",
      type: "webhook",
      url: "https://hooks.example/T0SECRET",
      secret: shown(made.out),
      projects: ["acme", "globex"],
      topics: ["brief", "alert"],
    },
  ]);
  expect(made.out).toContain(`wrangler secret put WEBHOOKS --env "" < ${file}`);
  expect(made.out).not.toContain("T0SECRET");
  expect(statSync(file).mode & 0o077).toBe(0);

  const quiet = ["--quiet", "22:00-07:00", "--timezone", "Asia/Kolkata"];
  const slack = ["make", "--id", "team", "--type", "slack", "--projects", "*", "--topics", "alert", ...quiet];
  const second = call([...slack, "--url", "-", "--file", file], {
    input: "https://hooks.slack.com/services/T0SECRET\n",
  });
  expect(second).toMatchObject({ code: 0, error: "" });
  expect(shown(second.out)).toBeUndefined();
  expect(list()[1]).toEqual({
    id: "team",
    type: "slack",
    url: "https://hooks.slack.com/services/T0SECRET",
    projects: ["*"],
    topics: ["alert"],
    quiet_hours: { from: "22:00", to: "07:00", timezone: "Asia/Kolkata" },
  });

  const listed = webhooks("list").out;
  expect(listed).toBe(
    "ops  webhook  hooks.example  acme,globex  brief,alert\nteam  slack    hooks.slack.com  *  alert  quiet 22:00-07:00 Asia/Kolkata\n",
  );

  const rotated = webhooks("rotate", "ops");
  expect(shown(rotated.out)).not.toBe(shown(made.out));
  expect(list()[0].secret).toBe(shown(rotated.out));
  expect(list().map(({ id }) => id)).toEqual(["ops", "team"]);

  expect(webhooks("remove", "ops").out).toContain("Removed ops.");
  expect(list().map(({ id }) => id)).toEqual(["team"]);
});

it("keeps the list of the local stack where npm start looks for it", () => {
  const env = { LEADLEDGER_STATE: folder };
  const args = ["make", "--id", "here", "--url", "http://127.0.0.1:9000/", ...good, "--local"];
  const made = call(args, { env });
  expect(made).toMatchObject({ code: 0, error: "" });
  expect(made.out).toContain("next npm start");
  expect(JSON.parse(readFileSync(join(folder, "local-webhooks.json"), "utf8"))[0].id).toBe("here");
  expect(call(["list", "--local", "--upload"], { env }).error).toContain("goes nowhere else");
});

const url = ["--url", "https://hooks.example/"];
it.each([
  [["make", ...url, ...good], /--id must be/],
  [["make", "--id", "Team A", ...url, ...good], /--id must be/],
  [["make", "--id", "team", ...url, ...good], /already/],
  [["make", "--id", "x", ...url, ...good, "--type", "pager"], /--type must be/],
  [["make", "--id", "x", ...good], /--url is missing/],
  [["make", "--id", "x", ...good, "--url", "http://hooks.example/"], /https/],
  [["make", "--id", "x", ...good, "--url", "http://127.0.0.1.evil.example/"], /https/],
  [["make", "--id", "x", ...good, "--url", "https://ada:pw@hooks.example/"], /credentials/],
  [["make", "--id", "x", ...good, "--url", "https://hooks.example/a'b"], /' in it/],
  [["make", "--id", "x", ...good, "--url", "https://my_hooks.example/"], /no host/],
  [["make", "--id", "x", ...good, "--url", "https://hooks.example:0/"], /no host/],
  [["make", "--id", "x", ...good, "--url", `https://hooks.example/${"a".repeat(2048)}`], /2048 bytes/],
  [["make", "--id", "x", ...url, ...good, "--projects", "A B"], /is no project/],
  [["make", "--id", "x", ...url, ...good, "--projects", "*,acme"], /stands alone/],
  [["make", "--id", "x", ...url, ...good, "--topics", "poems"], /--topics must be/],
  [["make", "--id", "x", ...url, ...good, "--quiet", "22:00-22:00", "--timezone", "UTC"], /hours are none/],
  [["make", "--id", "x", ...url, ...good, "--quiet", "22-7", "--timezone", "UTC"], /--quiet must be/],
  [["make", "--id", "x", ...url, ...good, "--quiet", "22:00-07:00"], /--timezone must be/],
  [["make", "--id", "x", ...url, ...good, "--quiet", "22:00-07:00", "--timezone", "Mars"], /--timezone/],
  [["rotate", "team"], /not signed/],
  [["rotate"], /no channel/],
  [["remove", "none"], /no channel/],
  [["forget"], /nothing this can do/],
  [["make", "extra"], /Too many words/],
  [["make", "--colour", "red"], /Unknown option/],
])("refuses %j and leaves the list alone", (args, message) => {
  const before = readFileSync(file, "utf8");
  const done = webhooks(...args);
  expect(done.code).toBe(1);
  expect(done.error).toMatch(message);
  expect(readFileSync(file, "utf8")).toBe(before);
});

describe("the list", () => {
  it("ends where a Worker's secret ends", () => {
    const wanted = { type: "webhook", url: "https://hooks.example/", projects: ["*"], wanted: ["alert"] };
    let channels = [];
    const fill = () => {
      for (let at = 0; ; at += 1) channels = makeChannel(channels, { ...wanted, id: `c${at}` });
    };
    expect(fill).toThrow(/5120 bytes/);
    expect(JSON.stringify(channels).length).toBeGreaterThan(4900);
  });

  it("has secrets of 256 bits, as Standard Webhooks writes them", () => {
    expect(newSecret()).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(newSecret()).not.toBe(newSecret());
  });
});
