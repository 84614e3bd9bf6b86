/**
 * Submissions that are not acknowledged yet, and how they are sent.
 *
 * Each is one item of localStorage, so two tabs never overwrite each other's. Two tabs may send the same item: its
 * key makes the second one a replay. An entry's body is fixed when it is made, so every retry has the same content.
 */
import { attempt } from "./attempt.ts";

export interface Entry {
  key: string; // Idempotency-Key
  url: string;
  made: number; // Unix ms
  after: number; // Unix ms before which the server asked not to be called
  sign: string; // what the person entered, to recognise the same submission
  body: string; // JSON
}

export interface Answer {
  submission_id?: string;
  detail?: string;
  invalid_params?: { name: string; reason: string }[];
}

/** `answer` is absent while nothing final has been heard. */
export interface Outcome {
  answer?: Answer;
}

interface Attempt extends Outcome {
  wait: number; // ms that the server asked for
}

const PREFIX = "leadledger.pending.";

/** Where storage is refused or full: known to this page only. */
const unsaved = new Map<string, Entry>();

function stored(): Entry[] {
  const maxAge = 6048e5; // 7 days
  const found: Entry[] = [];
  attempt(() => {
    for (const name of Object.keys(localStorage)) {
      if (!name.startsWith(PREFIX)) continue;
      const entry = attempt(() => JSON.parse(localStorage.getItem(name) as string) as Entry);
      if (entry && Date.now() - entry.made < maxAge) found.push(entry);
      else localStorage.removeItem(name);
    }
  });
  return found;
}

export const pending = (): Entry[] => stored().concat(Array.from(unsaved.values()));

/** Whether the entry will outlive this page. */
export const isSaved = (entry: Entry): boolean => !unsaved.has(entry.key);

export function keep(entry: Entry): void {
  const maxKept = 20;
  const name = PREFIX + entry.key;
  unsaved.set(entry.key, entry);
  attempt(() => {
    if (stored().length < maxKept || localStorage.getItem(name)) {
      localStorage.setItem(name, JSON.stringify(entry));
      unsaved.delete(entry.key);
    }
  });
}

function forget(entry: Entry): void {
  unsaved.delete(entry.key);
  attempt(() => localStorage.removeItem(PREFIX + entry.key));
}

async function post(entry: Entry): Promise<Attempt> {
  const timeout = 2e4;
  const keepaliveLimit = 6e4; // browsers refuse keepalive bodies over 64 KiB
  const result: Attempt = { wait: 0 };
  const abort = new AbortController();
  setTimeout(() => abort.abort(), timeout); // means nothing to a request that has ended
  try {
    const response = await fetch(entry.url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Idempotency-Key": entry.key },
      body: entry.body,
      credentials: "omit",
      keepalive: entry.body.length < keepaliveLimit,
      signal: abort.signal,
    });
    const status = response.status;
    result.wait = Number(response.headers.get("Retry-After")) * 1e3 || 0;
    const answer: Answer | null = await response.json();
    // Final is only what the API itself said. A captive portal's 200 or a firewall's 403 page is not.
    if (answer && (status < 300 ? answer.submission_id : status < 500 && status !== 429)) {
      result.answer = answer;
    }
  } catch {
    // No connection, no time, or no JSON: not final.
  }
  return result;
}

async function deliver(entry: Entry): Promise<Outcome> {
  const maxWait = 3e4; // longer than this nobody watches a form; it is sent in the background
  const again = 12e4;
  for (let round = 0; ; round++) {
    const result = await post(entry);
    if (result.answer) {
      forget(entry);
      return result;
    }
    const wait = (result.wait || 500 * 2 ** round) + Math.random() * 500 * 2 ** round;
    if (round > 2 || wait > maxWait || !navigator.onLine) {
      entry.after = result.wait && Date.now() + result.wait;
      keep(entry);
      setTimeout(flush, Math.max(wait, again));
      return result;
    }
    await new Promise((resume) => setTimeout(resume, wait));
  }
}

const inFlight = new Map<string, Promise<Outcome>>();
let settle: (entry: Entry, outcome: Outcome) => void;

/** Sends an entry, once at a time; whoever asks meanwhile gets the same outcome. */
export function send(entry: Entry): Promise<Outcome> {
  let sending = inFlight.get(entry.key);
  if (!sending) {
    sending = deliver(entry).then((outcome) => {
      inFlight.delete(entry.key);
      attempt(() => settle(entry, outcome));
      return outcome;
    });
    inFlight.set(entry.key, sending);
  }
  return sending;
}

/** Sends what is pending, one after the other, until one cannot be delivered. */
async function flush(): Promise<void> {
  const next = pending().find((entry) => entry.after < Date.now());
  if (next && (await send(next)).answer) flush();
}

/** Sends what earlier pages left behind, now and whenever the connection returns. */
export function start(whenSettled: typeof settle): void {
  settle = whenSettled;
  addEventListener("online", flush);
  flush();
}
