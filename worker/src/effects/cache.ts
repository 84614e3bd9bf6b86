// cache.get and cache.put: bytes that were worth a question, for this isolate and for this data centre; and a lease,
// so that of many who ask at once for the same one asks further and the others wait for it.

import type { Bytes } from "../core.ts";
import { hex } from "../hex.ts";
import { within } from "./deadline.ts";
import { failed, ok, type Performer, type Reply, undoAtEnd } from "./effect.ts";

interface CacheGet {
  key: string;
  /** On a miss: become the one that answers, or wait for the one that does. */
  lease: boolean;
  wait_ms: number;
}

interface CachePut {
  keep: { key: string; keep_s: number }[];
}

interface Kept {
  bytes: Bytes;
  expires: number;
  cost: number;
}

interface Lease {
  holder: Performer;
  since: number;
  /** In the order in which they came. */
  waiting: Set<Waiter>;
}

interface Waiter {
  performer: Performer;
  /** When it stops waiting; one that is still there afterwards was dropped by the runtime. */
  until: number;
  answer(reply: Reply): void;
}

// The Cache API has no effect on *.workers.dev ("any Cache API operations in [...] *.workers.dev deployments will have no
// impact": developers.cloudflare.com/workers/runtime-apis/cache); there the isolate's own memory is all there is.
const MOST_KEPT = 4 * 1024 * 1024;
const LARGEST_KEPT = 512 * 1024;
const COST_OF_ENTRY = 256;
/**
 * The runtime may drop a request without a word, and its lease would be out for ever. Nobody asks for longer than this: so
 * long the runtime lets an operation live on whose client went away.
 */
const LEASE_MS = 30_000;
/** A cache that is slower than this costs more than it saves. */
const CACHE_PATIENCE_MS = 1000;
const EXPIRES = "leadledger-expires";

const kept = new Map<string, Kept>();
let keptCost = 0;
const leases = new Map<string, Lease>();

/** For tests: the isolate's memory is as new. */
export function forgetKept(): void {
  kept.clear();
  keptCost = 0;
}
/** For tests: bytes held in the isolate's memory, and leases that are out. */
export const cacheState = () => ({ cost: keptCost, entries: kept.size, leases: leases.size });

/** Replies `ok hit` and the bytes, `ok miss`, or `ok late` where the one that answers took longer than `wait_ms`. */
export function cacheGet(effect: CacheGet, performer: Performer): Reply | Promise<Reply> {
  const { key, lease: wantsLease, wait_ms } = effect;
  const bytes = remembered(key);
  if (bytes !== undefined) return ok(bytes, "hit");
  if (!wantsLease) return lookUp(key, performer).then((found) => (found ? ok(found, "hit") : ok("", "miss")));

  // From here to the registration nothing is awaited: requests of the same tick have to meet.
  dropAbandoned();
  const lease = leases.get(key);
  if (lease !== undefined && lease.holder !== performer) return wait(lease, performer, wait_ms);
  give(key, performer, lease?.waiting ?? new Set());
  return lead(key, performer);
}

/** Replies `ok` at once. Those who wait for a key get the bytes, and its lease has ended; with 0 s nothing more is kept. */
export function cachePut({ keep }: CachePut, performer: Performer, bytes: Bytes): Reply {
  for (const { key, keep_s } of keep) {
    share(key, bytes);
    if (keep_s <= 0) continue;
    const expires = Date.now() + keep_s * 1000;
    remember(key, bytes, expires);
    performer.waitUntil(store(address(key, performer), bytes, keep_s, expires).catch(complain));
  }
  return ok();
}

async function lead(key: string, performer: Performer): Promise<Reply> {
  const found = await lookUp(key, performer);
  if (found === undefined) return ok("", "miss");
  share(key, found);
  return ok(found, "hit");
}

/**
 * The promise is settled by another request. The runtime carries on in the request that waits (the compatibility flag
 * handle_cross_request_promise_resolution, which our date implies), and takes that for alive as it has a timer of its own.
 */
