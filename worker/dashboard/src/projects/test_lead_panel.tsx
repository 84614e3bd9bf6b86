// "Send a test lead": each step is ticked off as it happens.

import { Check, CircleDashed, LoaderCircle, Send, X } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Link } from "react-router";
import { limits } from "~schema";
import { Problem, requestJson } from "../api/http.ts";
import type { Project } from "../api/projects.ts";
import type { LeadStats } from "../api/stats.ts";
import { formatCount } from "../format.ts";
import { Notice } from "../ui/notice.tsx";
import { Panel } from "../ui/panel.tsx";
import { pause } from "../ui/pause.ts";
import { eventTypeLabels, reasonText } from "../words.ts";
import {
  leadOf,
  NotVisible,
  questionOfTest,
  runTest,
  type StepName,
  statsAddress,
  stepNames,
  type TestRun,
  VISIBLE_WITHIN_MS,
  type World,
} from "./test_lead.ts";

const worldOf = (signal: AbortSignal): World => ({
  checkSession: async () => {
    await requestJson("/api/session", { signal, cache: "no-store" });
  },
  postLead: (json) =>
    requestJson("/api/leads", { method: "POST", json, headers: { "x-lead-test": "1" }, signal }),
  getSubmission: (id) => requestJson(`/api/submissions/${encodeURIComponent(id)}`, { signal }),
  countMarked: async (question) =>
    (await requestJson<LeadStats>(`/analytics/lead-stats?${question}`, { signal })).totals.total,
  now: () => Date.now(),
  pause: (ms) => pause(ms, signal),
});

const newMarker = () => `dashboard-test-${crypto.getRandomValues(new Uint32Array(2)).join("-")}`;

const titles: Record<StepName, string> = {
  accepted: "Accepted",
  kept: "Kept in the ledger",
  visible: "Visible in Analytics Engine",
};

function Elapsed({ sinceMs }: { sinceMs: number }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return <>{formatCount(Math.max(0, Math.floor((now - sinceMs) / 1000)))} s</>;
}

const seconds = (ms: number) =>
  `${new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 }).format(ms / 1000)} s`;

function stateOf(run: TestRun, name: StepName): "failed" | "done" | "running" | "waiting" {
  if (run.failure?.step === name) return "failed";
  if (run.tookMs[name] !== undefined) return "done";
  return run.step === name ? "running" : "waiting";
}

const icons = { failed: X, done: Check, running: LoaderCircle, waiting: CircleDashed };
const stateWords = { failed: "failed", done: "done", running: "in progress", waiting: "not yet" };

function Step({
  name,
  run,
  begunMs,
  children,
}: {
  name: StepName;
  run: TestRun;
  begunMs: number;
  children?: ReactNode;
}) {
  const state = stateOf(run, name);
  const Icon = icons[state];
  const took = run.tookMs[name];
  return (
    <li className={`step ${state}`}>
      <Icon aria-hidden size={18} />
      <div>
        <p>
          <strong>{titles[name]}</strong>
          <span className="unseen">: {stateWords[state]}</span>{" "}
          <span className="soft small" aria-hidden>
            {took !== undefined && seconds(took)}
            {state === "running" && <Elapsed sinceMs={begunMs} />}
          </span>
        </p>
        {children}
      </div>
    </li>
  );
}

function WhatToCheck({ error }: { error: unknown }) {
  const cause = error instanceof NotVisible ? error.cause : undefined;
  return (
    <Notice tone="warn">
      <p>
        The lead is kept, but reports did not show it within {formatCount(VISIBLE_WITHIN_MS / 60_000)}{" "}
        minutes; usually that takes about {formatCount(limits.visibility_lag_s)} seconds.{" "}
        {cause instanceof Error && cause.message}
      </p>
      <ul className="points">
        <li>Look again in a few minutes: Analytics Engine is sometimes slow.</li>
        <li>
          Check that <code>AE_SQL_URL</code> and <code>AE_SQL_TOKEN</code> name the account that this Worker
          writes to (docs/operations.md).
        </li>
        <li>Check the Worker's log for points that could not be written.</li>
      </ul>
    </Notice>
  );
}

