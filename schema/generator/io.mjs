// Reading schema files and writing generated ones.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

export const readFile = (path) => readFileSync(join(root, path), "utf8");

export const readSchema = (name) => JSON.parse(readFile(join("schema", name)));

export const readDatasets = () =>
  readdirSync(join(root, "schema", "datasets"))
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => readSchema(join("datasets", name)));

export function writeOutputs(files) {
  for (const [name, text] of Object.entries(files)) {
    const path = join(root, name);
    if (existsSync(path) && readFileSync(path, "utf8") === text) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

/** A C++ header with the common first and last lines. */
export const header = (includes, body) =>
  `// Generated from schema/ by schema/generate.mjs. Do not edit.
#pragma once

${includes.map((name) => `#include <${name}>`).join("\n")}

namespace leadledger::schema {

${body.trim()}

}  // namespace leadledger::schema
`;

export const camel = (name) =>
  name
    .split("_")
    .map((part) => part[0].toUpperCase() + part.slice(1))
    .join("");

export const cppString = (text) => JSON.stringify(text);

/** `constexpr std::array<T, n> name = {...};`, several entries a line. */
export const cppArray = (type, name, entries, perLine = 1) => {
  const lines = [];
  for (let i = 0; i < entries.length; i += perLine)
    lines.push(`    ${entries.slice(i, i + perLine).join(", ")},`);
  return `inline constexpr std::array<${type}, ${entries.length}> ${name} = {{\n${lines.join("\n")}\n}};`;
};
