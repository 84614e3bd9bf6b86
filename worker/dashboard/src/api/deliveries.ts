// Where briefs and alerts go, and how that went, as docs/api/channels.md describes it.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { deliveryStatuses } from "~schema";
import { requestJson } from "./http.ts";
import { useChangeOnce } from "./once.ts";
import { type Page, usePages } from "./pages.ts";

export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** Something that was posted, or is to be, to one channel. */
export interface Delivery {
  delivery_id: string;
  channel: string;
  /** "brief.weekly", "alert.opened", "alert.closed", "test". */
  topic: string;
  status: DeliveryStatus;
  attempts: number;
  response_status: number | null;
  error: string | null;
  created_at: string;
  attempted_at: string | null;
  finished_at: string | null;
}

/** As admins see it. */
export interface WholeDelivery extends Delivery {
  subject_id: string;
  projects: string[];
  /** The JSON that is posted. */
  body: unknown;
}

export interface Channel {
  /** null: of an entry of the list that cannot be read. */
  id: string | null;
  type: string;
  /** Of its address, which is a secret. */
  host: string | null;
  /** ["*"] or slugs. */
  projects: string[];
  topics: string[];
  quiet_hours: { from: string; to: string; timezone: string } | null;
  /** What is wrong with it, in words; null: nothing. */
  problem: string | null;
}

const deliveriesPath = "/api/admin/deliveries";
const channelsKey = ["channels"] as const;
const deliveriesKey = ["deliveries"] as const;

export function useChannels() {
  return useQuery({
    queryKey: channelsKey,
    queryFn: ({ signal }) => requestJson<{ data: Channel[] }>("/api/admin/channels", { signal }),
  });
}

export const useDeliveries = (question: Record<string, string>) =>
  usePages<WholeDelivery>([...deliveriesKey, question], deliveriesPath, question);

export const sendTest = (channel: string, signal: AbortSignal) =>
  requestJson<{ delivery_id: string }>(`/api/admin/channels/${encodeURIComponent(channel)}/test`, {
    method: "POST",
    signal,
  });

/** The delivery, where it is among the newest of its channel. */
export async function findDelivery(
  channel: string,
  id: string,
  signal: AbortSignal,
): Promise<WholeDelivery | undefined> {
  const question = new URLSearchParams({ channel });
  const { data } = await requestJson<Page<WholeDelivery>>(`${deliveriesPath}?${question}`, {
    signal,
    cache: "no-store",
  });
  return data.find(({ delivery_id }) => delivery_id === id);
}

/** Makes every list of deliveries ask again. */
export function useForgetDeliveries() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: deliveriesKey });
}

export function useRetryDelivery() {
  const forget = useForgetDeliveries();
  return useChangeOnce({
    mutationFn: (id: string) =>
      requestJson<unknown>(`${deliveriesPath}/${encodeURIComponent(id)}/retry`, { method: "POST" }),
    onSuccess: forget,
  });
}
