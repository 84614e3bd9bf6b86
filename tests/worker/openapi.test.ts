// Every example of the API's description is sent, in the order that the examples ask for: its answer has the status that is
// shown, and (as every answer here) the shape that is described, which the answer that is shown has too. Ids of this run
// stand in for those of the examples. Briefs and alerts that examples show are put into the ledger before: nothing but
// time makes them.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import openapi from "../../build/generated/openapi.json" with { type: "json" };
import listed from "../../build/generated/openapi_exchanges.json" with { type: "json" };
import { checkAnswer } from "../openapi/check.ts";
import { insertAlert, insertBrief } from "./support/example_rows.ts";
import { Desk } from "./support/report_desk.ts";
import { Stage } from "./support/stage.ts";

interface Exchange {
  operation: string;
  method: string;
  template: string;
  name: string;
  key: string;
  status: number;
  at?: number;
  as?: string;
  path?: Record<string, string>;
  query?: Record<string, unknown>;
  headers?: Record<string, string>;
  body?: Record<string, unknown>;
  answer?: Record<string, unknown>;
}

const exchanges = (listed as Exchange[])
  .map((exchange, at) => ({ ...exchange, at: exchange.at ?? 50, place: at }))
  .sort((one, other) => one.at - other.at || one.place - other.place);

/** Ids that the examples show, and those that this run was given. */
const told = new Map<string, string>();

function learn(shown: unknown, real: unknown): void {
  if (typeof shown === "string" && typeof real === "string") {
    if (/^[a-z]+_[0-9a-f]{32}$/.test(shown) && shown !== real) told.set(shown, real);
  } else if (shown !== null && real !== null && typeof shown === "object" && typeof real === "object") {
    for (const [name, value] of Object.entries(shown)) learn(value, (real as Record<string, unknown>)[name]);
  }
}

const current = (text: string) => [...told].reduce((out, [shown, real]) => out.replaceAll(shown, real), text);

function pathOf({ template, path = {}, query = {} }: Exchange): string {
  const filled = template.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(current(String(path[name]))));
  const parameters = new URLSearchParams(
    Object.entries(query).map(([name, value]) => [name, current(String(value))] as [string, string]),
  );
  return parameters.size > 0 ? `${filled}?${parameters}` : filled;
}

const isReport = ({ template }: Exchange) =>
  template.startsWith("/analytics/") || ["/api/session", "/api/briefs/preview"].includes(template);
/** Operations whose examples are shown as they were put into the ledger. */
const kept = ["listAlerts", "listBriefs", "getBrief"];
const shownBy = (operation: string) =>
  exchanges.filter((one) => one.operation === operation && one.status === 200).map((one) => one.answer ?? {});

function checkShown({ method, status, answer }: Exchange, path: string, headers: Headers): void {
  if (answer === undefined) return;
  checkAnswer({ method: method.toUpperCase(), path, status, headers, text: JSON.stringify(answer) });
}

const titled = (list: Exchange[]) =>
  list.map((exchange) => [`${exchange.operation}: ${exchange.name}`, exchange] as const);

test("every operation has an example", () => {
  const operations = Object.values(openapi.paths).flatMap((path) =>
    Object.values(path).map(({ operationId }: { operationId: string }) => operationId),
  );
  const shown = new Set(exchanges.map(({ operation }) => operation));
  expect(operations.filter((operation) => !shown.has(operation))).toEqual([]);
});

describe("of the ledger", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open();
    for (const { data } of shownBy("listAlerts")) {
      for (const alert of data as Record<string, unknown>[]) await insertAlert(alert);
    }
    for (const brief of shownBy("getBrief")) await insertBrief(brief);
  });
  const own = exchanges.filter((one) => !isReport(one));

  test.each(titled(own))("%s", async (_, exchange) => {
    const { method, key, headers, body, as, status, answer } = exchange;
    const form = as === undefined || body === undefined ? body : String(new URLSearchParams(body as never));
    const path = pathOf(exchange);
    const real = await stage.call(path, {
      method: method.toUpperCase(),
      ...(key === "admin" || key === "marketing" ? { key } : {}),
      headers: { ...(as ? { "content-type": as } : {}), ...headers },
      ...(form === undefined ? {} : { body: form }),
    });
    expect(real.status, real.text).toBe(status);
    checkShown(exchange, path, real.headers);
    if (kept.includes(exchange.operation) && status === 200) expect(real.json).toEqual(answer);
    learn(answer, real.json);
  });
});

describe("of reports", () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await Desk.open();
  });
  afterAll(() => Desk.close());

  test.each(titled(exchanges.filter(isReport)))("%s", async (_, exchange) => {
    const { method, key, headers, status } = exchange;
    const path = pathOf(exchange);
    const {
      status: real,
      text,
      headers: answered,
    } = await desk.call(path, {
      method: method.toUpperCase(),
      key: key === "anyone" ? null : key === "limited" ? "acme" : key,
      ...(headers ? { headers } : {}),
    });
    expect(real, text).toBe(status);
    checkShown(exchange, path, answered);
  });
});
