// Sends a test to a channel and follows it until it is delivered or has failed.

import type { WholeDelivery } from "../api/deliveries.ts";
import { mayPass } from "../api/query_client.ts";

/** What it needs of the world. */
export interface World {
  sendTest(channel: string): Promise<{ delivery_id: string }>;
  /** undefined: not there yet. */
  findDelivery(channel: string, id: string): Promise<WholeDelivery | undefined>;
  now(): number;
  /** Rejects when nobody waits any more. */
  pause(ms: number): Promise<void>;
}

export type TestState =
  | { step: "sending" }
  | { step: "waiting"; delivery: WholeDelivery | undefined }
  /** It was tried: delivered, given up, or to be tried again later by itself. */
  | { step: "done"; delivery: WholeDelivery }
  /** Nobody has tried it in time. */
  | { step: "slow" }
  | { step: "failed"; error: unknown };

export const TRIED_WITHIN_MS = 60_000;
const EVERY_MS = 1000;

const isTried = ({ status, attempts }: WholeDelivery) => status !== "pending" || attempts > 0;

/** Ends with the step "done", "slow" or "failed"; tells `show` of every change. */
export async function runTest(
  world: World,
  channel: string,
  show: (state: TestState) => void,
): Promise<void> {
  try {
    show({ step: "sending" });
    const { delivery_id } = await world.sendTest(channel);
    const begun = world.now();
    let delivery: WholeDelivery | undefined;
    while (world.now() - begun < TRIED_WITHIN_MS) {
      try {
        delivery = await world.findDelivery(channel, delivery_id);
      } catch (error) {
        if (!mayPass(error)) throw error;
      }
      if (delivery !== undefined && isTried(delivery)) return show({ step: "done", delivery });
      show({ step: "waiting", delivery });
      await world.pause(EVERY_MS);
    }
    show({ step: "slow" });
  } catch (error) {
    show({ step: "failed", error });
  }
}
