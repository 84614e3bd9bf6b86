// Briefs, alerts and deliveries in words, and a test of a channel followed to its end.

import { describe, expect, it } from "vitest";
import { formatDuration } from "../../worker/dashboard/src/alerts/times.ts";
import type { WholeDelivery } from "../../worker/dashboard/src/api/deliveries.ts";
import { Problem } from "../../worker/dashboard/src/api/http.ts";
import { statsAddress } from "../../worker/dashboard/src/briefs/numbers.tsx";
import {
  runTest,
  type TestState,
  TRIED_WITHIN_MS,
  type World,
} from "../../worker/dashboard/src/channels/send_test.ts";
import {
  deliveriesText,
  deliveryText,
  projectsText,
  takesText,
  topicLabel,
} from "../../worker/dashboard/src/deliveries/words.ts";
import { formatCount } from "../../worker/dashboard/src/format.ts";

const delivery = (part: Partial<WholeDelivery> = {}): WholeDelivery => ({
  delivery_id: "dlv_1",
  channel: "team",
  topic: "test",
  subject_id: "dlv_1",
  projects: ["*"],
  status: "pending",
  attempts: 0,
  response_status: null,
  error: null,
  created_at: "2026-11-21T08:00:00.000Z",
  attempted_at: null,
  finished_at: null,
  body: {},
  ...part,
});

describe("a delivery", () => {
  it.each([
    [{}, "Waiting to be sent"],
    [
      { attempts: 1, error: "It refused." },
      "Not delivered yet after 1 attempt, tried again by itself: It refused.",
    ],
    [{ status: "delivered", attempts: 1, response_status: 204 }, "Delivered"],
    [{ status: "delivered", attempts: 3, response_status: 200 }, "Delivered after 3 attempts"],
    [
      { status: "dead", attempts: 9, response_status: 500 },
      "Failed after 9 attempts: The receiver answered 500.",
    ],
    [{ status: "dead", attempts: 1, response_status: 410, error: "Gone." }, "Failed after 1 attempt: Gone."],
    [{ status: "dead", attempts: 9 }, "Failed after 9 attempts"],
  ] as const)("%j is told as %s", (part, text) => {
    expect(deliveryText(delivery(part))).toBe(text);
  });

  it("is one of several in the list of briefs", () => {
    expect(deliveriesText([])).toBeNull();
    expect(deliveriesText([delivery({ status: "delivered" })])).toBe("1 delivered");
    expect(
      deliveriesText([
        delivery({ status: "dead" }),
        delivery({ status: "delivered" }),
        delivery(),
        delivery(),
      ]),
    ).toBe("1 delivered, 2 on its way, and 1 failed");
  });

  it("is of projects and topics, known or not", () => {
    expect(projectsText(["*"])).toBe("All projects");
    expect(projectsText(["a", "b"])).toBe("a, b");
    expect(takesText(["brief", "alert"])).toBe("Briefs and alerts");
    expect(takesText([])).toBe("");
    expect(topicLabel("alert.opened")).toBe("Alert opened");
    expect(topicLabel("report.daily")).toBe("report.daily");
  });
});

it("how long an alert holds is told in whole units", () => {
  const minutes = (count: number) => formatDuration(count * 60_000);
  expect(minutes(0)).toBe("1 minute");
  expect(minutes(45)).toBe("45 minutes");
  expect(minutes(119)).toBe(`${formatCount(119)} minutes`);
  expect(minutes(120)).toBe("2 hours");
  expect(minutes(47 * 60)).toBe("47 hours");
  expect(minutes(48 * 60)).toBe("2 days");
  expect(minutes(400 * 60)).toBe("17 days");
});

it("a brief's values lead to the lead stats of its days", () => {
  const days = {
    from: "2026-11-09T00:00:00+05:30",
    to: "2026-11-16T00:00:00+05:30",
    timezone: "Asia/Kolkata",
  };
  const query = (address: string) => [...new URL(address, "http://x").searchParams];
  const range = [
    ["from", "2026-11-09"],
    ["to", "2026-11-16"],
    ["timezone", "Asia/Kolkata"],
  ];
  expect(query(statsAddress({ ...days, projects: ["*"] }))).toEqual(range);
  expect(
    query(statsAddress({ ...days, projects: ["a", "b"] }, { dimension: "source", value: "-x,y" })),
  ).toEqual([...range, ["project", "a,b"], ["source", "\\-x\\,y"]]);
  // Of a project among those of the brief.
  expect(
    query(statsAddress({ ...days, projects: ["a", "b"] }, { dimension: "project", value: "b" })),
  ).toEqual([...range, ["project", "b"]]);
});

describe("a test of a channel", () => {
  /** A world whose clock moves only while it waits. */
  function world(found: (at: number) => WholeDelivery | undefined, part: Partial<World> = {}): World {
    let now = 0;
    return {
      sendTest: async () => ({ delivery_id: "dlv_1" }),
      findDelivery: async () => found(now),
      now: () => now,
      pause: async (ms) => {
        now += ms;
      },
      ...part,
    };
  }
  async function follow(of: World): Promise<TestState[]> {
    const states: TestState[] = [];
    await runTest(of, "team", (state) => states.push(state));
    return states;
  }
  const unavailable = new Problem({ status: 503, code: "ledger_unavailable", detail: "Not now." });

  it("ends when it is delivered", async () => {
    const states = await follow(
      world((at) =>
        at < 2000 ? undefined : delivery(at < 4000 ? {} : { status: "delivered", attempts: 1 }),
      ),
    );
    expect(states[0]).toEqual({ step: "sending" });
    expect(states.at(-1)).toMatchObject({ step: "done", delivery: { status: "delivered" } });
    expect(states.filter(({ step }) => step === "waiting")).toHaveLength(4);
  });

  it("ends at the first attempt that failed: others come by themselves", async () => {
    const failed = delivery({ attempts: 1, response_status: 500, error: "It answered 500." });
    expect((await follow(world(() => failed))).at(-1)).toEqual({ step: "done", delivery: failed });
  });

  it("does not wait for ever", async () => {
    let asked = 0;
    const states = await follow(
      world(() => {
        asked += 1;
        return delivery();
      }),
    );
    expect(states.at(-1)).toEqual({ step: "slow" });
    expect(asked).toBeLessThanOrEqual(TRIED_WITHIN_MS / 1000);
  });

  it("says why it was not sent, and waits through short trouble", async () => {
    const refused = new Problem({ status: 409, code: "not_possible", detail: "The channel cannot be used." });
    const states = await follow(
      world(() => undefined, {
        sendTest: async () => {
          throw refused;
        },
      }),
    );
    expect(states.at(-1)).toEqual({ step: "failed", error: refused });
    let times = 0;
    const through = await follow(
      world(() => undefined, {
        findDelivery: async () => {
          times += 1;
          if (times < 3) throw unavailable;
          return delivery({ status: "dead", attempts: 1, error: "Gone." });
        },
      }),
    );
    expect(through.at(-1)).toMatchObject({ step: "done", delivery: { status: "dead" } });
  });
});
