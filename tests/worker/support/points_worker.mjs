// Stands where production binds Analytics Engine: remembers points until they are asked for.
import { WorkerEntrypoint } from "cloudflare:workers";

const points = [];

export default class Points extends WorkerEntrypoint {
  async writeDataPoint(point) {
    points.push(point);
  }

  async written() {
    return points;
  }

  fetch() {
    return new Response(null, { status: 404 });
  }
}
