// What every caller can rely on: statuses, problems, ids.

import { expect, test } from "vitest";
import openapi from "../../build/generated/openapi.json";
import { person } from "./support/people.ts";
import { type CallOptions, Stage } from "./support/stage.ts";

const formType = { "content-type": "application/json" };

const refused: [what: string, path: string, options: CallOptions, status: number, code: string][] = [
  ["an unknown path", "/nowhere", {}, 404, "not_found"],
  ["a path below an id", "/api/leads/lead_1/more", {}, 404, "not_found"],
  ["a list without a key", "/api/leads", {}, 401, "key_missing"],
  ["a list with a marketing key", "/api/leads", { key: "marketing" }, 403, "key_forbidden"],
  ["an unknown lead", "/api/leads/lead_0", { key: "admin" }, 404, "not_found"],
  ["an empty body", "/api/leads", { method: "POST", headers: formType }, 400, "malformed_body"],
  ["a broken body", "/api/leads", { body: "{", headers: formType }, 400, "malformed_body"],
  ["a body that is no object", "/api/leads", { body: "[1]", headers: formType }, 400, "malformed_body"],
  [
    "broken UTF-8",
    "/api/leads",
    { body: new Uint8Array([123, 34, 255, 34]), headers: formType },
    400,
    "malformed_body",
  ],
  [
    "a field sent twice",
    "/api/leads",
    { body: '{"email":"a@b.in","email":"c@d.in","project":"x"}', headers: formType },
    422,
    "validation_failed",
  ],
  [
    "a NUL",
    "/api/leads",
    { body: '{"note":"a\\u0000b","project":"x"}', headers: formType },
    422,
    "validation_failed",
  ],
  [
    "deep nesting",
    "/api/leads",
    { body: `{"a":${"[".repeat(60)}${"]".repeat(60)}}`, headers: formType },
    400,
    "malformed_body",
  ],
  [
    "plain text",
    "/api/leads",
    { body: "x", headers: { "content-type": "text/plain" } },
    415,
    "unsupported_media_type",
  ],
  ["no content type", "/api/leads", { body: new Uint8Array([120]) }, 415, "unsupported_media_type"],
  [
    "a body of 64 KiB and a byte",
    "/api/leads",
    { body: "x".repeat(65_537), headers: formType },
    413,
    "body_too_large",
  ],
  ["no project", "/api/leads", { body: { email: "a@b.in" } }, 422, "validation_failed"],
  [
    "an unknown project",
    "/api/leads",
    { body: { project: "nobody-s", email: "a@b.in" } },
    422,
    "unknown_project",
  ],
  ["an unknown parameter", "/api/leads?colour=red", { key: "admin" }, 400, "bad_parameter"],
  ["a parameter twice", "/api/leads?limit=1&limit=2", { key: "admin" }, 400, "bad_parameter"],
  ["an empty parameter", "/api/leads?project=", { key: "admin" }, 400, "bad_parameter"],
  ["a limit of 0", "/api/leads?limit=0", { key: "admin" }, 400, "bad_parameter"],
  ["a limit of 201", "/api/submissions?limit=201", { key: "admin" }, 400, "bad_parameter"],
  ["an unknown type", "/api/submissions?event_type=actual", { key: "admin" }, 400, "bad_parameter"],
  ["an unknown format", "/api/submissions?format=xml", { key: "admin" }, 400, "bad_parameter"],
  ["erasing nobody", "/api/leads", { key: "admin", method: "DELETE" }, 400, "bad_parameter"],
];

test.each(refused)("%s is refused with a problem", async (_what, path, options, status, code) => {
  const stage = await Stage.open();
  const answer = await stage.call(path, options);
  expect([answer.status, answer.json?.code]).toEqual([status, code]);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(answer.headers.get("x-request-id")).toMatch(/^req_[0-9a-f]{32}$/);
  expect(answer.json).toMatchObject({
    type: expect.stringContaining(code),
    title: expect.stringMatching(/.{5}/),
    status,
    detail: expect.stringMatching(/.{5}/),
    instance: path.split("?")[0],
    request_id: answer.headers.get("x-request-id"),
  });
  expect(answer.headers.get("cache-control")).toBe("no-store");
  if (status === 401) expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer /);
  expect(stage.points).toEqual([]);
});

