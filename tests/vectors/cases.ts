// The vectors: small files of cases that a person can review. Each says why it is there, gives what differs from an
// ordinary submission, and names what must come out of it.

import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("cases/", import.meta.url);

type Members = Record<string, unknown>;

export interface Expected {
  event_type?: string;
  reasons?: string[];
  flags?: string[];
  lead_score?: number;
  bot_score?: number;
  /** Parts of reason details: code to text that must stand in it. */
  details?: Record<string, string>;
  /** Slots of the point by name, with "project" for its index. */
  point?: Record<string, string | number>;
  /** Any part of the normalised submission. */
  submission?: Members;
  error?: { code: string; detail?: string; fields?: string[] };
}

export interface Input {
  project: string;
  settings: Members;
  content_type: string;
  visitor: Members & { ip: string; country: string; user_agent: string };
  signals: Members & { blocked_by?: string; origin?: string; turnstile?: string };
  person: "new_person" | "known_email" | "known_phone";
  lead_id: string;
  received_at_s: number;
}

/** What the builds are asked. */
export interface Asked {
  input: Input;
  body: Uint8Array;
}

export interface Vector extends Asked {
  name: string;
  expected: Expected;
}

interface Case {
  why: string;
  /** What differs from base.json; settings, visitor and signals are merged member by member. */
  input?: Partial<Input>;
  /** A text as it is, or an object: its JSON with the project added. */
  body?: string | Members;
  /** Put so often in place of @@, in the body and in what is expected. Needs no escape in JSON. */
  repeat?: [text: string, times: number];
  body_base64?: string;
  expected: Expected;
}

const read = (name: string) => JSON.parse(readFileSync(new URL(name, folder), "utf8"));

/** An ordinary submission, but for its body. */
export const base = JSON.parse(readFileSync(new URL("base.json", import.meta.url), "utf8")) as Input;

function inputOf(own: Partial<Input> = {}): Input {
  return {
    ...base,
    ...own,
    settings: { ...base.settings, ...own.settings },
    visitor: { ...base.visitor, ...own.visitor },
    signals: { ...base.signals, ...own.signals },
  };
}

const repeated = (text: string, { repeat }: Case) =>
  repeat ? text.replaceAll("@@", repeat[0].repeat(repeat[1])) : text;

function bodyOf(one: Case): Uint8Array {
  if (one.body_base64 !== undefined) return Buffer.from(one.body_base64, "base64");
  const { body } = one;
  const text = typeof body === "string" ? body : JSON.stringify({ project: base.project, ...body });
  return Buffer.from(repeated(text, one));
}

const expectedOf = (one: Case) => JSON.parse(repeated(JSON.stringify(one.expected), one)) as Expected;

export const themes = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .sort();

export const vectors: Vector[] = themes.flatMap((file) =>
  (read(file) as Case[]).map((one) => ({
    name: `${file.replace(".json", "")}: ${one.why}`,
    input: inputOf(one.input),
    body: bodyOf(one),
    expected: expectedOf(one),
  })),
);
