// Small files that are read by others while we write them: always whole, never half.

import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Undefined if the file is not there. */
export function readJson(file) {
  const text = readText(file);
  return text === undefined ? undefined : JSON.parse(text);
}

export function readText(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** Only this user may read it: such files hold keys. */
export function writeJson(file, value) {
  writePrivate(file, `${JSON.stringify(value, null, 2)}\n`);
}

export function writePrivate(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  const fresh = `${file}.${process.pid}.new`;
  writeFileSync(fresh, text, { mode: 0o600 });
  renameSync(fresh, file);
}

/** Writes only what differs, so that whoever watches the file is not woken for nothing. */
export function writeIfChanged(file, content) {
  const bytes = Buffer.from(content);
  try {
    if (readFileSync(file).equals(bytes)) return false;
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  return true;
}
