// The rules' data, from the same files the core's tables are generated from, in the shapes JavaScript looks up fastest.

import { disposableEmailBlocklistSet } from "disposable-email-domains-js";
import dataset from "../../../../schema/datasets/lead_submissions.json";
import fieldList from "../../../../schema/fields.json";
import hosting from "../../../../schema/hosting_networks.json";
import limitList from "../../../../schema/limits.json";
import reasonList from "../../../../schema/reasons.json";
import reports from "../../../../schema/reports.json";
import ruleSet from "../../../../schema/rules.json";

export const rules = ruleSet;
/** Dimensions that the ledger remembers of a rejected submission, and their places among the blobs. */
export const pointDimensions = reports.dimensions
  .filter(({ name }) => !["project", "event_type", "reason"].includes(name))
  .map(({ name, column }) => ({ name, slot: dataset.blobs.findIndex((blob) => blob.name === column) }));
export const blobs = dataset.blobs.map(({ max_bytes }) => max_bytes);
export const schemaVersion = dataset.schema_version;
export const maxContextBytes = limitList.max_context_bytes.value;
export const maxCustomBytes = limitList.max_custom_bytes.value;
export const maxCustomFields = limitList.max_custom_fields.value;
export const maxCustomValueBytes = limitList.max_custom_value_bytes.value;
export const maxBodyBytes = limitList.max_body_bytes.value;
export const settingsCacheMs = limitList.settings_cache_s.value * 1000;

export const disposableDomains: ReadonlySet<string> = disposableEmailBlocklistSet();
export const freeMailDomains = new Set(rules.free_mail_domains);
export const reservedDomains = new Set(rules.reserved_domains);
export const reservedTopLevels = new Set(rules.reserved_top_levels);
export const hostingNetworks = new Set(hosting.networks.map(([asn]) => asn as number));

/** One pattern that holds where any of the words stands in a text. */
const anyOf = (words: string[]) =>
  new RegExp(words.map((word) => word.replace(/\W/g, "\\$&")).join("|"), "i");
export const hostingWords = anyOf(hosting.organization_words);
export const strongCta = anyOf(rules.strong_cta_words);

export interface Reason {
  code: string;
  of: string;
  text: string;
  weight: number;
}
export const reasons = Object.fromEntries(
  reasonList.reasons.map((reason) => [reason.code, { weight: 0, ...reason } as Reason]),
) as Record<string, Reason>;

export interface Spelling {
  field: string;
  rank: number;
  group: string;
}
const spellings = new Map<string, Spelling>();
const fold = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, "");
for (const { name, group, spellings: others } of fieldList.fields) {
  for (const [rank, spelling] of [name, ...others].entries()) {
    const folded = fold(spelling);
    if (!spellings.has(folded)) spellings.set(folded, { field: name, rank, group });
  }
}

export const maxChars = Object.fromEntries(
  fieldList.fields.map((field) => [field.name, field.max ?? Number.POSITIVE_INFINITY]),
) as Record<string, number>;
export const maxValue = Object.fromEntries(
  fieldList.fields.map((field) => [field.name, field.max_value ?? 0]),
) as Record<string, number>;

// Forms send the same few names again and again.
const remembered = new Map<string, Spelling | undefined>();

export function spellingOf(name: string): Spelling | undefined {
  const known = remembered.get(name);
  if (known !== undefined || remembered.has(name)) return known;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is what is asked for
  const isAscii = /^[\x00-\x7F]*$/.test(name);
  const last = /\[([^[\]]*)\](?:\[\])*$/.exec(name)?.[1] || name;
  const found = isAscii ? spellings.get(fold(last)) : undefined;
  if (remembered.size < 1000) remembered.set(name, found);
  return found;
}
