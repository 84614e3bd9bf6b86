// wrangler.toml says by hand what the schema and the platform's limits say too.
import { describe, expect, it } from "vitest";
import { unstable_readConfig as readConfig } from "wrangler";
import { readSchema } from "../../schema/generator/io.mjs";
import { inRoot } from "../../scripts/lib/paths.mjs";

const { crons } = readSchema("request.json");

describe.each([undefined, "local"])("the environment %s", (env) => {
  const config = readConfig({ config: inRoot("wrangler.toml"), env }, { hideWarnings: true });

  it("has the triggers that the core knows, and no others", () => {
    expect(config.triggers.crons.toSorted()).toEqual(Object.values(crons).toSorted());
  });

  it("posts to no more receivers at once than an invocation has connections", () => {
    const [queue] = config.queues.consumers.filter((one) => one.queue === "leadledger-deliveries");
    expect(queue.max_batch_size).toBeLessThan(6);
  });
});
