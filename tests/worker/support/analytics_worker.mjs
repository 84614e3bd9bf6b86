// An SQL API that misbehaves as its path says, over the runtime's real streams.

const chunk = new Uint8Array(10_000).map((_, at) => at % 251);
const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
/** With a timer, or the runtime would find out that nothing will ever come. */
const never = () => later(60_000);

/** A body that `fill` writes. */
function body(fill) {
  const { readable, writable } = new TransformStream();
  const writer = writable.getWriter();
  return { readable, filled: fill(writer).catch(() => {}) };
}

const scenes = {
  async echo(request) {
    const { method, headers } = request;
    return Response.json({ method, headers: Object.fromEntries(headers), sql: await request.text() });
  },
  silent: never,
  throttled: () => new Response("slow down", { status: 429, headers: { "retry-after": "17" } }),
  "throttled-until": () =>
    new Response("slow down", { status: 429, headers: { "retry-after": "Sat, 21 Nov 2026 07:28:00 GMT" } }),
  broken: () => new Response("it broke", { status: 500 }),
  refused: () => new Response(`Input was invalid: ${"é".repeat(5000)}`, { status: 422 }),
  moved: () => new Response(null, { status: 302, headers: { location: "http://elsewhere.test/" } }),
  empty: () => new Response(""),
  none: () => new Response(null),
  pieces: (_, context, size) =>
    sent(context, 200, async (writer) => {
      for (let left = size; left > 0; left -= chunk.length) await writer.write(chunk.subarray(0, left));
      await writer.close();
    }),
  stalls: (_, context, size) =>
    sent(context, 200, async (writer) => {
      await writer.write(chunk.subarray(0, size));
      await never();
    }),
  drips: (_, context, size) =>
    sent(context, 200, async (writer) => {
      for (let at = 0; at < size; at += 1) {
        await writer.write(chunk.subarray(at, at + 1));
        await later(60);
      }
      await writer.close();
    }),
  "cut-off": (_, context, size) =>
    sent(context, 200, async (writer) => {
      await writer.write(chunk.subarray(0, size));
      await later(50);
      await writer.abort(new Error("cut off"));
    }),
  "broken-stalls": (_, context) =>
    sent(context, 500, async (writer) => {
      await writer.write(chunk.subarray(0, 10));
      await never();
    }),
};

function sent(context, status, fill) {
  const { readable, filled } = body(fill);
  context.waitUntil(filled);
  return new Response(readable, { status });
}

export default {
  fetch(request, _env, context) {
    const { pathname, searchParams } = new URL(request.url);
    return scenes[pathname.slice(1)](request, context, Number(searchParams.get("size")));
  },
};
