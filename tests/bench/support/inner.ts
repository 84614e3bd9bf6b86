// What happens between the crossings, without Request and Response: the module's own calls, with answers written
// beforehand; and the plain peer's functions with what they need already at hand.

import { randomUUID } from "node:crypto";
import type * as ours from "../entries/ours.ts";
import type * as plain from "../entries/plain.ts";
import type { Contender } from "./contenders.ts";
import { context, fakeEnv } from "./fakes.ts";
import { requestOf, type Sent, submission } from "./submissions.ts";

const encoder = new TextEncoder();

function message(...parts: Uint8Array[]): Uint8Array {
  const head = new Uint32Array([parts.length, ...parts.map(({ length }) => length)]);
  const bytes = new Uint8Array(head.byteLength + parts.reduce((sum, { length }) => sum + length, 0));
  bytes.set(new Uint8Array(head.buffer));
  let at = head.byteLength;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

const reply = (status: string, body: string) => message(encoder.encode(status), encoder.encode(body));

interface CoreInput {
  request: Uint8Array;
  kept: Uint8Array;
}

export async function coreAlone(contender: Contender, flood: boolean) {
  const module = contender.module as unknown as typeof ours;
  const exports = module.newExports();
  const env = fakeEnv(false);
  const config = module.packConfig(env as never);
  const settings = await env.DB.batch([{ sql: "", params: ["acme"] }]);
  const settingsReply = reply("ok", JSON.stringify(settings.map(({ results }) => results)));
  const passed = reply("ok pass", "");
  const over = reply("ok over", "");

  const give = (bytes: Uint8Array): number => {
    const address = exports.buf_new(bytes.length);
    new Uint8Array(exports.memory.buffer, address, bytes.length).set(bytes);
    return address;
  };
  const resume = (id: number, effect: number, bytes: Uint8Array) => {
    if (exports.op_resume(id, effect, give(bytes), bytes.length) !== 1)
      throw new Error("It waits for something else.");
    exports.op_output(id);
    exports.op_output_parts(id);
  };

  return {
    async prepare(sent: Sent): Promise<CoreInput> {
      const header = await module.packRequest(requestOf(sent) as never, false);
      const { random } = JSON.parse(header) as { random: string[] };
      const row = {
        event_type: "primary",
        lead_id: `lead_${random[1]?.replaceAll("-", "")}`,
        vpn: 0,
        suspicious: 0,
        hot: 0,
        lead_score: 50,
        bot_score: 0,
        person_reason: "new_person",
        reasons: "[]",
        ruleset: "1",
        content_digest: null,
        status: 201,
        attempt: random[2]?.replaceAll("-", ""),
      };
      return {
        request: message(config, encoder.encode(sent.body), encoder.encode(header)),
        kept: reply("ok", JSON.stringify([[], [], [], [row]])),
      };
    },
    run({ request, kept }: CoreInput): void {
      const id = exports.op_start(give(request), request.length);
      exports.op_output(id);
      exports.op_output_parts(id);
      // Effects are numbered as they are asked for: settings, the limit of posts, then rejected rows or the batch.
      resume(id, 1, settingsReply);
      resume(id, 2, passed);
      resume(id, 3, flood ? over : kept);
      exports.op_end(id);
    },
  };
}

export async function plainAlone(contender: Contender, flood: boolean) {
  const peer = contender.module as unknown as typeof plain;
  const env = fakeEnv(flood) as never;
  await contender.fetch(requestOf(submission("small", 0)), env, context);
  const settings = peer.cachedSettings("acme", Date.now());
  if (settings === undefined) throw new Error("The settings are not cached.");
  const hex = () => randomUUID().replaceAll("-", "");
  return {
    prepare: (sent: Sent) => ({ body: sent.body, facts: peer.readFacts(requestOf(sent)), leadId: hex() }),
    run({
      body,
      facts,
      leadId,
    }: {
      body: string;
      facts: ReturnType<typeof peer.readFacts>;
      leadId: string;
    }): void {
      const form = JSON.parse(body);
      const project = peer.slugOf(form);
      const read = peer.readSubmission(form, settings.honeypot, settings.country);
      if (read.faults) throw new Error("It was refused.");
      const { submission: understood } = read;
      const verdict = peer.decide(understood, facts, settings, peer.callingCodeOf);
      if (!flood) {
        peer.keepStatements((env as { DB: D1Database }).DB, {
          facts,
          project,
          submission: understood,
          verdict,
          status: 201,
        });
      }
      peer.makePoint(project, facts, understood, verdict, verdict.type, "new_person", leadId);
    },
  };
}
