// How deliveries went, in words.

import type { channelTopics, channelTypes, deliveryTopics } from "~schema";
import type { Delivery, DeliveryStatus } from "../api/deliveries.ts";
import { formatCount, formatList } from "../format.ts";

type OneOf<List extends readonly string[]> = List[number];
/** The word for a name; of a name that is not known here the name itself. */
const wordOf = (words: Record<string, string>, name: string) =>
  Object.hasOwn(words, name) ? (words[name] as string) : name;

const topics: Record<OneOf<typeof deliveryTopics>, string> = {
  "brief.weekly": "Weekly brief",
  "alert.opened": "Alert opened",
  "alert.closed": "Alert closed",
  test: "Test",
};
/** "Alert opened"; the API's own name of a topic that is not known here. */
export const topicLabel = (topic: string) => wordOf(topics, topic);

const takes: Record<OneOf<typeof channelTopics>, string> = { brief: "briefs", alert: "alerts" };
/** "Briefs and alerts". */
export function takesText(topics: readonly string[]): string {
  const text = formatList(topics.map((topic) => wordOf(takes, topic)));
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const types: Record<OneOf<typeof channelTypes>, string> = { slack: "Slack", webhook: "Webhook" };
export const channelTypeLabel = (type: string) => wordOf(types, type);

export const statusLabels: Record<DeliveryStatus, string> = {
  pending: "On its way",
  delivered: "Delivered",
  dead: "Failed",
};

const times = (attempts: number) => (attempts === 1 ? "1 attempt" : `${formatCount(attempts)} attempts`);

/** What the receiver or the network said last, where it went wrong. */
function troubleOf({ response_status, error }: Pick<Delivery, "response_status" | "error">): string | null {
  if (error) return error;
  return response_status === null ? null : `The receiver answered ${response_status}.`;
}

/** "Failed after 8 attempts: The receiver answered 500." */
export function deliveryText(
  delivery: Pick<Delivery, "status" | "attempts" | "response_status" | "error">,
): string {
  const { status, attempts } = delivery;
  const trouble = troubleOf(delivery);
  switch (status) {
    case "delivered":
      return attempts > 1 ? `Delivered after ${times(attempts)}` : "Delivered";
    case "dead":
      return `Failed after ${times(attempts)}${trouble === null ? "" : `: ${trouble}`}`;
    default:
      if (attempts === 0) return "Waiting to be sent";
      return `Not delivered yet after ${times(attempts)}, tried again by itself${trouble === null ? "" : `: ${trouble}`}`;
  }
}

/** "2 delivered and 1 failed"; null where nothing was to be sent. */
export function deliveriesText(deliveries: readonly Pick<Delivery, "status">[]): string | null {
  const parts = (["delivered", "pending", "dead"] as const).flatMap((status) => {
    const count = deliveries.filter((one) => one.status === status).length;
    return count === 0 ? [] : [`${formatCount(count)} ${statusLabels[status].toLowerCase()}`];
  });
  return parts.length === 0 ? null : formatList(parts);
}

/** ["*"] is all projects. */
export const projectsText = (projects: readonly string[]) =>
  projects.includes("*") ? "All projects" : projects.join(", ");
