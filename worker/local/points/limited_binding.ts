// The binding as one invocation of a Worker sees it: synchronous, and with an allowance of points. The
// local Worker cannot count them, since each call reaches it as an invocation of its own; tests can.
import { type DataPoint, toDataPoint } from "./data_point.ts";

/** Points that one invocation of a Worker may write. */
export const pointsPerInvocation = 250;

export interface LimitedBinding {
  writeDataPoint(event?: unknown): void;
}

/** Makes the binding of one invocation. `sink` is given each accepted point. */
export function limitedBinding(
  sink: (point: DataPoint) => void,
  allowance: number = pointsPerInvocation,
): LimitedBinding {
  let written = 0;
  return {
    writeDataPoint(event?: unknown): void {
      // Counted first, so a point that is refused below has used up its place too. Production's text for
      // this is not known; that it throws, before any other check, is.
      if (++written > allowance) {
        throw new Error(`writeDataPoint(): Maximum of ${allowance} data points per invocation exceeded.`);
      }
      sink(toDataPoint(event));
    },
  };
}
