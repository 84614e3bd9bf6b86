// A lead never fails because of analytics.

import { afterEach, expect, test, vi } from "vitest";
import { limitedBinding } from "../../worker/local/points/limited_binding.ts";
import type { PointBinding } from "../../worker/src/env.ts";
import { person } from "./support/people.ts";
import { Stage } from "./support/stage.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

const failing: Record<string, PointBinding | undefined> = {
  "throws at once": {
    writeDataPoint() {
      throw new TypeError("writeDataPoint(): Maximum of 20 blobs supported.");
    },
  },
  rejects: { writeDataPoint: () => Promise.reject(new Error("the point was refused")) },
  "is not bound": undefined,
  "has used up its allowance": limitedBinding(() => {}, 0) as PointBinding,
};

for (const [how, binding] of Object.entries(failing)) {
  test(`Analytics Engine ${how}: the lead is kept, and the lost point is logged`, async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const stage = await Stage.open({}, { bindings: { LEAD_SUBMISSIONS: binding } });
    const { status } = await stage.post(person());
    expect(status).toBe(201);
    expect(await stage.rows("submissions")).toMatchObject([{ event_type: "primary" }]);
    expect(await stage.rows("leads")).toHaveLength(1);
    const lines = log.mock.calls.map(([line]) => JSON.parse(line as string));
    expect(lines).toMatchObject([{ event: "point_not_written", dataset: "lead_submissions", points: 1 }]);
  });
}

test("points whatever the form holds are within Analytics Engine's limits", async () => {
  const log = vi.spyOn(console, "error");
  const stage = await Stage.open();
  const long = "€".repeat(1500);
  const texts = [
    "source",
    "page",
    "referer",
    "cta",
    "utm_source",
    "utm_medium",
    "utm_campaign",
    "utm_term",
    "utm_content",
  ];
  const cf = { country: "IN", region: long, city: long, asOrganization: long, asn: 1 };
  const fields = Object.fromEntries(texts.map((name) => [name, long]));
  const { status } = await stage.post(
    person({ ...fields, time_on_page: 1e300, scroll_depth: -5, pages_viewed: "1e999" }),
    { cf },
  );
  expect(status).toBe(201);
  expect(log).not.toHaveBeenCalled();
  expect(stage.points).toHaveLength(1);
});
