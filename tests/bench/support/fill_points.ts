// Fills the local engine's data directory with points that ClickHouse makes itself: millions in seconds, where sending
// them would take minutes. The engine must not be running on it.
//   node fill_points.ts <directory> <first> <count> <Unix seconds of the newest>

import { createRequire } from "node:module";
import { join } from "node:path";
import dataset from "../../../schema/datasets/lead_submissions.json" with { type: "json" };
import { columnNames } from "../../../worker/local/engine/columns.ts";
import { pointsTable, Store } from "../../../worker/local/engine/store.ts";

// chdb's ES module entry re-exports only a part; its CommonJS entry is complete.
const { Session } = createRequire(import.meta.url)("chdb") as typeof import("chdb");

const [directory, first, count, newest] = process.argv.slice(2) as [string, string, string, string];

/** One of a list by a hash of the row, each list with a hash of its own; those in front more often. */
let salt = 0;
const oneOf = (words: string[]) => {
  salt += 1;
  const unit = `(cityHash64(number, ${salt}) % 1000000) / 1000000`;
  return `[${words.map((word) => `'${word}'`)}][1 + toUInt32(floor(${words.length} * pow(${unit}, 2)))]`;
};
const named = (prefix: string, many: number) => {
  salt += 1;
  return `concat('${prefix} ', toString(toUInt32(floor(${many} * pow((cityHash64(number, ${salt}) % 1000000) / 1000000, 2)))))`;
};

const countries = "IN US GB DE FR AE SG AU CA BR ZA NG KE ID MY TH VN PH JP KR IT ES NL PL SE CH MX AR".split(
  " ",
);
const texts: Record<string, string> = {
  source: oneOf(["google", "facebook", "linkedin", "newsletter", "partner", "bing", "direct", ""]),
  referer_host: oneOf(["www.google.com", "", "www.facebook.com", "www.linkedin.com", "duckduckgo.com"]),
  landing_path: named("/pages", 60),
  cta: oneOf(["Book a demo", "Request a quote", "Contact us", "Start now"]),
  utm_source: oneOf(["google", "", "facebook", "linkedin"]),
  utm_medium: oneOf(["cpc", "", "social", "email"]),
  utm_campaign: named("campaign", 200),
  country: oneOf(countries),
  region: named("region", 300),
  city: named("city", 3000),
  device: oneOf(["mobile", "desktop", "tablet"]),
  browser: oneOf(["Chrome", "Safari", "Firefox", "Edge", "Samsung Internet"]),
  temperature: oneOf(["cold", "warm", "hot"]),
  engagement: oneOf(["low", "medium", "high", "none"]),
  channel: oneOf(["paid", "organic", "social", "direct", "email", "referral"]),
  reason: oneOf(["", "free_mail", "honeypot", "fast_form", "bot_user_agent"]),
  lead_id: "concat('lead_', lower(hex(cityHash64(number))))",
  event_type: oneOf(["primary", "bot", "follow_up", "blocked", "test"]),
};
const odds = (percent: number) => {
  salt += 1;
  return `toFloat64(cityHash64(number, ${salt}) % 100 < ${percent})`;
};
const numbers: Record<string, string> = {
  vpn: odds(5),
  suspicious: odds(8),
  hot: odds(12),
  lead_score: "toFloat64(cityHash64(number, 901) % 101)",
  bot_score: "toFloat64(cityHash64(number, 902) % 101)",
  time_on_page_s: "toFloat64(cityHash64(number, 903) % 900)",
  received_at: "toFloat64(toUnixTimestamp(timestamp))",
  schema_version: "1.0",
};

/** Evenly over 89 days. */
const timestamp = `toDateTime(${newest} - cityHash64(number, 900) % (89 * 86400), 'Etc/UTC') AS timestamp`;
const blob = (slot: number) => texts[dataset.blobs.find((one) => one.slot === slot)?.name ?? ""] ?? "''";
const double = (slot: number) =>
  numbers[dataset.doubles.find((one) => one.slot === slot)?.name ?? ""] ?? "0.0";
const slots = Array.from({ length: 20 }, (_, at) => at + 1);
const values = [
  "'lead_submissions'",
  timestamp,
  "1",
  oneOf(["acme", "beta", "north-star", "zen", "orbit", "delta"]),
  ...slots.map(blob),
  ...slots.map(double),
];

new Store(directory).close(); // makes the table
const session = new Session(join(directory, "clickhouse"), { connectionArgs: ["--timezone=Etc/UTC"] });
session.query(
  `INSERT INTO ${pointsTable} (${columnNames.join(", ")}) SELECT ${values.join(", ")} ` +
    `FROM numbers(${first}, ${count}) SETTINGS max_block_size = 250000, min_insert_block_size_rows = 2000000, ` +
    "min_insert_block_size_bytes = 0",
);
// Merging in the background would take processor time from what is measured.
session.query(`OPTIMIZE TABLE ${pointsTable} FINAL`);
session.close();