function Refused({ error }: { error: unknown }) {
  const problem = error instanceof Problem ? error : undefined;
  return (
    <Notice tone="bad">
      <p>{problem?.message ?? "Something went wrong on this page."}</p>
      {problem?.invalidParams.map(({ name, reason }) => (
        <p key={name}>
          <code>{name}</code>: {reason}
        </p>
      ))}
      {problem?.code === "address_blocked" && <p>Your own address is on the list of blocked addresses.</p>}
      {problem?.requestId !== undefined && (
        <p>
          Request <code>{problem.requestId}</code>
        </p>
      )}
    </Notice>
  );
}

/** What it was judged, where that is known. */
function Judged({ verdict }: { verdict: NonNullable<TestRun["verdict"]> }) {
  const type = eventTypeLabels[verdict.event_type];
  const reasons = verdict.reasons.map(({ code }) => reasonText(code)).join("; ");
  if (verdict.event_type === "test") {
    return (
      <p className="small">
        It was judged {type}: {reasons}
      </p>
    );
  }
  return (
    <Notice tone="warn">
      <p>
        It was judged {type}, not a test: {reasons}.
      </p>
    </Notice>
  );
}

interface Started {
  marker: string;
  begunMs: number;
  run: TestRun;
  /** Since when the present step is under way. */
  stepSinceMs: number;
}

export function TestLeadPanel({ project: { slug } }: { project: Project }) {
  const [started, setStarted] = useState<Started | undefined>();
  const giveUp = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => giveUp.current?.abort(), []);
  const isRunning = started !== undefined && started.run.step !== "done" && started.run.failure === undefined;
  const send = () => {
    giveUp.current?.abort();
    const controller = new AbortController();
    giveUp.current = controller;
    const marker = newMarker();
    const begunMs = Date.now();
    const page = `${location.origin}/projects/${slug}`;
    void runTest(
      worldOf(controller.signal),
      leadOf(slug, marker, page),
      questionOfTest(slug, marker, begunMs),
      (run) => {
        if (!controller.signal.aborted) setStarted({ marker, begunMs, run, stepSinceMs: Date.now() });
      },
    );
  };
  const run = started?.run;
  const verdict = run?.verdict;
  const failure = run?.failure;
  return (
    <Panel
      title="Send a test lead"
      about="Goes the whole way from the form to the reports. Judged a test, it counts as no lead."
    >
      <div className="test-lead">
        <div className="ends start no-print">
          <button
            type="button"
            className="button main"
            aria-disabled={isRunning}
            onClick={() => !isRunning && send()}
          >
            <Send aria-hidden size={16} />
            {started === undefined ? "Send a test lead" : "Send another"}
          </button>
          {isRunning && (
            <button
              type="button"
              className="button"
              onClick={() => {
                giveUp.current?.abort();
                setStarted(undefined);
              }}
            >
              Stop waiting
            </button>
          )}
        </div>
        <div role="status">
          {started !== undefined && run !== undefined && (
            <ol className="steps">
              {stepNames.map((name) => (
                <Step key={name} name={name} run={run} begunMs={started.stepSinceMs}>
                  {name === "accepted" && run.submissionId !== undefined && (
                    <>
                      <p className="small">
                        <code>{run.submissionId}</code>
                        {verdict === undefined && " is in the queue and will be judged from there."}
                      </p>
                      {verdict !== undefined && <Judged verdict={verdict} />}
                    </>
                  )}
                  {name === "kept" && run.tookMs.kept !== undefined && run.submissionId !== undefined && (
                    <p className="small">
                      <Link to={`/submissions/${run.submissionId}`}>Look at it</Link>
                    </p>
                  )}
                  {name === "visible" && stateOf(run, name) === "running" && (
                    <p className="soft small">
                      This usually takes about {formatCount(limits.visibility_lag_s)} seconds.
                    </p>
                  )}
                  {run.step === "done" && name === "visible" && (
                    <p className="small">
                      <Link to={statsAddress(slug, started.marker)}>See it in the lead stats</Link>
                    </p>
                  )}
                </Step>
              ))}
            </ol>
          )}
        </div>
        {failure !== undefined &&
          (failure.error instanceof NotVisible ? (
            <WhatToCheck error={failure.error} />
          ) : (
            <Refused error={failure.error} />
          ))}
      </div>
    </Panel>
  );
}
