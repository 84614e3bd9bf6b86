// A project's settings as a form: a draft of texts, and what of it has changed. What is right is the API's to say.

import type { Project, ProjectSettings } from "../api/projects.ts";

/** As they are typed: lists may have empty lines, the number may be none. */
export interface Draft extends Omit<ProjectSettings, "test_rules" | "min_form_seconds"> {
  min_form_seconds: string;
  emails: string[];
  domains: string[];
  addresses: string[];
}

/** Name of the API's field for each of the draft. */
export const fieldNames: Record<keyof Draft, string> = {
  name: "name",
  allowed_origins: "allowed_origins",
  honeypot_field: "honeypot_field",
  default_country: "default_country",
  bot_response: "bot_response",
  min_form_seconds: "min_form_seconds",
  turnstile_secret: "turnstile_secret",
  emails: "test_rules.emails",
  domains: "test_rules.domains",
  addresses: "test_rules.addresses",
};

export const draftOf = ({ test_rules, min_form_seconds, ...project }: Project): Draft => ({
  name: project.name,
  allowed_origins: project.allowed_origins,
  honeypot_field: project.honeypot_field,
  default_country: project.default_country,
  bot_response: project.bot_response,
  turnstile_secret: project.turnstile_secret,
  min_form_seconds: String(min_form_seconds),
  emails: test_rules.emails,
  domains: test_rules.domains,
  addresses: test_rules.addresses,
});

/** Lines that say something. */
export const itemsOf = (lines: readonly string[]) =>
  lines.map((line) => line.trim()).filter((line) => line !== "");

/** What is pasted into one line may be several. */
export const splitLines = (text: string) => itemsOf(text.split(/[\s,;]+/));

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** A text that is no number goes to the API as it is, which then says what is allowed. */
const numberOf = (text: string) =>
  /^\d+$/.test(text.trim()) ? Number(text) : (text.trim() as unknown as number);

/** What a PATCH has to say: only what differs; of the test rules only the lists that do. */
export function changesOf(project: Project, draft: Draft): Partial<ProjectSettings> {
  const before = draftOf(project);
  const changes: Record<string, unknown> = {};
  const rules: Record<string, string[]> = {};
  for (const name of Object.keys(fieldNames) as (keyof Draft)[]) {
    const value = draft[name];
    if (Array.isArray(value)) {
      const items = itemsOf(value);
      if (same(items, before[name])) continue;
      if (name === "allowed_origins") changes[name] = items;
      else rules[name] = items;
    } else if (value.trim() !== before[name]) {
      changes[name] = name === "min_form_seconds" ? numberOf(value) : value.trim();
    }
  }
  if (Object.keys(rules).length > 0) changes["test_rules"] = rules;
  return changes;
}

/** The items that a PATCH had for one of the lists; undefined: it had none. */
export function sentOf(
  changes: Partial<ProjectSettings> | undefined,
  name: keyof Draft,
): readonly string[] | undefined {
  const { allowed_origins, test_rules = {} } = changes ?? {};
  return { allowed_origins, ...test_rules }[name as "allowed_origins"];
}

/** The fields that were changed, as they were typed: of others somebody else may save something meanwhile. */
export function typedOf(project: Project, draft: Draft): Partial<Draft> {
  const before = draftOf(project);
  return Object.fromEntries(
    Object.entries(draft).filter(([name, value]) => !same(value, before[name as keyof Draft])),
  );
}

/** How many settings differ. */
export function countChanges(changes: Partial<ProjectSettings>): number {
  const { test_rules, ...others } = changes;
  return Object.keys(others).length + Object.keys(test_rules ?? {}).length;
}

/** A slug made of a name, until somebody writes one. */
export const slugOf = (name: string) =>
  name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}+/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 64)
    .replace(/^-+|-+$/g, "");