async function wait(lease: Lease, performer: Performer, ms: number): Promise<Reply> {
  const { promise, resolve } = Promise.withResolvers<Reply>();
  const waiter: Waiter = { performer, until: Date.now() + ms, answer: resolve };
  lease.waiting.add(waiter);
  const timer = setTimeout(() => {
    lease.waiting.delete(waiter);
    resolve(ok("", "late"));
  }, ms);
  const done = undoAtEnd(performer, () => {
    lease.waiting.delete(waiter);
    clearTimeout(timer);
  });
  const reply = await promise;
  clearTimeout(timer);
  done();
  return reply;
}

function give(key: string, holder: Performer, waiting: Set<Waiter>): void {
  leases.delete(key); // so that the map goes from the oldest to the newest
  leases.set(key, { holder, since: Date.now(), waiting });
  undoAtEnd(holder, () => handOver(key, holder));
}

function dropAbandoned(): void {
  const latest = Date.now() - LEASE_MS;
  for (const [key, { since }] of leases) {
    if (since > latest) break;
    leases.delete(key);
  }
}

function share(key: string, bytes: Bytes): void {
  const lease = leases.get(key);
  if (lease === undefined) return;
  leases.delete(key);
  for (const waiter of lease.waiting) waiter.answer(ok(bytes, "hit"));
  lease.waiting.clear();
}

/** Whoever waits longest answers instead of a holder that ended without an answer. */
function handOver(key: string, from: Performer): void {
  const lease = leases.get(key);
  if (lease?.holder !== from) return;
  leases.delete(key);
  for (const next of lease.waiting) {
    lease.waiting.delete(next);
    if (next.until < Date.now()) continue;
    give(key, next.performer, lease.waiting);
    next.answer(ok("", "miss"));
    return;
  }
}

function remembered(key: string): Bytes | undefined {
  const found = kept.get(key);
  if (found === undefined) return undefined;
  if (found.expires > Date.now()) return found.bytes;
  forget(key, found);
  return undefined;
}

function remember(key: string, bytes: Bytes, expires: number): void {
  const before = kept.get(key);
  if (before !== undefined) forget(key, before);
  if (bytes.length > LARGEST_KEPT) return;
  const cost = bytes.length + 2 * key.length + COST_OF_ENTRY;
  for (const [oldest, entry] of kept) {
    if (keptCost + cost <= MOST_KEPT) break;
    forget(oldest, entry);
  }
  kept.set(key, { bytes, expires, cost });
  keptCost += cost;
}

function forget(key: string, entry: Kept): void {
  kept.delete(key);
  keptCost -= entry.cost;
}

/** What the data centre's cache has. One that fails has nothing. */
async function lookUp(key: string, performer: Performer): Promise<Bytes | undefined> {
  try {
    const found = await within(CACHE_PATIENCE_MS, match(address(key, performer)));
    if (found === "late") throw new Error(`The cache did not answer within ${CACHE_PATIENCE_MS} ms.`);
    if (found !== undefined) remember(key, found.bytes, found.expires);
    return found?.bytes;
  } catch (error) {
    complain(error);
    return undefined;
  }
}

async function match(address: Promise<string>): Promise<{ bytes: Bytes; expires: number } | undefined> {
  const cache = await caches.open("leadledger");
  const response = await cache.match(await address);
  if (response === undefined) return undefined;
  const expires = Number(response.headers.get(EXPIRES));
  const bytes = new Uint8Array(await response.arrayBuffer());
  return expires > Date.now() ? { bytes, expires } : undefined;
}

async function store(address: Promise<string>, bytes: Bytes, keep_s: number, expires: number): Promise<void> {
  const cache = await caches.open("leadledger");
  const headers = { "cache-control": `max-age=${keep_s}`, [EXPIRES]: String(expires) };
  await cache.put(await address, new Response(bytes, { headers }));
}

/** Keys may be longer than an address. Deployments in one zone share its cache, but not what they read. */
async function address(key: string, { env }: Performer): Promise<string> {
  const whole = new TextEncoder().encode(`${env.AE_SQL_URL} ${key}`);
  const digest = await crypto.subtle.digest("SHA-256", whole);
  return `https://cache.leadledger.internal/${hex(digest)}`;
}

function complain(error: unknown): void {
  console.error(JSON.stringify({ event: "cache_failed", error: failed(error).body }));
}
