// Every call that llms.txt and docs/api/prompts.md suggest for a question works as it stands there.

import { afterEach, expect, test } from "vitest";
import tools from "../../schema/mcp.json";
import { prompts } from "../../schema/prompts.json";
import { Desk } from "./support/report_desk.ts";
import { Stage } from "./support/stage.ts";

afterEach(() => Desk.close());

const calls = prompts.flatMap(({ ask, calls }) => calls.map((call) => ({ ask, ...call })));

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
