import { createServer } from "node:net";
import { Complaint } from "./run.mjs";

function listen(port) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ port, host: "127.0.0.1" }, () => {
      const address = /** @type {import("node:net").AddressInfo} */ (server.address());
      server.close(() => resolve(address.port));
    });
  });
}

/** A port that nobody uses now. */
export const freePort = () => listen(0);

/** The port from PORT, checked: a number, and free. */
export async function chosenPort(text = process.env.PORT || "8787") {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65535) {
    throw new Complaint(`PORT is "${text}": a number from 1 to 65535 is needed.`);
  }
  await checkFree(port);
  return port;
}

async function checkFree(port) {
  try {
    await listen(port);
  } catch (error) {
    if (error.code === "EADDRINUSE") {
      throw new Complaint(`Port ${port} is taken by another program. Choose one: PORT=8790 npm start`);
    }
    if (error.code === "EACCES") throw new Complaint(`Port ${port} is not open to this user.`);
    throw error;
  }
}
