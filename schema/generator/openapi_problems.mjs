// The problems that an operation can answer with, of which those of one status are one response.
import { readSchema } from "./io.mjs";

const problems = new Map(readSchema("problems.json").problems.map((problem) => [problem.code, problem]));

/** Those that the operation names, and those that follow from its key. */
function codesOf(of, method) {
  const key = of["x-key"];
  const codes = [...(of["x-problems"] ?? []), "unavailable"];
  const needed = key === "marketing" || key === "admin";
  if (needed) codes.push("key_missing", "key_unknown");
  if (key === "optional")
    codes.push("key_unknown", "key_missing", "key_forbidden", "session_ended", "cross_site");
  if (key === "admin") codes.push("key_forbidden");
  if (needed && !of["x-by-key-only"]) {
    codes.push("session_ended", "internal");
    if (method !== "get") codes.push("cross_site");
  }
  if (of["x-by-session"]) codes.push("session_ended", "cross_site", "internal");
  return new Set(codes);
}

/** Headers by name: true is always there, false sometimes. */
function headersOf(status, more) {
  const own = { 401: { "WWW-Authenticate": true }, 405: { Allow: true }, 429: { "Retry-After": true } }[
    status
  ];
  const failing = { 502: true, 503: false, 504: true };
  const headers = { ...more, ...own };
  if (status in failing) headers["Retry-After"] = failing[status];
  if (status === 503) headers["Access-Control-Allow-Origin"] = false;
  const always = { "X-Request-Id": true, "X-Content-Type-Options": status !== 503, "Cache-Control": true };
  return { ...always, ...headers };
}

/** A response of one status, each of whose problems has its own code and title. */
function responseOf(status, codes, more, refused) {
  const plain = {
    allOf: [{ $ref: "#/components/schemas/Problem" }],
    properties: { status: { const: status }, code: { enum: codes } },
  };
  const judged = codes.some((code) => /blocked|rejected|rate_limited|origin/.test(code));
  const schema = refused && judged ? { oneOf: [plain, { $ref: `#/components/schemas/${refused}` }] } : plain;
  return {
    description: codes.map((code) => `\`${code}\`: ${problems.get(code).meaning}`).join("\n\n"),
    headers: headersOf(status, more),
    content: { "application/problem+json": { schema } },
  };
}

/** Status and response, in the order of the statuses; `more` are headers of all answers of the operation. */
export function problemResponses(of, method, more) {
  const byStatus = new Map();
  for (const code of codesOf(of, method)) {
    const { status } = problems.get(code) ?? {};
    if (!status) throw new Error(`schema/openapi: there is no problem ${code}`);
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return [...byStatus]
    .sort(([a], [b]) => a - b)
    .map(([status, codes]) => [status, responseOf(status, codes, more, of["x-refused"])]);
}
