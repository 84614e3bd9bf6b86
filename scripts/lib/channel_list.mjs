// The list of channels, as the Worker's secret WEBHOOKS holds it. Unlike the list of keys it holds secrets: the Worker
// signs with them.

import { randomBytes } from "node:crypto";
import { readJson } from "./files.mjs";
import { inRoot } from "./paths.mjs";
import { Complaint } from "./run.mjs";

const { channel_types: types, channel_topics: topics } = readJson(inRoot("schema/deliveries.json"));
const { max_channel_url_bytes: mostUrlBytes } = readJson(inRoot("schema/limits.json"));

/** Cloudflare takes no longer secret. */
const MOST_BYTES = 5120;

/** A secret of Standard Webhooks: 256 bits by chance. */
export const newSecret = () => `whsec_${randomBytes(32).toString("base64")}`;

/**
 * Makes a channel. `projects` is ["*"] or slugs, `wanted` of topics, `quiet` "22:00-07:00" with `timezone`. The core reads
 * what comes out anew, and more strictly; here mistakes are told while they can be mended.
 * @param {any[]} list
 * @param {Record<string, any>} channel
 */
export function makeChannel(list, { id, type, url, projects, wanted, quiet, timezone }) {
  if (!/^[a-z0-9-]{1,40}$/.test(id ?? "")) {
    throw new Complaint(`--id must be 1 to 40 of a-z, 0-9 and "-", not "${id ?? ""}".`);
  }
  if (list.some((entry) => entry.id === id)) throw new Complaint(`There is a channel "${id}" already.`);
  if (!types.includes(type))
    throw new Complaint(`--type must be ${types.join(" or ")}, not "${type ?? ""}".`);
  const channel = {
    id,
    type,
    url: checkUrl(url),
    ...(type === "webhook" ? { secret: newSecret() } : {}),
    projects: checkProjects(projects),
    topics: checkTopics(wanted),
  };
  const quietHours = readQuiet(quiet, timezone);
  return fits([...list, quietHours ? { ...channel, quiet_hours: quietHours } : channel]);
}

/** A new secret in the place of the old one, which ends with the upload. */
export function rotate(list, id) {
  const old = find(list, id);
  if (old.type !== "webhook")
    throw new Complaint(`What goes to ${id} is not signed: there is no secret to change.`);
  return list.map((entry) => (entry === old ? { ...old, secret: newSecret() } : entry));
}

export function remove(list, id) {
  find(list, id);
  return list.filter((each) => each.id !== id);
}

export const hostOf = ({ url }) => new URL(url).host;

function fits(list) {
  if (JSON.stringify(list).length > MOST_BYTES) {
    throw new Complaint(`The list is longer than ${MOST_BYTES} bytes, which is all that a secret holds.`);
  }
  return list;
}

function find(list, id) {
  const entry = list.find((each) => each.id === id);
  if (!entry) throw new Complaint(`There is no channel "${id ?? ""}" on the list.`);
  return entry;
}

function checkUrl(text) {
  let url;
  try {
    url = new URL(text);
  } catch {
    throw new Complaint("--url is missing, or no address.");
  }
  if (url.username || url.password) throw new Complaint("--url has credentials in it: the secret does that.");
  const local = ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && local)) {
    throw new Complaint("--url must begin with https://; http:// is for this machine alone.");
  }
  // The core takes none of these: readers of addresses do not agree on what they are.
  if (url.port === "0" || !/^(\[[0-9a-f:]+\]|[a-z0-9.-]+)$/.test(url.hostname)) {
    throw new Complaint("--url names no host: letters, digits, . and - alone, and no port 0.");
  }
  if (/[\\"<>]/.test(url.href) || url.href.length > mostUrlBytes.value) {
    throw new Complaint(`--url is longer than ${mostUrlBytes.value} bytes, or has a \\ " < or > in it.`);
  }
  // The file from which the local Worker reads this is quoted with these.
  if (url.hash || url.href.includes("'")) throw new Complaint("--url has a fragment or a ' in it.");
  return url.href;
}

function checkProjects(slugs) {
  if (!Array.isArray(slugs) || slugs.length === 0) {
    throw new Complaint("--projects is missing: '*' for all, or slugs with commas between them.");
  }
  for (const slug of slugs) {
    if (slug !== "*" && !/^[a-z0-9][a-z0-9_-]{0,63}$/.test(slug)) {
      throw new Complaint(`"${slug}" is no project: '*' for all, or 1 to 64 of a-z, 0-9, "-" and "_".`);
    }
  }
  if (slugs.includes("*") && slugs.length > 1) throw new Complaint("'*' stands alone: it is all projects.");
  return [...new Set(slugs)].sort();
}

function checkTopics(wanted) {
  if (!Array.isArray(wanted) || wanted.length === 0 || wanted.some((topic) => !topics.includes(topic))) {
    throw new Complaint(`--topics must be ${topics.join(" or ")}, or both with a comma between them.`);
  }
  return topics.filter((topic) => wanted.includes(topic));
}

function readQuiet(quiet, timezone) {
  if (quiet === undefined && timezone === undefined) return undefined;
  const clock = "([01]\\d|2[0-3]):[0-5]\\d";
  if (!new RegExp(`^${clock}-${clock}$`).test(quiet ?? "")) {
    throw new Complaint("--quiet must be two times of the day, such as 22:00-07:00.");
  }
  try {
    new Intl.DateTimeFormat("en", { timeZone: timezone ?? "" });
  } catch {
    throw new Complaint(`--timezone must be an IANA name such as Asia/Kolkata, not "${timezone ?? ""}".`);
  }
  const [from, to] = quiet.split("-");
  if (from === to)
    throw new Complaint("--quiet must end at another time than it begins: these hours are none.");
  return { from, to, timezone };
}
