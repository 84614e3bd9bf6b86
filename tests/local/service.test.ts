import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { account, Engine, epoch, leadPoints, temporaryDirectory, token } from "./engine.ts";

const directory = temporaryDirectory();
let engine: Engine;

beforeAll(async () => {
  engine = await Engine.start(directory.path);
  expect((await engine.write(leadPoints)).text).toBe('{"points":4}');
});

afterAll(async () => {
  await engine.stop();
  directory.remove();
});

const path = `/client/v4/accounts/${account}/analytics_engine/sql`;

describe("success bodies", () => {
  test("FORMAT JSON is the default and has exactly the service's keys", async () => {
    const sql =
      "SELECT toStartOfDay(timestamp) AS day, SUM(_sample_interval) AS n, avg(double4) AS score, _sample_interval AS w FROM leads WHERE double4 = 5 GROUP BY day, w";
    const plain = await engine.query(sql);
    expect(plain).toMatchObject({ status: 200, type: "application/json" });
    expect(JSON.parse(plain.text)).toEqual({
      meta: [
        { name: "day", type: "DateTime" },
        { name: "n", type: "UInt64" },
        { name: "score", type: "Float64" },
        { name: "w", type: "UInt32" },
      ],
      data: [{ day: "2026-09-21 00:00:00", n: "4", score: 5, w: 4 }],
      rows: 1,
      rows_before_limit_at_least: 1,
    });
    expect((await engine.query(`${sql} FORMAT JSON`)).text).toBe(plain.text);
  });

  test("text with every kind of character comes back as it was", async () => {
    const odd = 'tab\t line\n "quote" \\ \u0001 ] }, [{ "rows": 9, data ’ 🙂';
    expect((await engine.write(JSON.stringify({ dataset: "odd", blobs: [odd] }))).status).toBe(200);
    expect((await engine.json("SELECT blob1 AS a FROM odd")).data).toEqual([{ a: odd }]);
  });

  test("rows before the limit are told", async () => {
    const { rows, rows_before_limit_at_least: before } = await engine.json(
      "SELECT double4 AS d FROM leads LIMIT 1",
    );
    expect({ rows, before }).toEqual({ rows: 1, before: 4 });
  });

  test("no rows", async () => {
    const answer = await engine.json("SELECT blob1 AS a FROM leads WHERE index1 = 'nobody'");
    expect(answer).toEqual({
      meta: [{ name: "a", type: "String" }],
      data: [],
      rows: 0,
      rows_before_limit_at_least: 0,
    });
  });

  test("JSONEachRow has no envelope", async () => {
    const { text } = await engine.query(
      "SELECT index1 AS p, count() AS n FROM leads GROUP BY p ORDER BY p FORMAT JSONEachRow",
    );
    expect(text).toBe('{"p":"acme","n":"2"}\n{"p":"zen","n":"2"}\n');
  });

  test("TabSeparated has no header", async () => {
    const { text } = await engine.query(
      "SELECT index1 AS p, count() AS n FROM leads GROUP BY p ORDER BY p FORMAT TabSeparated",
    );
    expect(text).toBe("acme\t2\nzen\t2\n");
  });

  test("columns without an alias are named after their expression", async () => {
    const { meta } = await engine.json(
      'SELECT COUNT(), lower(blob1), "index1" FROM leads GROUP BY blob1, index1',
    );
    expect(meta.map(({ name }) => name)).toEqual(["count()", "lower(blob1)", "index1"]);
  });

  test("SELECT * has all 44 columns, and reads the dataset's name", async () => {
    const { meta, data } = await engine.json("SELECT * FROM leads WHERE double4 = 40");
    expect(meta).toHaveLength(44);
    expect(data[0]).toMatchObject({
      dataset: "leads",
      timestamp: "2026-09-21 15:20:00",
      _sample_interval: 1,
      blob20: "primary",
    });
  });

  test("SHOW", async () => {
    expect((await engine.json("SHOW TABLES")).data).toContainEqual({ dataset: "leads" });
    expect((await engine.json("SHOW TIMEZONE")).data).toEqual([{ timezone: "Etc/UTC" }]);
    expect((await engine.json("SHOW TIMEZONES")).data).toContainEqual({ timezone: "Asia/Kolkata" });
  });

  test("GET with the statement in the address", async () => {
    const { status, text } = await engine.request(
      `${path}?query=${encodeURIComponent("SELECT 'x+y' AS m FORMAT TabSeparated")}`,
    );
    expect({ status, text }).toEqual({ status: 200, text: "x+y\n" });
  });

  test("what only ClickHouse can find wrong is a refusal too", async () => {
    for (const [sql, text] of [
      ["SELECT intDiv(1, 0) AS x", "Division by zero"],
      [
        "SELECT blob1 AS a, count() AS n FROM leads",
        "Column 'blob1' is not under aggregate function and not in GROUP BY keys",
      ],
    ] as const) {
      const reply = await engine.query(sql);
      expect(reply.status).toBe(422);
      expect(reply.text).toBe(`Input was invalid: ${text}`);
    }
  });
});

