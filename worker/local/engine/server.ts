// The local Analytics Engine. Start it with Node 24 or later:
//   node worker/local/engine/server.ts --port 8788 --data .local/analytics --token local
import { mkdirSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { createHandler } from "./http.ts";
import type { EmptyDataset } from "./service.ts";
import { Store } from "./store.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    data: { type: "string" },
    token: { type: "string", default: process.env.ENGINE_TOKEN },
    account: { type: "string" },
    // What a query of a never-written dataset gets: `refuse` (422) or `rows` (200, none).
    "empty-dataset": { type: "string", default: process.env.EMPTY_DATASET ?? "refuse" },
  },
});

const port = Number(values.port);
const emptyDataset = values["empty-dataset"];
if (!Number.isInteger(port) || port < 0 || port > 65_535) fail("--port must be a port, or 0 for any");
if (values.data === undefined || values.data === "") fail("--data must name a directory");
if (values.token === undefined || values.token === "") fail("--token must not be empty");
if (!isEmptyDataset(emptyDataset)) fail("--empty-dataset must be refuse or rows");

const directory = resolve(values.data);
mkdirSync(directory, { recursive: true });
const store = openStore(directory);
const handle = createHandler(store, { token: values.token, account: values.account ?? null, emptyDataset });
const server = createServer((request, response) => void handle(request, response));

// Loopback only: the token is a formality here, and the points are somebody's business.
server.listen(port, "127.0.0.1", () => {
  const address = server.address() as AddressInfo;
  console.log(`analytics engine listening on http://127.0.0.1:${address.port}`);
});
server.on("error", (error) => fail(error.message));
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, stop);

/** Lets running requests finish, then closes ClickHouse. */
function stop(): void {
  server.close(() => {
    store.close();
    process.exit(0);
  });
  server.closeIdleConnections();
}

function openStore(path: string): Store {
  try {
    return new Store(path);
  } catch (error) {
    // Most often another engine has it open.
    return fail(`cannot open ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function isEmptyDataset(value: string): value is EmptyDataset {
  return value === "refuse" || value === "rows";
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
