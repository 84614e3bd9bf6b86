// JSON, urlencoded and multipart say the same.

import { expect, test } from "vitest";
import { person } from "./support/people.ts";
import { type CallOptions, Stage } from "./support/stage.ts";

type Fields = Record<string, string | number | undefined>;

const pairs = (fields: Fields) =>
  Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])) as [
    string,
    string,
  ][];

const encodings: Record<string, (fields: Fields) => CallOptions> = {
  json: (fields) => ({ body: fields }),
  urlencoded: (fields) => ({ body: new URLSearchParams(pairs(fields)) }),
  multipart: (fields) => {
    const form = new FormData();
    for (const [name, value] of pairs(fields)) form.append(name, value);
    return { body: form };
  },
};

const telling = ({
  name,
  phone,
  company,
  message,
  event_type,
  lead_score,
  custom,
  context,
}: Record<string, unknown>) => ({
  name,
  phone,
  company,
  message,
  event_type,
  lead_score,
  custom: JSON.parse(custom as string),
  context: JSON.parse(context as string),
});

test("the same form in three encodings leaves the same row and the same point", async () => {
  const stages: Stage[] = [];
  for (const encode of Object.values(encodings)) {
    const stage = await Stage.open();
    const fields = {
      ...person({
        email: "jose@fabrica.es",
        phone: "+34 612 345 678",
        name: "José “Pepe” Niño",
        company: "A & B=C",
      }),
      message: "Fünf Zeilen\nund ein + Zeichen, 100 % 🙂 für zwölf Leute.",
      page: "https://www.acme.com/a b?x=1&utm_source=x%26y",
      "Wunsch-Farbe": "blau",
      time_on_page: 12.5,
      project: stage.project,
    };
    const { status } = await stage.call("/api/leads", encode(fields));
    expect(status).toBe(201);
    stages.push(stage);
  }
  const rows = await Promise.all(
    stages.map(async (stage) => telling((await stage.rows("submissions"))[0] ?? {})),
  );
  expect(rows[0]).toMatchObject({ name: "José “Pepe” Niño", phone: "+34612345678", company: "A & B=C" });
  expect(rows[0]?.custom).toEqual({ "Wunsch-Farbe": "blau" });
  expect(rows[1]).toEqual(rows[0]);
  expect(rows[2]).toEqual(rows[0]);
  const points = stages.map(({ points: [point] }) => ({
    ...point,
    project: "",
    lead_id: "",
    received_at: 0,
  }));
  expect(points[0]).toMatchObject({ event_type: "primary", utm_source: "x&y", time_on_page_s: 12.5 });
  expect(points[1]).toEqual(points[0]);
  expect(points[2]).toEqual(points[0]);
});

test("the spellings of third-party form tools are understood", async () => {
  const stage = await Stage.open();
  const { status } = await stage.call("/api/leads", {
    body: new URLSearchParams({
      project_id: stage.project,
      first_name: "Asha",
      lname: "Rao",
      "Email-Address": "ASHA@RaoMills.in",
      phone_number: "098200 12345",
      "form_fields[company_name]": "Rao Mills",
      utmSource: "bing",
      referrer: "https://news.site.com/x",
    }),
  });
  expect(status).toBe(201);
  expect(await stage.rows("submissions")).toMatchObject([
    { name: "Asha Rao", email: "asha@raomills.in", phone: "+919820012345", company: "Rao Mills" },
  ]);
  expect(stage.points).toMatchObject([{ utm_source: "bing", referer_host: "news.site.com" }]);
});

test("a body that comes in pieces, of up to 64 KiB, is read whole", async () => {
  const stage = await Stage.open();
  const head = JSON.stringify({ project: stage.project, ...person(), padding: "" }).slice(0, -2);
  const text = `${head}${"x".repeat(65_536 - head.length - 2)}"}`;
  expect(text.length).toBe(65_536);
  const { status } = await stage.call("/api/leads", {
    body: new Blob([text]).stream(),
    headers: { "content-type": "application/json" },
  });
  expect(status).toBe(201);
  expect(await stage.rows("submissions")).toHaveLength(1);

  const tooLong = await stage.call("/api/leads", {
    body: new Blob([`${text} `]).stream(),
    headers: { "content-type": "application/json" },
  });
  expect([tooLong.status, tooLong.json.code]).toEqual([413, "body_too_large"]);
  expect(await stage.rows("submissions")).toHaveLength(1);
  expect(stage.points).toHaveLength(1);
});

test("quotes and backslashes of a dimension are made canonical in the point, and stay in the row", async () => {
  const stage = await Stage.open();
  await stage.post(person({ utm_campaign: "  O'Brien \\ Söhne\u0001\n 's " }));
  await stage.post(person({ utm_campaign: "x".repeat(5000), source: "'; DROP TABLE leads; --" }));
  expect(stage.points.map((point) => point.utm_campaign)).toEqual(["O’Brien ⧵ Söhne ’s", "x".repeat(300)]);
  expect(stage.points[1]?.source).toBe("’; DROP TABLE leads; --");
  const [first] = await stage.rows("submissions");
  expect(JSON.parse(first?.context as string).utm_campaign).toContain("O'Brien \\ Söhne");
});

test("a campaign in another encoding is left out of a JSON body, and the lead is kept", async () => {
  const stage = await Stage.open();
  const fields = { ...person(), project: stage.project, utm_source: "search", utm_campaign: "M?nchen" };
  const body = Buffer.from(JSON.stringify(fields).replace("M?nchen", "M\u00FCnchen"), "latin1");
  const headers = { "content-type": "application/json" };
  const { status } = await stage.call("/api/leads", { body: new Uint8Array(body), headers });
  expect(status).toBe(201);
  const [row] = await stage.rows("submissions");
  expect(row?.email).toBe(fields.email);
  expect(row && telling(row).context).toMatchObject({ utm_source: "search" });
  expect(row && telling(row).context).not.toHaveProperty("utm_campaign");
});
