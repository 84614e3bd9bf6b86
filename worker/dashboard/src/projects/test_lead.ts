// Sends a test lead and follows it: accepted, kept in the ledger, visible in Analytics Engine.

import { Problem } from "../api/http.ts";
import { mayPass } from "../api/query_client.ts";
import type { EventType } from "../words.ts";

export const stepNames = ["accepted", "kept", "visible"] as const;
export type StepName = (typeof stepNames)[number];

export interface TestRun {
  step: StepName | "done";
  submissionId?: string;
  /** Left out where only the queue has it yet. */
  verdict?: { event_type: EventType; reasons: { code: string; detail: string }[] };
  /** How long each step took. */
  tookMs: Partial<Record<StepName, number>>;
  failure?: { step: StepName; error: unknown };
}

interface Accepted {
  submission_id: string;
  event_type?: EventType;
  reasons?: { code: string; detail: string }[];
}

/** What it needs of the world. */
export interface World {
  /** Throws a Problem where nobody is signed in any more: without a session the post would be a real lead. */
  checkSession(): Promise<void>;
  postLead(body: Record<string, string>): Promise<Accepted>;
  /** Throws a Problem of status 404 while the ledger does not have it. */
  getSubmission(id: string): Promise<Accepted>;
  /** How many submissions of the marker Analytics Engine shows, whatever they were judged. */
  countMarked(question: URLSearchParams): Promise<number>;
  now(): number;
  /** Rejects when the run is given up. */
  pause(ms: number): Promise<void>;
}

/** Analytics Engine did not show it in time; `cause`: what it answered last, if that was an error. */
export class NotVisible extends Error {
  override name = "NotVisible";
}

const KEPT_WITHIN_MS = 60_000;
const KEPT_EVERY_MS = 2000;
export const VISIBLE_WITHIN_MS = 180_000;
const VISIBLE_EVERY_MS = 5000;
/** The clock of this computer may be ahead of the server's. */
const CLOCKS_DIFFER_MS = 300_000;

export function leadOf(slug: string, marker: string, page: string): Record<string, string> {
  return {
    project: slug,
    name: "Ada Lovelace",
    // RFC 2606: nobody's address. It and its tag are judged a test by themselves.
    email: "ada+test@example.com",
    message: "A test lead, sent from the dashboard.",
    page,
    cta: "Send a test lead",
    source: "dashboard",
    utm_source: "dashboard",
    utm_medium: "test",
    utm_content: marker,
  };
}

export function questionOfTest(slug: string, marker: string, begunMs: number): URLSearchParams {
  return new URLSearchParams({
    project: slug,
    utm_content: marker,
    from: new Date(begunMs - CLOCKS_DIFFER_MS).toISOString(),
    bucket: "none",
  });
}

/** The lead stats page with this one lead. */
export const statsAddress = (slug: string, marker: string) =>
  `/?${new URLSearchParams({ range: "today", project: slug, utm_content: marker })}`;

async function untilKept(world: World, id: string): Promise<Accepted> {
  const begun = world.now();
  for (;;) {
    try {
      return await world.getSubmission(id);
    } catch (error) {
      const mayCome = error instanceof Problem && (error.status === 404 || mayPass(error));
      if (!mayCome || world.now() - begun >= KEPT_WITHIN_MS) throw error;
    }
    await world.pause(KEPT_EVERY_MS);
  }
}

async function untilVisible(world: World, question: URLSearchParams): Promise<void> {
  const begun = world.now();
  let last: unknown;
  for (;;) {
    try {
      last = undefined;
      if ((await world.countMarked(question)) > 0) return;
    } catch (error) {
      if (!mayPass(error)) throw error;
      last = error;
    }
    if (world.now() - begun >= VISIBLE_WITHIN_MS) {
      throw new NotVisible(last instanceof Error ? last.message : "", { cause: last });
    }
    await world.pause(VISIBLE_EVERY_MS);
  }
}

/** Ends with the step "done" or a failure; tells `show` of every change. `lead`: see leadOf(). */
export async function runTest(
  world: World,
  lead: Record<string, string>,
  question: URLSearchParams,
  show: (run: TestRun) => void,
): Promise<void> {
  let run: TestRun = { step: "accepted", tookMs: {} };
  const change = (part: Partial<TestRun>) => {
    run = { ...run, ...part };
    show(run);
  };
  const verdict = ({ event_type, reasons }: Accepted): Partial<TestRun> =>
    event_type === undefined ? {} : { verdict: { event_type, reasons: reasons ?? [] } };
  let begun = world.now();
  let step: StepName = "accepted";
  const next = (to: StepName | "done", part: Partial<TestRun> = {}) => {
    const now = world.now();
    change({ ...part, step: to, tookMs: { ...run.tookMs, [step]: now - begun } });
    begun = now;
    if (to !== "done") step = to;
  };
  try {
    show(run);
    await world.checkSession();
    const accepted = await world.postLead(lead);
    next("kept", { submissionId: accepted.submission_id, ...verdict(accepted) });
    next("visible", verdict(await untilKept(world, accepted.submission_id)));
    await untilVisible(world, question);
    next("done");
  } catch (error) {
    change({ failure: { step, error } });
  }
}
