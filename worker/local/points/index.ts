// The local stand-in for an Analytics Engine binding. Another Worker binds this one as a service, under the
// name that its dataset has in production, and calls `writeDataPoint` as it would there. What differs: the
// call answers a promise, and so a refusal is a rejection. It resolves when the point can be read.
import { WorkerEntrypoint } from "cloudflare:workers";
import { toDataPoint } from "./data_point.ts";
import { pointLine } from "./point_line.ts";

interface Env {
  readonly ENGINE_URL: string;
  readonly ENGINE_TOKEN: string;
  /** The dataset for bindings that name none. */
  readonly DATASET: string;
}

/** `props` of the service binding. */
interface Props {
  readonly dataset?: string;
}

export default class LocalPoints extends WorkerEntrypoint<Env, Props> {
  async writeDataPoint(event?: unknown): Promise<void> {
    const point = toDataPoint(event);
    const dataset = this.ctx.props?.dataset ?? this.env.DATASET;
    const response = await fetch(`${this.env.ENGINE_URL}/local/points`, {
      method: "POST",
      headers: { authorization: `Bearer ${this.env.ENGINE_TOKEN}` },
      body: pointLine(dataset, Date.now() / 1000, point),
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(`the local Analytics Engine answered ${response.status}: ${answer}`);
  }

  override fetch(): Response {
    return new Response("This Worker is called through a service binding.\n", { status: 404 });
  }
}
