// Whom the demo tells its briefs and alerts: a receiver on this machine that takes them, and one that is gone for good.
// It keeps nothing; what was posted can be read in the dashboard.

import { randomBytes } from "node:crypto";
import { createServer } from "node:http";

/** @type {Record<string, number>} */
const statuses = { "/team": 204, "/gone": 410 };

/** {webhooks, stop}: `webhooks` is the list of channels, as the secret WEBHOOKS has it. */
export async function startReceiver() {
  const server = createServer((request, response) => {
    request.resume();
    request.on("end", () => response.writeHead(statuses[request.url ?? ""] ?? 404).end());
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve(undefined));
  });
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const url = `http://127.0.0.1:${port}`;
  const common = { projects: ["*"], topics: ["brief", "alert"] };
  return {
    webhooks: [
      {
        id: "demo-team",
        type: "webhook",
        url: `${url}/team`,
        secret: `whsec_${randomBytes(24).toString("base64")}`,
        ...common,
      },
      { id: "demo-gone", type: "slack", url: `${url}/gone`, ...common },
    ],
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
