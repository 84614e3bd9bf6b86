// The boundary between the module and its shim.

import { expect, test } from "vitest";
import module from "../../build/wasi/leadledger.wasm";
import { Core } from "../../worker/src/core.ts";
import { badReplies, begin, effectsOf, reply, runByHand } from "./support/by_hand.ts";
import { newExports } from "./support/cores.ts";

const newCore = () => new Core(newExports());
const lead = JSON.stringify({
  project: "acme",
  name: "Asha Rao",
  email: "asha@raomills.in",
  form_seconds: 30,
});
const nothing = new Uint8Array();

/** None: the core needs nothing of WASI. A name that is added here needs a reason, and a stub that throws. */
const allowedImports: string[] = [];

test("the module imports only what is accounted for", () => {
  const imported = WebAssembly.Module.imports(module).map(
    ({ module: from, name, kind }) => `${from}.${name} ${kind}`,
  );
  expect(imported).toEqual(allowedImports);
});

test("the module exports its ABI and nothing else", () => {
  const exported = WebAssembly.Module.exports(module).map(({ name, kind }) => `${name} ${kind}`);
  expect(exported.sort()).toEqual(
    [
      "_initialize function",
      "abi_version function",
      "buf_free function",
      "buf_new function",
      "memory memory",
      "op_count function",
      "op_end function",
      "op_output function",
      "op_output_parts function",
      "op_resume function",
      "op_start function",
    ].sort(),
  );
});

test("the shim refuses a module of another ABI version", () => {
  const exports = newExports();
  expect(exports.abi_version()).toBe(1);
  expect(() => new Core({ ...exports, abi_version: () => 2 })).toThrow(
    "The module speaks ABI 2, the Worker 1.",
  );
});

test("an id that is stale or was never given is an answer, not a crash", () => {
  const core = newCore();
  const id = begin(core, { body: lead });
  const [asked] = effectsOf(core, id);
  core.end(id);
  for (const stale of [id, 0, 1, id + 1, id + 1024, 4_294_967_295]) {
    expect(core.resume(stale, asked?.id ?? 0, "ok", "[]")).toBe(false);
    expect(core.output(stale)).toBeUndefined();
    core.end(stale);
  }
  expect(core.count).toBe(0);
  expect(core.dead).toBe(false);
  expect(runByHand(core, { body: lead })).toBe(201);
});

test("an effect that does not wait is refused, and the operation goes on", () => {
  const core = newCore();
  const id = begin(core, { body: lead });
  const asked = effectsOf(core, id);
  for (const unknown of [0, 99, 4_294_967_295]) expect(core.resume(id, unknown, "ok", "[]")).toBe(false);
  const settings = asked.find(({ effect }) => effect === "d1.batch");
  expect(core.resume(id, settings?.id ?? 0, ...reply(settings as never, nothing))).toBe(true);
  expect(core.resume(id, settings?.id ?? 0, "ok", "[]"), "answered already").toBe(false);
  core.end(id);
  expect(core.count).toBe(0);
});

test("a reply that is no message is refused", () => {
  const exports = newExports();
  const core = new Core(exports);
  const id = begin(core, { body: lead });
  const [asked] = effectsOf(core, id);
  const words = [[], [2], [3, 0, 0, 0], [2, 0xffffffff, 1], [2, 8, 8], [0], [2, 0, 0, 7]];
  for (const message of words) {
    const size = message.length * 4;
    const address = exports.buf_new(size);
    new Uint32Array(exports.memory.buffer, address, message.length).set(message);
    expect(exports.op_resume(id, asked?.id ?? 0, address, size), JSON.stringify(message)).toBe(0);
  }
  core.end(id);
  expect(core.count).toBe(0);
});

test("beyond 1024 operations in flight the longest untouched is dropped, and its resume is an error", () => {
  const core = newCore();
  const ids = Array.from({ length: 1024 }, () => begin(core, { body: lead }));
  const asked = ids.map((id) => effectsOf(core, id));
  expect(core.count).toBe(1024);
  // The first one moves on, so the second is now the oldest.
  const [first] = asked[0] ?? [];
  expect(core.resume(ids[0] as number, first?.id ?? 0, ...reply(first as never, nothing))).toBe(true);
  const more = Array.from({ length: 3 }, () => begin(core, { body: lead }));
  expect(core.count).toBe(1024);
  const dropped = ids.filter((id) => core.output(id) === undefined);
  expect(dropped).toEqual(ids.slice(1, 4));
  const [second] = asked[1] ?? [];
  expect(core.resume(ids[1] as number, second?.id ?? 0, ...reply(second as never, nothing))).toBe(false);
  for (const id of [...ids, ...more]) core.end(id);
  expect(core.count).toBe(0);
  expect(runByHand(core, { body: lead })).toBe(201);
});

test("operations that are interleaved in any order do not disturb each other", () => {
  const core = newCore();
  const open = new Map<number, { name: string; waiting: ReturnType<typeof effectsOf> }>();
  const kept = new Map<string, unknown>();
  let seed = 7;
  const pick = (below: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed % below;
  };
  let begun = 0;
  while (begun < 500 || open.size > 0) {
    if (begun < 500 && (open.size === 0 || (open.size < 60 && pick(2) === 0))) {
      const name = `Person ${begun}`;
      const body = JSON.stringify({ ...JSON.parse(lead), name });
      const id = begin(core, { body });
      open.set(id, { name, waiting: effectsOf(core, id) });
      begun += 1;
      continue;
    }
    const id = [...open.keys()][pick(open.size)] as number;
    const { name, waiting } = open.get(id) as NonNullable<ReturnType<typeof open.get>>;
    const [asked] = waiting.splice(pick(waiting.length), 1);
    const insert = asked?.statements?.find(({ sql }) => sql.startsWith("INSERT INTO submissions"));
    if (insert) kept.set(name, insert.params[17]);
    if (asked?.id) {
      expect(core.resume(id, asked.id, ...reply(asked, nothing))).toBe(true);
      waiting.push(...effectsOf(core, id));
    }
    if (waiting.length > 0) continue;
    core.end(id);
    open.delete(id);
  }
  expect(kept.size).toBe(500);
  for (const [name, written] of kept) expect(written).toBe(name);
  expect(core.count).toBe(0);
});

test("whatever an effect gives back, the operation ends with an answer", () => {
  const core = newCore();
  for (const bad of badReplies) {
    for (const failing of ["d1.batch", "rate.limit", "digest"]) {
      const id = begin(core, { body: lead, headers: { "idempotency-key": "k" } });
      const waiting = effectsOf(core, id);
      let status = 0;
      for (let asked = waiting.shift(); asked; asked = waiting.shift()) {
        if (asked.effect === "respond") status = asked.status as number;
        if (asked.id === 0) continue;
        core.resume(id, asked.id, ...(asked.effect === failing ? bad : reply(asked, nothing)));
        waiting.push(...effectsOf(core, id));
      }
      core.end(id);
      expect([201, 202, 422, 503], `${failing} answered ${bad}`).toContain(status);
    }
  }
  expect(core.count).toBe(0);
});
