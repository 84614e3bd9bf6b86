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
  tried: number; // Unix ms when any tab last began to send it
  sign: string; // what the person entered, to recognise the same submission
  body: string; // JSON
}

export interface Answer {
  submission_id?: string;
  detail?: string;
  invalid_params?: { name: string; reason: string }[];
}

const PREFIX = "leadledger.pending.";

/** Where storage is refused or full: known to this page only. */
const unsaved = new Map<string, Entry>();

function stored(): Entry[] {
  const maxAge = 6048e5; // 7 days
  const found: Entry[] = [];
  attempt(() => {
    for (const name in localStorage) {
      if (!name.startsWith(PREFIX)) continue;
      const entry = attempt(() => JSON.parse(localStorage[name]) as Entry);
      if (entry && Date.now() - entry.made < maxAge) found.push(entry);
      else delete localStorage[name];
    }
  });
  return found;
}

export const pending = (): Entry[] => [...stored(), ...unsaved.values()];

/** Whether the entry will outlive this page. */
export const isSaved = (entry: Entry): boolean => !unsaved.has(entry.key);

function keep(entry: Entry): void {
  const maxKept = 20;
  const name = PREFIX + entry.key;
  unsaved.set(entry.key, entry);
  attempt(() => {
    if (stored().length < maxKept || localStorage[name]) {
      localStorage[name] = JSON.stringify(entry);
      unsaved.delete(entry.key);
    }
  });
}

function forget(entry: Entry): void {
  unsaved.delete(entry.key);
  attempt(() => delete localStorage[PREFIX + entry.key]);
}

async function deliver(entry: Entry): Promise<Answer | undefined> {
  const timeout = 2e4;
  const keepaliveLimit = 6e4; // browsers refuse keepalive bodies over 64 KiB
  const maxWait = 3e4; // longer than this nobody watches a form; it is sent in the background
  entry.tried = Date.now();
  keep(entry);
  for (let round = 0; ; round++) {
    let asked = 0;
    const abort = new AbortController();
    setTimeout(() => abort.abort(), timeout); // means nothing to a request that has ended
    try {
      const response = await fetch(entry.url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "Idempotency-Key": entry.key },
        body: entry.body,
        credentials: "omit",
        keepalive: new Blob([entry.body]).size < keepaliveLimit,
        signal: abort.signal,
      });
      asked = Number(response.headers.get("Retry-After")) * 1e3 || 0;
      const answer: Answer | null = await response.json();
      // Final is only what the API itself said. A captive portal's 200 or a firewall's 403 page is not.
      if (answer && (response.ok ? answer.submission_id : response.status < 500 && response.status !== 429)) {
        forget(entry);
        return answer;
      }
    } catch {
      // No connection, no time, or no JSON: not final.
    }
    const wait = (asked || 500 << round) + Math.random() * (500 << round);
    if (round > 2 || wait > maxWait || !navigator.onLine) {
      entry.after = asked && Date.now() + asked;
      keep(entry);
      return;
    }
    await new Promise((resume) => setTimeout(resume, wait));
  }
}

const inFlight = new Map<string, ReturnType<typeof deliver>>();
let settle: (entry: Entry, answer?: Answer) => void;

/** Sends an entry, once at a time; whoever asks meanwhile gets the same answer. */
export function send(entry: Entry): ReturnType<typeof deliver> {
  const sending =
    inFlight.get(entry.key) ||
    deliver(entry).then((answer) => {
      inFlight.delete(entry.key);
      attempt(() => settle(entry, answer));
      return answer;
    });
  inFlight.set(entry.key, sending);
  return sending;
}

let flushing = false;

/**
 * One round: sends in turn, each once, what is due and was not tried for `rest` ms. What cannot be delivered does not
 * hold up the others, and in the next round comes last; only a lost connection ends the round.
 */
async function flush(rest: number): Promise<void> {
  if (flushing) return;
  flushing = true;
  for (const { key } of pending().sort((a, b) => a.tried - b.tried)) {
    // Looked up anew: meanwhile it may have been sent, or the server may have asked for a wait, here or in another tab.
    const due = pending().find(
      (entry) => entry.key === key && entry.after < Date.now() && !(Date.now() - entry.tried < rest),
    );
    if (due && !(await send(due)) && !navigator.onLine) break;
  }
  flushing = false;
}

/** Sends what is pending: all of it now and whenever the connection returns, then what has rested for a while. */
export function start(whenSettled: typeof settle): void {
  const every = 6e4;
  const again = 12e4;
  settle = whenSettled;
  addEventListener("online", () => flush(0));
  setInterval(flush, every, again);
  flush(0);
}
