// Every call that llms.txt and docs/api/prompts.md suggest for a question works as it stands there.

import { afterEach, expect, test } from "vitest";
import tools from "../../schema/mcp.json";
import { prompts } from "../../schema/prompts.json";
import { BriefDesk } from "./support/brief_desk.ts";
import { Desk } from "./support/report_desk.ts";
import { Stage } from "./support/stage.ts";

afterEach(() => Desk.close());
afterEach(() => BriefDesk.close());

const all = prompts.flatMap(({ ask, calls }) => calls.map((call) => ({ ask, ...call })));
const calls = all.filter(({ path }) => !path.startsWith("/api/briefs"));

test.each(calls)("$ask: GET $path", async ({ path: asked, tool }) => {
  const path = asked.replace("{last_monday}", "2026-11-09").replace("{this_monday}", "2026-11-16");
  const isReport = path.startsWith("/analytics/");
  const answer = isReport
    ? await (await Desk.open()).call(path)
    : await (await Stage.open()).call(path, { key: "marketing" });
  expect(answer.status, answer.text).toBe(200);
  if (isReport) expect(answer.json.meta.generated_at).toBeTruthy();
  expect(tools.tools.map(({ name }) => name)).toContain(tool);
});

test("what is in the weekly brief: its calls lead to its text", async () => {
  const desk = await BriefDesk.open();
  await desk.watch();
  let [briefId, text] = ["", ""];
  for (const { path, tool } of all.filter(({ path }) => path.startsWith("/api/briefs"))) {
    const { status, json } = await desk.call(path.replace("{brief_id}", briefId));
    expect(status).toBe(200);
    expect(tool).toBe("weekly_brief");
    briefId = json.data?.[0].brief_id ?? briefId;
    text = json.text ?? text;
  }
  expect(text).toMatch(/\d/);
});
