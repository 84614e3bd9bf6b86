// Completes package-lock.json: `npm run lock`, after every change of the dependencies.
//
// Packages with native code name one optional package per platform. npm leaves those out of the lock which
// the registry in use does not serve (a mirror often carries only the platforms of its house), and then
// refuses its own lock: `npm ci` stops with "Missing: ... from lock file". An entry without a checksum is
// enough for it; on the platform itself the registry's own checksum still guards the download.
// It also removes addresses: the same lock must work with any registry.

import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const systems = { android: "android", darwin: "darwin", linux: "linux", win32: "win32", windows: "win32" };
const machines = { 64: "x64", x64: "x64", arm64: "arm64" };

/** os, cpu and libc, as far as the name of a platform's package tells them. */
export function platformOf(name) {
  const words = name.split(/[/-]/);
  const os = words.map((word) => systems[word]).find(Boolean);
  const cpu = words.map((word) => machines[word]).find(Boolean);
  const libc = words.includes("musl") ? "musl" : words.includes("gnu") ? "glibc" : undefined;
  return { ...(cpu && { cpu: [cpu] }), ...(os && { os: [os] }), ...(libc && { libc: [libc] }) };
}

/** Adds the missing entries to a parsed lock, drops addresses, and returns the names it added. */
export function complete(lock) {
  const added = [];
  for (const entry of Object.values(lock.packages)) {
    delete entry.resolved;
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const key = `node_modules/${name}`;
      if (key in lock.packages) continue;
      if (!/^\d/.test(version)) throw new Error(`${name} asks for "${version}": not one exact version`);
      lock.packages[key] = { version, ...platformOf(name), dev: true, optional: true };
      added.push(name);
    }
  }
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  lock.packages = Object.fromEntries(sorted);
  return added;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = new URL("../package-lock.json", import.meta.url);
  const lock = JSON.parse(readFileSync(file, "utf8"));
  const added = complete(lock);
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(
    added.length ? `completed package-lock.json with ${added.join(", ")}` : "package-lock.json is complete",
  );
}
