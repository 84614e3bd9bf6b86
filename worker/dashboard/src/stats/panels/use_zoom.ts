// The zoom of a chart: it moves at once, and is a part of the view as soon as it rests.

import { useEffect, useMemo, useRef, useState } from "react";
import type { BucketRow } from "../../api/stats.ts";
import type { Zoom } from "../../view/view.ts";
import { type Part, partOf, zoomOf } from "./zoom.ts";

/** Browsers refuse to change the address with each step of a handle. */
const REST_MS = 250;

export function useZoom(
  buckets: readonly BucketRow[],
  zoom: Zoom | null,
  save: (zoom: Zoom | null) => void,
): [Part, (part: Part) => void] {
  const kept = useMemo(() => partOf(zoom, buckets), [zoom, buckets]);
  const [moving, setMoving] = useState<{ part: Part; from: Part } | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const set = (part: Part) => {
    setMoving({ part, from: kept });
    clearTimeout(timer.current);
    timer.current = setTimeout(() => save(zoomOf(part, buckets)), REST_MS);
  };
  return [moving?.from === kept ? moving.part : kept, set];
}
