// Tests of the Worker ask it in one way, which checks each answer against the API's description.
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { inRoot } from "../../scripts/lib/paths.mjs";

it("only support/ask.ts calls the Worker's fetch handler", () => {
  const folder = inRoot("tests/worker");
  const calling = readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith(".ts") && !name.includes("node_modules"))
    .filter((name) => /\bworker\.fetch\b/.test(readFileSync(`${folder}/${name}`, "utf8")));
  expect(calling).toEqual(["support/ask.ts"]);
});