test.each([
  ["PUT", "/api/leads", ["POST", "OPTIONS", "GET", "HEAD", "DELETE"]],
  ["GET", "/api/leads/validate", ["POST"]],
  ["POST", "/api/leads/lead_1", ["GET", "HEAD", "DELETE"]],
  ["POST", "/api/submissions", ["GET", "HEAD"]],
  ["DELETE", "/healthz", ["GET", "HEAD"]],
  ["PUT", "/api/admin/projects/x", ["GET", "HEAD", "PATCH", "DELETE"]],
])("%s %s is a 405 whose Allow says what is allowed", async (method, path, allowed) => {
  const stage = await Stage.open();
  const answer = await stage.call(path, { method, key: "admin" });
  expect(answer.status).toBe(405);
  expect(answer.headers.get("allow")?.split(", ").sort()).toEqual(allowed.sort());
  expect(answer.json.code).toBe("method_not_allowed");
  expect(answer.json.detail).toBe(`This path takes ${answer.headers.get("allow")}.`);
});

/** Every route but reports, which tests of their own ask. */
const routes = Object.entries(openapi.paths).flatMap(([path, item]) =>
  Object.keys(item).map((method) => [method.toUpperCase(), path.replace(/\{\w+\}/g, "x")] as const),
);
const tolerant = ["POST /api/leads", "OPTIONS /api/leads", "GET /healthz"];

test.each(
  routes.filter(([method, path]) => !/^\/analytics/.test(path) && !tolerant.includes(`${method} ${path}`)),
)("%s %s refuses a parameter that it does not know", async (method, path) => {
  const stage = await Stage.open();
  const { status, json } = await stage.call(`${path}?bogus=1`, { method, key: "admin" });
  expect([status, json?.code]).toEqual([400, "bad_parameter"]);
  expect(json.invalid_params).toMatchObject([{ name: "bogus", code: "unknown" }]);
});

test("no lead is lost over a parameter, and a monitor may add one", async () => {
  const stage = await Stage.open();
  const body = { project: stage.project, ...person() };
  const statuses = [
    await stage.call("/api/leads?bogus=1", { body }),
    await stage.call("/api/leads?bogus=1", { method: "OPTIONS" }),
    await stage.call("/healthz?bogus=1"),
  ].map(({ status }) => status);
  expect(statuses).toEqual([201, 204, 200]);
});

test.each([
  ["GET", "/api/leads?limit=2&limit=3", "limit", "repeated"],
  ["GET", "/api/leads?limit=", "limit", "empty"],
  ["GET", "/api/leads?limit=0", "limit", "not_allowed"],
  ["GET", "/meta/metrics?x=1", "x", "unknown"],
  ["DELETE", "/api/leads?email=", "email", "empty"],
  ["DELETE", "/api/leads", "email", "required"],
])("%s %s says of %s that it is %s, as reports do", async (method, path, name, code) => {
  const stage = await Stage.open();
  const { status, json } = await stage.call(path, { method, key: "admin" });
  expect(status).toBe(400);
  expect(json.invalid_params).toMatchObject([{ name, code }]);
});

const urlencoded = { "content-type": "application/x-www-form-urlencoded" };
const multipart = { "content-type": "multipart/form-data; boundary=b" };
const part = (type: string) =>
  `--b\r\nContent-Disposition: form-data; name="cta"\r\nContent-Type: ${type}\r\n\r\nx\r\n--b--\r\n`;

test.each([
  ["broken UTF-8", "name=a%ff", urlencoded, 400, "bad_encoding"],
  ["a name of 201 bytes", `${"n".repeat(201)}=1`, urlencoded, 422, "name_too_long"],
  [
    "201 fields",
    Array.from({ length: 201 }, (_, n) => `f${n}=1`).join("&"),
    urlencoded,
    422,
    "too_many_fields",
  ],
  ["a part that is JSON", part("application/json"), multipart, 415, "not_text"],
  ["a part in another charset", part("text/plain; charset=latin1"), multipart, 415, "not_text"],
])("of a form, %s is refused with a code that is described", async (_what, body, headers, status, code) => {
  const stage = await Stage.open();
  const answer = await stage.call("/api/leads", { body, headers });
  expect([answer.status, answer.json.invalid_params?.[0]?.code]).toEqual([status, code]);
});

