// Channels of a test, what their receiver saw, and the deliveries as they stand in the ledger.

import { env } from "cloudflare:workers";
import { inject } from "vitest";
import type { Env } from "../../../worker/src/env.ts";
import type { Seen } from "./receiver_server.ts";
import { Stage } from "./stage.ts";

export const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

export interface ChannelEntry {
  id: string;
  type: string;
  url: string;
  [member: string]: unknown;
}

type Json = Record<string, unknown>;

let names = 0;
/** Under which a receiver remembers: nobody else's. */
export const freshName = () => {
  names += 1;
  return `r${names}-${Math.random().toString(36).slice(2, 8)}`;
};

export const webhook = (id: string, behaviour: string, more: Json = {}): ChannelEntry => ({
  id,
  type: "webhook",
  url: `${inject("receiver")}/${behaviour}/${id}`,
  secret,
  projects: ["*"],
  topics: ["brief", "alert"],
  ...more,
});

export const slack = (id: string, behaviour: string): ChannelEntry => {
  const { secret: _, ...entry } = webhook(id, behaviour, { type: "slack" });
  return entry;
};

export async function seen(name: string): Promise<Seen[]> {
  const response = await fetch(`${inject("receiver")}/seen/${name}`);
  return response.json();
}

/** A queue that remembers the ids that were sent, or refuses. */
export function deliveriesQueue(works = true) {
  const ids: string[] = [];
  const fake = {
    async send(body: Uint8Array) {
      if (!works) throw new Error("Queue sendMessage failed");
      ids.push(new TextDecoder().decode(body));
    },
  };
  return { DELIVERIES_QUEUE: fake as unknown as Env["DELIVERIES_QUEUE"], ids };
}

/** A stage with channels, whose queue is played by hand. */
export class Post {
  readonly queue = deliveriesQueue();
  readonly stage: Stage;
  channels: ChannelEntry[];

  private constructor(stage: Stage, channels: ChannelEntry[]) {
    this.stage = stage;
    this.channels = channels;
  }

  static async open(...channels: ChannelEntry[]): Promise<Post> {
    return new Post(await Stage.open(), channels);
  }

  get bindings(): Partial<Env> {
    return { WEBHOOKS: JSON.stringify(this.channels), DELIVERIES_QUEUE: this.queue.DELIVERIES_QUEUE };
  }

  call(path: string, options: Parameters<Stage["call"]>[1] = {}) {
    return this.stage.call(path, { key: "admin", ...options, env: { ...this.bindings, ...options.env } });
  }

  /** A test delivery to a channel; its id. */
  async send(channel: string): Promise<string> {
    const { status, json } = await this.call(`/api/admin/channels/${channel}/test`, { method: "POST" });
    if (status !== 202) throw new Error(`${status} ${JSON.stringify(json)}`);
    return json.delivery_id;
  }

  /** Gives the consumer the message of a delivery, as the runtime would; the delay that it asks for, or "done". */
  async deliver(
    id: string,
    { attempts = 1, more = {} as Partial<Env>, queue = "leadledger-deliveries" } = {},
  ) {
    const result = await this.stage.deliver(
      [new TextEncoder().encode(id)],
      { ...this.bindings, ...more },
      queue,
      attempts,
    );
    return result.explicitAcks.length === 1 ? "done" : result.delays[0];
  }

  /** The same when the next attempt is due. */
  async deliverLater(id: string) {
    await env.DB.prepare("UPDATE deliveries SET due_at = 0 WHERE delivery_id = ?1").bind(id).run();
    return this.deliver(id, { attempts: 2 });
  }
}

/** A channel that behaves like that, and the delivery of a test to it. */
export async function opened(behaviour: string) {
  const name = freshName();
  const post = await Post.open(webhook(name, behaviour));
  return { name, post, id: await post.send(name) };
}

export async function delivery(id: string): Promise<Json> {
  const row = await env.DB.prepare("SELECT * FROM deliveries WHERE delivery_id = ?1").bind(id).first<Json>();
  if (row === null) throw new Error(`There is no delivery ${id}.`);
  return row;
}

/** What KV keeps of a dead delivery. */
export async function letter(id: string): Promise<Json | undefined> {
  const { keys } = await env.KV.list({ prefix: "dead_letters/deliveries/" });
  const key = keys.find(({ name }) => name.endsWith(`/${id}`));
  return key && ((await env.KV.get(key.name, "json")) as Json);
}
