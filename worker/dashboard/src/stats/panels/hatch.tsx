// How charts draw what is not over, or cut by the range.

import { type BarShapeProps, Rectangle } from "recharts";
import type { Point } from "./series.ts";

/** `address`: "url(#id)", as a fill names it. */
export const Hatch = ({ address }: { address: string }) => (
  <defs>
    <pattern
      id={address.slice("url(#".length, -1)}
      width="7"
      height="7"
      patternUnits="userSpaceOnUse"
      patternTransform="rotate(45)"
    >
      <rect width="3" height="7" className="hatch" />
    </pattern>
  </defs>
);

/** What an area of hatching has, above the areas whose last part is not over. */
export const hatchedArea = (hatch: string) =>
  ({
    className: "partial-area",
    type: "linear",
    fill: hatch,
    fillOpacity: 1,
    stroke: "none",
    dot: false,
    activeDot: false,
    tooltipType: "none",
    legendType: "none",
    isAnimationActive: false,
  }) as const;

export function PartialBar({ bar, hatch }: { bar: BarShapeProps; hatch: string }) {
  const { running, cut } = bar.payload as Point;
  const { x, y, width, height } = bar;
  return (
    <>
      <Rectangle {...bar} />
      {(running || cut) && <rect {...{ x, y, width, height }} fill={hatch} className="partial-bar" />}
    </>
  );
}
