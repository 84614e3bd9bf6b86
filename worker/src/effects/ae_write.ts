// ae.write: one data point. The binding throws past its limits, and its local stand-in rejects; neither may fail what
// asked for it, so it is logged, with a number to count by.

import type { DataPoint, PointBinding } from "../env.ts";
import { ok, type Performer, type Reply } from "./effect.ts";

interface AeWrite {
  dataset: string;
  point: DataPoint;
}

export function aeWrite({ dataset, point }: AeWrite, { env, waitUntil }: Performer): Reply {
  const lost = (error: unknown) =>
    console.error(JSON.stringify({ event: "point_not_written", dataset, points: 1, error: String(error) }));
  try {
    const binding = env[dataset.toUpperCase()] as PointBinding;
    const written = binding.writeDataPoint(point);
    if (written !== undefined) waitUntil(Promise.resolve(written).catch(lost));
  } catch (error) {
    lost(error);
  }
  return ok();
}
