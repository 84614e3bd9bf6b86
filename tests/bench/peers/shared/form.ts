// The members of a decoded body, found by their names or known spellings; what no field claims is custom.

import { maxCustomBytes, maxCustomFields, maxCustomValueBytes, spellingOf } from "./tables.ts";
import { cutBytes, trimAscii } from "./text.ts";

export type Body = Record<string, unknown>;

export interface Form {
  fields: Body;
  custom: string;
  honeypotFilled: boolean;
}

const isBlank = (value: unknown) =>
  value === null || value === undefined || (typeof value === "string" && trimAscii(value) === "");

export function slugOf(body: Body): string {
  if (typeof body.project === "string" && body.project !== "") return trimAscii(body.project);
  for (const name in body) {
    const value = body[name];
    if (typeof value === "string" && spellingOf(name)?.field === "project") return trimAscii(value);
  }
  return "";
}

export const isSlug = (slug: string) => /^[a-z0-9][a-z0-9_-]{0,63}$/.test(slug);

function utf8Length(text: string): number {
  let size = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 0x80) size += code < 0x800 || (code & 0xf800) === 0xd800 ? 1 : 2;
  }
  return size;
}

function customJson(body: Body, names: string[]): string {
  const kept: Body = {};
  let bytes = 0;
  let count = 0;
  for (const name of names) {
    const value = body[name];
    if (isBlank(value)) continue;
    const text = typeof value === "string" ? value : JSON.stringify(value);
    const length = utf8Length(text);
    const size = Math.min(length, maxCustomValueBytes) + utf8Length(name);
    if (bytes + size > maxCustomBytes || count === maxCustomFields) continue;
    bytes += size;
    count += 1;
    kept[name] = length <= maxCustomValueBytes ? value : cutBytes(text, maxCustomValueBytes);
  }
  return count === 0 ? "" : JSON.stringify(kept);
}

/** Which names of fields that another spelling outranked say something of their own. */
function outranked(body: Body, chosen: Map<string, string>, honeypot: string): string[] {
  return Object.keys(body).filter((name) => {
    if (name === honeypot) return false;
    const spelling = spellingOf(name);
    if (spelling === undefined) return true;
    const winner = chosen.get(spelling.field) as string;
    const told = spelling.group === "contact" || spelling.group === "context";
    const value = body[name];
    return (
      winner !== name &&
      told &&
      typeof value !== "object" &&
      String(body[winner]).trim() !== String(value).trim()
    );
  });
}

export function readForm(body: Body, honeypot: string): Form {
  const fields: Body = {};
  const chosen = new Map<string, string>();
  let custom: string[] = [];
  let collided = false;
  let honeypotFilled = false;
  for (const name in body) {
    const value = body[name];
    if (name === honeypot) {
      honeypotFilled = !isBlank(value) && value !== false && typeof value !== "object";
      continue;
    }
    const spelling = spellingOf(name);
    if (spelling === undefined) {
      custom.push(name);
      continue;
    }
    const { field, rank } = spelling;
    const other = chosen.get(field);
    if (other !== undefined) {
      collided = true;
      const otherBlank = isBlank(body[other]);
      const better = otherBlank === isBlank(value) ? rank < (spellingOf(other)?.rank ?? 0) : otherBlank;
      if (!better) continue;
    }
    chosen.set(field, name);
    fields[field] = value;
  }
  if (collided) custom = outranked(body, chosen, honeypot);
  return { fields, custom: customJson(body, custom), honeypotFilled };
}

/** The name, or the parts it was asked for in. */
export function wholeName(name: string, first: string, last: string): string {
  let whole = name;
  if (whole === "") whole = first;
  else if (first !== "" || whole.includes(last)) return whole;
  if (last === "") return whole;
  return trimAscii([...(whole === "" ? last : `${whole} ${last}`)].slice(0, 200).join(""));
}
