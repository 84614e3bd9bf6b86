// The list of API keys, as the Worker's secret API_KEYS holds it: digests, never keys.

import { createHash, randomBytes } from "node:crypto";
import { Complaint } from "./run.mjs";

export const roles = ["admin", "marketing"];

/** A key: what it is for can be seen, the rest is 256 bits by chance. */
export function newKey(role) {
  return `llk_${role[0]}_${randomBytes(32).toString("base64url")}`;
}

export const digestOf = (key) => createHash("sha256").update(key).digest("hex");

/**
 * Makes a key and the entry that goes on the list; the key itself is nowhere else than in the answer.
 * `projects` is ["*"] or slugs; `expires` a Date or null.
 */
export function makeEntry({ role, projects, name, expires = null, now = new Date() }) {
  if (!roles.includes(role))
    throw new Complaint(`--role must be ${roles.join(" or ")}, not "${role ?? ""}".`);
  if (!name) throw new Complaint("--name is missing: say who or what will use the key.");
  if (!Array.isArray(projects) || projects.length === 0) {
    throw new Complaint("--projects is missing: '*' for all, or slugs with commas between them.");
  }
  for (const slug of projects) {
    if (slug !== "*" && !/^[a-z0-9][a-z0-9_-]{0,63}$/.test(slug)) {
      throw new Complaint(`"${slug}" is no project: '*' for all, or 1 to 64 of a-z, 0-9, "-" and "_".`);
    }
  }
  if (projects.includes("*") && projects.length > 1)
    throw new Complaint("'*' stands alone: it is all projects.");
  const key = newKey(role);
  const entry = {
    id: `key_${randomBytes(6).toString("hex")}`,
    name,
    role,
    projects,
    digest: digestOf(key),
    created_at: instant(now),
    expires_at: expires && instant(expires),
  };
  return { key, entry };
}

/**
 * A new key in the place of an old one: same role, projects and name. The old one goes on for `overlap` ms,
 * so that its users can change over, but never longer than it would have.
 */
export function rotate(list, id, overlap, now = new Date()) {
  const old = find(list, id);
  const { key, entry } = makeEntry({ ...old, expires: null, now });
  const end = new Date(now.getTime() + overlap);
  const ends = old.expires_at && new Date(old.expires_at) < end ? old.expires_at : instant(end);
  const rest = list.filter((each) => each.id !== id);
  const kept = new Date(ends) > now ? [{ ...old, expires_at: ends }] : [];
  return { key, entry, list: [...rest, ...kept, entry] };
}

export function remove(list, id) {
  find(list, id);
  return list.filter((each) => each.id !== id);
}

function find(list, id) {
  const entry = list.find((each) => each.id === id);
  if (!entry) throw new Complaint(`There is no key "${id ?? ""}" on the list.`);
  return entry;
}

/** "7d", "12h", "30m" or "0" in ms. */
export function duration(text) {
  const units = { d: 86_400_000, h: 3_600_000, m: 60_000 };
  const match = /^(\d{1,5})([dhm])$/.exec(text ?? "");
  if (text === "0") return 0;
  if (!match) throw new Complaint(`"${text}" is no duration: say 7d, 12h, 30m or 0.`);
  return Number(match[1]) * units[match[2]];
}

/** RFC 3339, to the second. */
const instant = (date) => `${date.toISOString().slice(0, 19)}Z`;
