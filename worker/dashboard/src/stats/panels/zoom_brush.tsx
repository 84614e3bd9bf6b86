// The whole series, small, with two handles: what lies between them is drawn large above.

import { memo } from "react";
import { Area, AreaChart, Brush } from "recharts";
import type { Point } from "./series.ts";

const HEIGHT = 40;

function ZoomBrush({
  points,
  width,
  from,
  to,
  onChange,
}: {
  points: Point[];
  width: number;
  /** Indexes of points, both included. */
  from: number;
  to: number;
  onChange: (from: number, to: number) => void;
}) {
  return (
    <AreaChart
      data={points}
      width={width}
      height={HEIGHT}
      margin={{ top: 0, right: 24, bottom: 0, left: 44 }}
      // Only the handles within take the focus.
      accessibilityLayer={false}
    >
      <Brush
        dataKey="start"
        height={HEIGHT - 4}
        travellerWidth={10}
        startIndex={from}
        endIndex={to}
        className="zoom-brush"
        ariaLabel="Part of the range that is drawn large"
        tickFormatter={() => ""}
        onChange={({ startIndex, endIndex }) => onChange(startIndex, endIndex)}
      >
        <AreaChart data={points} accessibilityLayer={false}>
          <Area dataKey="total" type="linear" className="overview" isAnimationActive={false} dot={false} />
        </AreaChart>
      </Brush>
    </AreaChart>
  );
}

export default memo(ZoomBrush);
