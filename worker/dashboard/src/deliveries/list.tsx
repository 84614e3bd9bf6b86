// Where something was delivered, and how that went.

import { CircleCheck, CircleX, Clock } from "lucide-react";
import type { Delivery, DeliveryStatus } from "../api/deliveries.ts";
import { formatTime } from "../format.ts";
import { deliveryText, statusLabels, topicLabel } from "./words.ts";

const icons = { pending: Clock, delivered: CircleCheck, dead: CircleX } satisfies Record<
  DeliveryStatus,
  unknown
>;

export function StatusBadge({ status }: { status: DeliveryStatus }) {
  const Icon = icons[status] ?? Clock;
  return (
    <span className={`badge delivery ${status}`}>
      <Icon aria-hidden size={14} />
      {statusLabels[status] ?? status}
    </span>
  );
}

/** Without `topics`: they are all of one. */
export function Deliveries({
  deliveries,
  timezone,
  topics = false,
}: {
  deliveries: readonly Delivery[];
  timezone: string;
  topics?: boolean;
}) {
  return (
    <ul className="deliveries">
      {deliveries.map((delivery) => {
        const at = delivery.finished_at ?? delivery.attempted_at ?? delivery.created_at;
        return (
          <li key={delivery.delivery_id}>
            <StatusBadge status={delivery.status} />
            <span className="what">
              <strong>{delivery.channel}</strong>
              {topics && `, ${topicLabel(delivery.topic).toLowerCase()}`}
              <span className="soft">
                {" "}
                {formatTime(at, "moment", timezone)}. {deliveryText(delivery)}
              </span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