test("a statement that fails half way leaves nothing in the next answer", async () => {
  const failing = "SELECT toDateTime(blob1) AS a FROM leads";
  const good = "SELECT count() AS n FROM leads";
  const replies = await Promise.all(
    Array.from({ length: 40 }, (_, index) => engine.query(index % 2 === 0 ? failing : good)),
  );
  for (const [index, { status, text }] of replies.entries()) {
    expect(status).toBe(index % 2 === 0 ? 422 : 200);
    if (status === 200) expect(JSON.parse(text)).toMatchObject({ data: [{ n: "4" }] });
  }
});

describe("who may ask", () => {
  const envelope = (code: number, message: string) => ({
    success: false,
    errors: [{ code, message }],
    messages: [],
    result: null,
  });
  const routes: readonly [method: string, path: string][] = [
    ["POST", path],
    ["GET", `${path}?query=SELECT%201`],
    ["POST", "/local/points"],
    ["DELETE", "/local/datasets/leads"],
  ];

  test.each(routes)("%s %s needs a token", async (method, at) => {
    const response = await fetch(engine.url + at, { method });
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual(
      envelope(9106, "Missing X-Auth-Key, X-Auth-Email or Authorization headers"),
    );
  });

  test.each(routes)("%s %s needs the right token", async (method, at) => {
    for (const authorization of [`Bearer ${token}x`, token, "Bearer "]) {
      const { status, type, text } = await engine.request(at, { method, headers: { authorization } });
      expect({ status, type }).toEqual({ status: 401, type: "application/json" });
      expect(JSON.parse(text)).toEqual(envelope(10000, "Authentication error"));
    }
  });

  test("another account is another's", async () => {
    const { status, text } = await engine.request("/client/v4/accounts/other/analytics_engine/sql", {
      method: "POST",
      body: "SELECT 1",
    });
    expect(status).toBe(403);
    expect(JSON.parse(text)).toEqual(envelope(10000, "Authentication error"));
  });

  test("unknown paths and methods", async () => {
    expect((await engine.request("/client/v4/accounts")).status).toBe(404);
    expect((await engine.request(path, { method: "PUT", body: "SELECT 1" })).status).toBe(405);
    expect((await engine.request("/local/health")).text).toBe('{"ok":true}');
  });
});

describe("datasets without rows", () => {
  const unknown = [
    ["SELECT double2 AS d, blob1 AS a FROM never WHERE index1 = 'x'", "double2"],
    ["SELECT count() AS n FROM never WHERE timestamp > now()", "timestamp"],
    ["SELECT a AS b FROM (SELECT blob7 AS a FROM never)", "blob7"],
    ["SELECT 1 AS x FROM never GROUP BY index1", "index1"],
  ] as const;

  test.each(unknown)("%s", async (sql, column) => {
    const { status, text } = await engine.query(sql);
    expect({ status, text }).toEqual({
      status: 422,
      text: `Input was invalid: unable to find type of column: "${column}"`,
    });
  });

  test("a statement without columns answers no rows", async () => {
    expect(await engine.json("SELECT count() AS n FROM never")).toMatchObject({ data: [], rows: 0 });
  });

  test("a dataset is there with its first point, and gone when it is emptied", async () => {
    const sql = "SELECT blob1 AS a FROM later";
    expect((await engine.query(sql)).status).toBe(422);
    await engine.write('{"dataset":"later","blobs":["here"]}');
    expect((await engine.json(sql)).data).toEqual([{ a: "here" }]);
    expect((await engine.request("/local/datasets/later", { method: "DELETE" })).status).toBe(200);
    expect((await engine.query(sql)).status).toBe(422);
    expect((await engine.json("SHOW TABLES")).data).not.toContainEqual({ dataset: "later" });
  });

  test("the other variant: 200 and no rows, everything else still refused", async () => {
    const other = temporaryDirectory();
    const lenient = await Engine.start(other.path, "--empty-dataset", "rows");
    try {
      for (const [sql] of unknown) expect(await lenient.json(sql), sql).toMatchObject({ data: [], rows: 0 });
      expect(await lenient.json("SELECT sum(double1) AS s FROM never")).toEqual({
        meta: [{ name: "s", type: "Float64" }],
        data: [],
        rows: 0,
        rows_before_limit_at_least: 0,
      });
      expect((await lenient.query("SELECT blob99 AS a FROM never")).status).toBe(422);
    } finally {
      await lenient.stop();
      other.remove();
    }
  });
});

test("times are whole seconds, and now where none is given", async () => {
  await engine.write(`{"dataset":"times","timestamp":${epoch}.9}\n{"dataset":"times"}`);
  const before = Math.floor(Date.now() / 1000);
  const { data } = await engine.json("SELECT toUnixTimestamp(timestamp) AS t FROM times ORDER BY t");
  expect(data[0]).toEqual({ t: epoch });
  expect(Math.abs(Number(data[1]?.t) - before)).toBeLessThan(5);
});
