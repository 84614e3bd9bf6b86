// A submission as the Worker puts it into the queue: the raw body and the facts, in the layout of
// core/app/message.hpp.

import { randomUUID } from "node:crypto";
import { submission } from "./submissions.ts";

const encoder = new TextEncoder();
const id = (prefix: string) => prefix + randomUUID().replaceAll("-", "");

export function queueMessage(n: number): ArrayBuffer {
  const sent = submission("typical", n);
  const facts = {
    submission_id: id("sub_"),
    lead_id: id("lead_"),
    attempt: id(""),
    content_type: "application/json",
    origin: "https://www.acme.com",
    idempotency_key: "",
    content_digest: "",
    ip: sent.headers["cf-connecting-ip"],
    user_agent: sent.headers["user-agent"],
    country: "IN",
    region: "Maharashtra",
    city: "Mumbai",
    as_organization: "Reliance Jio Infocomm Limited",
    trusted: false,
    test_header: false,
    rate_limited: false,
    bot_user_agent: false,
    browser_headers_missing: false,
    received_at_ms: Date.now(),
    asn: 55836,
    cloudflare_bot_score: 0,
  };
  const parts = [encoder.encode(sent.body), encoder.encode(JSON.stringify(facts))] as const;
  const head = new Uint32Array([2, parts[0].length, parts[1].length]);
  const bytes = new Uint8Array(12 + parts[0].length + parts[1].length);
  bytes.set(new Uint8Array(head.buffer));
  bytes.set(parts[0], 12);
  bytes.set(parts[1], 12 + parts[0].length);
  return bytes.buffer;
}
