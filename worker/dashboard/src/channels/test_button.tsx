// "Send a test", and what became of it.

import { Send } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { findDelivery, sendTest, useForgetDeliveries } from "../api/deliveries.ts";
import { StatusBadge } from "../deliveries/list.tsx";
import { deliveryText } from "../deliveries/words.ts";
import { pause } from "../ui/pause.ts";
import { runTest, type TestState } from "./send_test.ts";

function said(state: TestState): ReactNode {
  switch (state.step) {
    case "sending":
      return "Sending…";
    case "waiting":
      return "It is in the queue; waiting for the receiver’s answer…";
    case "done":
      return (
        <>
          <StatusBadge status={state.delivery.status} /> {deliveryText(state.delivery)}.
        </>
      );
    case "slow":
      return "It waits in the queue still. It is listed below, and will say there how it went.";
    case "failed":
      return state.error instanceof Error ? state.error.message : "Something went wrong on this page.";
  }
}

export function TestButton({ channel }: { channel: string }) {
  const [state, setState] = useState<TestState | undefined>();
  const giveUp = useRef<AbortController | undefined>(undefined);
  const forget = useForgetDeliveries();
  useEffect(() => () => giveUp.current?.abort(), []);
  const isRunning = state?.step === "sending" || state?.step === "waiting";
  const send = () => {
    giveUp.current?.abort();
    const controller = new AbortController();
    giveUp.current = controller;
    const { signal } = controller;
    const world = {
      sendTest: (id: string) => sendTest(id, signal),
      findDelivery: (id: string, delivery: string) => findDelivery(id, delivery, signal),
      now: () => Date.now(),
      pause: (ms: number) => pause(ms, signal),
    };
    void runTest(world, channel, (next) => {
      if (signal.aborted) return;
      setState(next);
      if (next.step === "done" || next.step === "slow") void forget();
    });
  };
  return (
    <div className="channel-test">
      <button
        type="button"
        className="button small no-print"
        aria-disabled={isRunning}
        onClick={() => !isRunning && send()}
      >
        <Send aria-hidden size={14} />
        Send a test<span className="unseen"> to {channel}</span>
      </button>
      <p className={state?.step === "failed" ? "small channel-problem" : "small"} role="status">
        {state !== undefined && said(state)}
      </p>
    </div>
  );
}