test("every answer has a request id of its own", async () => {
  const stage = await Stage.open();
  const answers = [
    await stage.call("/healthz"),
    await stage.post(person()),
    await stage.call("/api/leads", { key: "admin" }),
    await stage.call("/api/leads", { method: "OPTIONS" }),
    await stage.call("/api/submissions?format=ndjson", { key: "admin" }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 201, 200, 204, 200]);
  const ids = answers.map(({ headers }) => headers.get("x-request-id"));
  for (const id of ids) expect(id).toMatch(/^req_[0-9a-f]{32}$/);
  expect(new Set(ids).size).toBe(ids.length);
});

test("a refusal names each field that is wrong, and leaves nothing behind", async () => {
  const stage = await Stage.open();
  const { status, json } = await stage.post({
    email: "no address",
    name: "n".repeat(201),
    message: "m".repeat(10_001),
  });
  expect(status).toBe(422);
  const faults = json.invalid_params.map(({ name }: { name: string }) => name);
  expect(faults.sort()).toEqual(["email", "message", "name"]);
  for (const fault of json.invalid_params) {
    expect(fault).toEqual({
      name: expect.any(String),
      reason: expect.stringMatching(/.{5}/),
      code: expect.any(String),
    });
  }
  const nobody = await stage.post({ name: "Asha Rao" });
  expect(nobody.status).toBe(422);
  expect(nobody.json.invalid_params.length).toBeGreaterThan(0);
  expect(await stage.rows("submissions")).toEqual([]);
  expect(stage.points).toEqual([]);
});

test("a file in a form is a 415", async () => {
  const stage = await Stage.open();
  const form = new FormData();
  form.append("project", stage.project);
  form.append("email", "a@raomills.in");
  form.append("cv", new File(["x"], "cv.pdf"));
  const { status, json } = await stage.call("/api/leads", { body: form });
  expect([status, json.code]).toEqual([415, "unsupported_media_type"]);
});

test("broken context never costs a lead", async () => {
  const stage = await Stage.open();
  const context = {
    page: "::::",
    referer: 7,
    source: ["x"],
    utm_source: { a: 1 },
    time_on_page: "soon",
    cta: null,
  };
  expect((await stage.post(person(context))).status).toBe(201);
  expect(stage.points).toMatchObject([
    { event_type: "primary", landing_path: "", utm_source: "", time_on_page_s: 0 },
  ]);
});

test("a redirect is followed for forms only, and to allowed origins only", async () => {
  const stage = await Stage.open({ allowed_origins: ["https://www.acme.com", "https://*.acme.in"] });
  const post = (redirect: string, headers = {}) =>
    stage.call("/api/leads", {
      body: new URLSearchParams({
        project: stage.project,
        email: "asha@raomills.in",
        form_seconds: "30",
        redirect,
      }),
      headers,
    });
  const origin = { origin: "https://www.acme.com" };
  expect((await post("https://www.acme.com/thanks?a=1")).headers.get("location")).toBe(
    "https://www.acme.com/thanks?a=1",
  );
  expect((await post("https://shop.acme.in/t")).status).toBe(303);
  expect((await post("/thanks", origin)).headers.get("location")).toBe("https://www.acme.com/thanks");
  for (const bad of [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
    "https://www.acme.com.evil.example/",
    "https://www.acme.com@evil.example/",
    "https://evil.example\\@www.acme.com/",
    "http://www.acme.com/",
  ]) {
    const answer = await post(bad, origin);
    expect([bad, answer.status, answer.headers.get("location")]).toEqual([bad, 201, null]);
  }
  const asJson = await stage.post(person({ redirect: "https://www.acme.com/thanks" }));
  expect(asJson.status).toBe(201);
});

test("the health check answers without D1, for HEAD too", async () => {
  const stage = await Stage.open({}, { bindings: { DB: {} as D1Database } });
  const { status, json } = await stage.call("/healthz");
  expect([status, json.status]).toEqual([200, "ok"]);
  expect((await stage.call("/healthz", { method: "HEAD" })).status).toBe(200);
});
