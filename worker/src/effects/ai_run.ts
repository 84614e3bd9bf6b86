// ai.run: a language model of Workers AI, where the deployment has bound it. The reply is the text it wrote.

import type { Bytes } from "../core.ts";
import { within } from "./deadline.ts";
import { failed, ok, type Performer, type Reply } from "./effect.ts";

interface AiRun {
  model: string;
  timeout_ms: number;
}

interface Ai {
  run(model: string, input: unknown): Promise<unknown>;
}

/** Older models answer {response}; those that speak as OpenAI's do, {choices: [{message: {content}}]}. */
interface Written {
  response?: unknown;
  choices?: { message?: { content?: unknown } }[];
}

export async function aiRun({ model, timeout_ms }: AiRun, { env }: Performer, body: Bytes): Promise<Reply> {
  const ai = env.AI as Ai | undefined;
  if (ai === undefined) return failed("The Worker has no binding AI.");
  const input: unknown = JSON.parse(new TextDecoder().decode(body));
  const answer = (await within(timeout_ms, ai.run(model, input))) as Written | "late" | null;
  if (answer === "late") return { status: "timeout", body: "" };
  const text = answer?.response ?? answer?.choices?.[0]?.message?.content;
  return typeof text === "string" ? ok(text) : failed("The model wrote no text.");
}
