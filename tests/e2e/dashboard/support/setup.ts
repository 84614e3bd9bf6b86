/**
 * The real stack with 90 days of demo data, started once for all files of this folder. While tests are written,
 * LEADLEDGER_STACK may name the session.json of one that runs already.
 */
import { readFileSync } from "node:fs";
import type { TestProject } from "vitest/node";
import { type Session, startStack } from "../../support/stack.ts";

declare module "vitest" {
  interface ProvidedContext {
    stack: Session;
  }
}

export default async function setup(project: TestProject) {
  const running = process.env.LEADLEDGER_STACK;
  if (running) {
    project.provide("stack", JSON.parse(readFileSync(running, "utf8")) as Session);
    return;
  }
  const stack = await startStack(["--demo"]);
  const { stop, state: _state, ...session } = stack;
  project.provide("stack", session);
  return stop;
}
