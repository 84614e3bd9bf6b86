// What was sent, above all what failed: with what was to be said, and a way to send it again.

import { RotateCcw } from "lucide-react";
import { useId, useState } from "react";
import { type Channel, useDeliveries, useRetryDelivery, type WholeDelivery } from "../api/deliveries.ts";
import { StatusBadge } from "../deliveries/list.tsx";
import { deliveryText, projectsText, statusLabels, topicLabel } from "../deliveries/words.ts";
import { formatTime } from "../format.ts";
import { More, Pages } from "../ui/pages.tsx";
import { Panel } from "../ui/panel.tsx";
import { Empty } from "../ui/states.tsx";
import { say } from "../ui/toasts.tsx";

/** As it is posted, in lines that can be read. */
const bodyText = (body: unknown) => JSON.stringify(body, null, 2);

function Card({ delivery, timezone }: { delivery: WholeDelivery; timezone: string }) {
  const retry = useRetryDelivery();
  const name = `${topicLabel(delivery.topic)} to ${delivery.channel}`;
  const at = delivery.finished_at ?? delivery.attempted_at ?? delivery.created_at;
  return (
    <article className="delivery-card">
      <div className="head">
        <StatusBadge status={delivery.status} />
        <h3>{name}</h3>
        <span className="soft small">
          {projectsText(delivery.projects)}, {formatTime(at, "moment", timezone)}
        </span>
        {delivery.status === "dead" && (
          <button
            type="button"
            className="button small no-print"
            disabled={retry.isPending}
            onClick={() =>
              retry.mutate(delivery.delivery_id, {
                onSuccess: () => say(`${name} is on its way again.`),
                onError: (error) => say(`It was not sent again. ${error.message}`, { bad: true }),
              })
            }
          >
            <RotateCcw aria-hidden size={14} />
            {retry.isPending ? "Sending…" : "Send again"}
            <span className="unseen">: {name}</span>
          </button>
        )}
      </div>
      <p>{deliveryText(delivery)}</p>
      <details>
        <summary>
          What was to be said<span className="unseen">: {name}</span>
        </summary>
        <section
          className="snippet"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling part must be reachable by keyboard
          tabIndex={0}
          aria-label={`Posted: ${name}`}
        >
          <pre>
            <code dir="auto">{bodyText(delivery.body)}</code>
          </pre>
        </section>
        <p className="soft small">
          <code>{delivery.delivery_id}</code> of <code>{delivery.subject_id}</code>
        </p>
      </details>
    </article>
  );
}

const choices = [
  ["dead", statusLabels.dead],
  ["pending", statusLabels.pending],
  ["delivered", statusLabels.delivered],
  ["", "All"],
] as const;

const nothing = {
  dead: "Nothing has failed",
  pending: "Nothing is on its way",
  delivered: "Nothing was delivered yet",
  "": "Nothing was sent yet",
} as const;

export function DeliveriesPanel({ channels, timezone }: { channels: readonly Channel[]; timezone: string }) {
  const id = useId();
  const ids = [...new Set(channels.flatMap((one) => (one.id === null ? [] : [one.id])))];
  const [status, setStatus] = useState<(typeof choices)[number][0]>("dead");
  const [channel, setChannel] = useState("");
  const query = useDeliveries({
    ...(status === "" ? {} : { status }),
    ...(channel === "" ? {} : { channel }),
  });
  return (
    <Panel title="Deliveries" about="What failed stays here, and can be sent again.">
      <div className="delivery-filters no-print">
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is drawn and laid out differently */}
        <div className="segments" role="group" aria-label="Which deliveries">
          {choices.map(([value, label]) => (
            <button
              key={value}
              type="button"
              className="button small"
              aria-pressed={status === value}
              onClick={() => setStatus(value)}
            >
              {label}
            </button>
          ))}
        </div>
        {ids.length > 1 && (
          <div className="field inline">
            <label htmlFor={id}>Channel</label>
            <select
              id={id}
              className="input"
              value={channel}
              onChange={(event) => setChannel(event.target.value)}
            >
              <option value="">All</option>
              {ids.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          </div>
        )}
      </div>
      <Pages query={query}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title={nothing[status]} />
          ) : (
            <>
              <ul className="told-list">
                {rows.map((delivery) => (
                  <li key={delivery.delivery_id}>
                    <Card delivery={delivery} timezone={timezone} />
                  </li>
                ))}
              </ul>
              <More query={query} />
            </>
          )
        }
      </Pages>
    </Panel>
  );
}
