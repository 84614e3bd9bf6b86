// A test lead is followed from the form to the reports.

import { describe, expect, it } from "vitest";
import { Problem } from "../../worker/dashboard/src/api/http.ts";
import {
  leadOf,
  NotVisible,
  questionOfTest,
  runTest,
  statsAddress,
  type TestRun,
  type World,
} from "../../worker/dashboard/src/projects/test_lead.ts";
import { pause } from "../../worker/dashboard/src/ui/pause.ts";

const accepted = {
  submission_id: "sub_1",
  event_type: "test" as const,
  reasons: [{ code: "test_header", detail: "" }],
};
const problem = (status: number, code = "x") => new Problem({ status, code, detail: code });

/** A world whose clock moves only while it waits. */
function world(part: Partial<World> = {}) {
  let now = Date.UTC(2026, 10, 21);
  const waits: number[] = [];
  const made: World = {
    checkSession: async () => undefined,
    postLead: async () => accepted,
    getSubmission: async () => accepted,
    countMarked: async () => 1,
    now: () => now,
    pause: async (ms) => {
      waits.push(ms);
      now += ms;
    },
    ...part,
  };
  return { made, waits };
}

async function follow(made: World): Promise<TestRun[]> {
  const runs: TestRun[] = [];
  const question = questionOfTest("acme", "m-1", made.now());
  await runTest(made, leadOf("acme", "m-1", "https://leads.acme.com"), question, (run) => runs.push(run));
  return runs;
}

const failing = (times: number, error: unknown) => {
  let left = times;
  return async () => {
    left -= 1;
    if (left >= 0) throw error;
  };
};

describe("a test lead", () => {
  it("is ticked off step by step", async () => {
    const runs = await follow(world().made);
    expect(runs.map(({ step }) => step)).toEqual(["accepted", "kept", "visible", "done"]);
    expect(runs.at(-1)).toMatchObject({
      submissionId: "sub_1",
      verdict: { event_type: "test", reasons: [{ code: "test_header" }] },
    });
    expect(runs.at(-1)?.failure).toBeUndefined();
  });

  it("is asked for by its own marker, from before it was sent", () => {
    const question = questionOfTest("acme", "m-1", Date.UTC(2026, 10, 21, 12));
    expect(Object.fromEntries(question)).toEqual({
      project: "acme",
      utm_content: "m-1",
      from: "2026-11-21T11:55:00.000Z",
      bucket: "none",
    });
    expect(leadOf("acme", "m-1", "x")).toMatchObject({ utm_content: "m-1", email: "ada+test@example.com" });
    expect(statsAddress("acme", "m-1")).not.toContain("event_type");
    expect(new URL(statsAddress("acme", "m-1"), "http://x").searchParams.get("utm_content")).toBe("m-1");
  });

  it("waits for the queue to bring it into the ledger, and takes the verdict from there", async () => {
    const missing = failing(3, problem(404));
    const { made, waits } = world({
      postLead: async () => ({ submission_id: "sub_1" }),
      getSubmission: async () => {
        await missing();
        return accepted;
      },
    });
    const runs = await follow(made);
    expect(runs[1]?.verdict).toBeUndefined();
    expect(runs.at(-1)).toMatchObject({ step: "done", verdict: { event_type: "test" } });
    expect(waits).toHaveLength(3);
  });

  it("says at which step it was refused, and asks nothing more", async () => {
    const refusal = problem(403, "address_blocked");
    const { made } = world({
      postLead: async () => {
        throw refusal;
      },
      getSubmission: async () => {
        throw new Error("asked for what was never kept");
      },
    });
    expect((await follow(made)).at(-1)?.failure).toEqual({ step: "accepted", error: refusal });
  });

  it("sits out trouble of Analytics Engine", async () => {
    const trouble = failing(2, problem(503, "analytics_unavailable"));
    const { made } = world({
      countMarked: async () => {
        await trouble();
        return 1;
      },
    });
    expect((await follow(made)).at(-1)?.step).toBe("done");
  });

  it("does not wait for what cannot get better", async () => {
    const { made, waits } = world({
      countMarked: async () => {
        throw problem(400, "bad_parameter");
      },
    });
    expect((await follow(made)).at(-1)?.failure?.step).toBe("visible");
    expect(waits).toEqual([]);
  });

  it("gives up after three minutes and tells what was answered last", async () => {
    const last = problem(503, "analytics_unavailable");
    const { made, waits } = world({
      countMarked: async () => {
        throw last;
      },
    });
    const failure = (await follow(made)).at(-1)?.failure;
    expect(failure?.step).toBe("visible");
    expect(failure?.error).toBeInstanceOf(NotVisible);
    expect(failure?.error).toHaveProperty("cause", last);
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBe(180_000);
  });

  it("is not sent where the session is gone: it would be a real lead", async () => {
    const gone = problem(401, "key_missing");
    const posted: unknown[] = [];
    const { made } = world({
      checkSession: async () => {
        throw gone;
      },
      postLead: async (body) => {
        posted.push(body);
        return accepted;
      },
    });
    expect((await follow(made)).at(-1)?.failure).toEqual({ step: "accepted", error: gone });
    expect(posted).toEqual([]);
  });

  it("arrives too where it was judged a bot", async () => {
    const bot = {
      submission_id: "sub_1",
      event_type: "bot" as const,
      reasons: [{ code: "bot_user_agent", detail: "" }],
    };
    const asked: string[] = [];
    const { made } = world({
      postLead: async () => bot,
      getSubmission: async () => bot,
      countMarked: async (question) => {
        asked.push(question.get("event_type") ?? "any");
        return 1;
      },
    });
    expect((await follow(made)).at(-1)).toMatchObject({ step: "done", verdict: { event_type: "bot" } });
    expect(asked).toEqual(["any"]);
  });
});

describe("a pause", () => {
  it("ends at once where it is given up, also before it began", async () => {
    const controller = new AbortController();
    const waiting = pause(60_000, controller.signal);
    controller.abort(new Error("given up"));
    await expect(waiting).rejects.toThrow("given up");
    await expect(pause(60_000, controller.signal)).rejects.toThrow("given up");
  });

  it("leaves no listener behind", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    let listeners = 0;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...given: Parameters<typeof add>) => {
      listeners += 1;
      add(...given);
    };
    signal.removeEventListener = (...given: Parameters<typeof remove>) => {
      listeners -= 1;
      remove(...given);
    };
    await pause(1, signal);
    expect(listeners).toBe(0);
  });
});
