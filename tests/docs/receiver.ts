// The receiver and the channels of the page on channels: on loopback, beside the stack that the examples run against.

import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

export interface Receiver {
  /** Puts the channels where the stack looks for them. */
  prepare(state: string): Promise<void>;
  close(): void;
}

/** Takes what comes to /ok; wants nothing more at /gone. */
export async function startReceiver(): Promise<Receiver> {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(request.url === "/ok" ? 200 : 410).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const webhook = { type: "webhook", secret: `whsec_${Buffer.alloc(32, 7).toString("base64")}` };
  const channels = [
    {
      id: "ops",
      ...webhook,
      url: `${url}/ok`,
      projects: ["*"],
      topics: ["brief", "alert"],
      quiet_hours: { from: "22:00", to: "07:00", timezone: "Asia/Kolkata" },
    },
    { id: "old", ...webhook, url: `${url}/gone`, projects: ["acme"], topics: ["brief"] },
    {
      id: "team",
      type: "slack",
      url: "http://hooks.example/services",
      projects: ["globex", "acme"],
      topics: ["alert"],
    },
  ];
  return {
    prepare: (state) => writeFile(join(state, "local-webhooks.json"), JSON.stringify(channels)),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** Has a delivery die, which the page then shows. */
export async function buryOne(url: string, key: string): Promise<void> {
  const headers = { authorization: `Bearer ${key}` };
  const sent = await fetch(`${url}/api/admin/channels/old/test`, { method: "POST", headers });
  if (sent.status !== 202) throw new Error(`The test was answered ${sent.status}.`);
  for (let left = 100; left > 0; left -= 1) {
    const answer = await fetch(`${url}/api/admin/deliveries?status=dead`, { headers });
    const { data } = (await answer.json()) as { data: unknown[] };
    if (data.length === 1) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error("The delivery is not dead after 20 seconds.");
}
