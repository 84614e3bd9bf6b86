/** The real stack with 90 days of demo data, started once for all files of this folder. */
import type { TestProject } from "vitest/node";
import { type Session, startStack } from "../../support/stack.ts";

declare module "vitest" {
  interface ProvidedContext {
    stack: Session;
  }
}

export default async function setup(project: TestProject) {
  const stack = await startStack(["--demo"]);
  const { stop, state: _state, ...session } = stack;
  project.provide("stack", session);
  return stop;
}
