// The zone whose days are counted.

import { ChevronDown, Globe } from "lucide-react";
import { lazy, Suspense } from "react";
import { Popover } from "../../ui/popover.tsx";
import type { Change } from "../../view/use_view.ts";
import type { View } from "../../view/view.ts";
import { zoneOf } from "../../view/zone.ts";
import { offsetOf, zoneText } from "./zones.ts";

const ZoneList = lazy(() => import("./zone_list.tsx"));

export function ZoneControl({
  view,
  now,
  deployment,
  change,
}: {
  view: View;
  now: Date;
  deployment: string;
  change: Change;
}) {
  const zone = zoneOf(view);
  const offset = offsetOf(zone, now);
  return (
    <fieldset className="control">
      <legend>Time zone</legend>
      <Popover
        className={view.timezone === null ? "button small" : "button small chosen"}
        ariaLabel={`Time zone: ${zoneText(zone)} ${offset}`}
        label={
          <>
            <Globe aria-hidden size={15} />
            <span className="zone-name">{zoneText(zone)}</span> <span className="soft">{offset}</span>
            <ChevronDown aria-hidden size={14} />
          </>
        }
      >
        {(close) => (
          <Suspense fallback={<div className="skeleton" />}>
            <ZoneList
              chosen={zone}
              deployment={deployment}
              now={now}
              onChoose={(name) => {
                change({ timezone: name === deployment ? null : name });
                close();
              }}
            />
          </Suspense>
        )}
      </Popover>
    </fieldset>
  );
}
