import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { inRoot } from "../../scripts/lib/paths.mjs";
import { complete, platformOf } from "../../scripts/lock.mjs";

const lock = JSON.parse(readFileSync(inRoot("package-lock.json"), "utf8"));
const manifest = JSON.parse(readFileSync(inRoot("package.json"), "utf8"));

describe("package-lock.json", () => {
  it("has an entry for every platform, so that npm ci accepts it everywhere", () => {
    expect(complete(structuredClone(lock))).toEqual([]);
  });

  it("names no registry", () => {
    expect(JSON.stringify(lock)).not.toMatch(/"resolved"|https?:\/\/registry/);
  });

  it("says of each package with an install script whether it may run", () => {
    const scripted = Object.entries(lock.packages)
      .filter(([name, entry]) => entry.hasInstallScript && !name.endsWith("/fsevents"))
      .map(([name]) => name.replace("node_modules/", ""));
    expect(Object.keys(manifest.allowScripts).sort()).toEqual(scripted.sort());
  });

  it("pins every direct dependency to one version", () => {
    const versions = Object.values({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });
});

describe("complete", () => {
  it("adds what is missing, with its platform, and drops addresses", () => {
    const packages = {
      "": {},
      "node_modules/a": { resolved: "somewhere", optionalDependencies: { "@a/linux-x64-musl": "1.2.3" } },
    };
    const torn = { packages };
    expect(complete(torn)).toEqual(["@a/linux-x64-musl"]);
    expect(torn.packages["node_modules/a"].resolved).toBeUndefined();
    expect(torn.packages["node_modules/@a/linux-x64-musl"]).toEqual({
      version: "1.2.3",
      cpu: ["x64"],
      os: ["linux"],
      libc: ["musl"],
      dev: true,
      optional: true,
    });
  });

  it("refuses to guess a version", () => {
    const torn = { packages: { "node_modules/a": { optionalDependencies: { b: "^1.0.0" } } } };
    expect(() => complete(torn)).toThrow(/not one exact version/);
  });

  it.each([
    ["@cloudflare/workerd-darwin-64", { cpu: ["x64"], os: ["darwin"] }],
    ["@cloudflare/workerd-windows-64", { cpu: ["x64"], os: ["win32"] }],
    ["@chdb/lib-linux-arm64-gnu", { cpu: ["arm64"], os: ["linux"], libc: ["glibc"] }],
  ])("reads the platform of %s", (name, platform) => expect(platformOf(name)).toEqual(platform));
});
