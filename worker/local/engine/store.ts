// ClickHouse, in this process. One MergeTree table holds every dataset, a partition each.

import { mkdirSync, rmSync } from "node:fs";
import { unlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Session as ChdbSession } from "chdb";
import { columnDefinitions, columnNames } from "./columns.ts";
import { datasetName, insertStatement } from "./insert_statement.ts";

// chdb's ES module entry re-exports only a part; its CommonJS entry is complete.
const { Session } = createRequire(import.meta.url)("chdb") as typeof import("chdb");

export const pointsTable = "analytics.points";

const settings = [
  "--timezone=Etc/UTC",
  "--output_format_json_quote_64bit_integers=1",
  "--output_format_write_statistics=0",
];

const schema = [
  "CREATE DATABASE IF NOT EXISTS analytics",
  `CREATE TABLE IF NOT EXISTS ${pointsTable} (${columnDefinitions}) ENGINE = MergeTree PARTITION BY dataset ORDER BY (index1, timestamp)`,
];

export class Store {
  // One connection runs one statement at a time: a long report must not hold up the writes.
  readonly #reader: ChdbSession;
  readonly #writer: ChdbSession;
  readonly #incoming: string;
  readonly #known = new Set<string>();
  readonly zones: ReadonlySet<string>;
  #files = 0;
  /** Reads go one by one, as they do on the connection anyway: see `#read` for why that must be certain. */
  #lastRead: Promise<unknown> = Promise.resolve();

  constructor(directory: string) {
    this.#incoming = join(directory, "incoming");
    const data = join(directory, "clickhouse");
    this.#writer = new Session(data, { connectionArgs: settings });
    this.#reader = new Session(data, { connectionArgs: settings });
    for (const statement of schema) this.#writer.query(statement);
    // Only now, when ClickHouse has locked the directory: another engine may have been running on it.
    // What lies here was never acknowledged: whoever sent it was told nothing, or an error.
    rmSync(this.#incoming, { recursive: true, force: true });
    mkdirSync(this.#incoming, { recursive: true });
    const zones = this.#reader.query("SELECT time_zone FROM system.time_zones", "TabSeparated");
    this.zones = new Set(zones.split("\n").filter((zone) => zone !== ""));
  }

  /** Runs a read; the answer is whatever the statement's FORMAT says, as bytes. */
  query(sql: string): Promise<Buffer> {
    const answer = this.#lastRead.then(() => this.#read(sql));
    this.#lastRead = answer.catch(() => undefined);
    return answer;
  }

  async #read(sql: string): Promise<Buffer> {
    try {
      const bytes = (await this.#reader.queryAsync(sql)).bytes();
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    } catch (error) {
      // What a statement had written before it failed would stand before the next one's answer.
      await this.#reader.queryAsync("SELECT 1 FORMAT Null").catch(() => undefined);
      throw error;
    }
  }

  /**
   * Inserts points, one JSON object a line; when it resolves they can be read. All of them or none.
   *
   * They go through a file because data inside the statement's own text ends at a blank line, and what
   * follows would run as SQL. ClickHouse parses the JSON: that is what makes a bulk load fast.
   */
  async insert(points: Buffer): Promise<void> {
    const file = join(this.#incoming, `${++this.#files}.ndjson`);
    try {
      await writeFile(file, points);
      await this.#writer.queryAsync(insertStatement(pointsTable, columnNames, file));
    } finally {
      await unlink(file).catch(() => undefined);
    }
  }

  async isKnown(dataset: string): Promise<boolean> {
    if (this.#known.has(dataset)) return true;
    for (const name of await this.datasets()) this.#known.add(name);
    return this.#known.has(dataset);
  }

  async datasets(): Promise<string[]> {
    const sql = `SELECT DISTINCT dataset FROM ${pointsTable} FORMAT TabSeparated`;
    return (await this.query(sql))
      .toString()
      .split("\n")
      .filter((name) => name !== "");
  }

  /** Empties a dataset, which makes it one that was never written to. */
  async drop(dataset: string): Promise<void> {
    if (!datasetName.test(dataset)) throw new Error(`not a dataset name: ${dataset}`);
    this.#known.delete(dataset);
    await this.#writer.queryAsync(`ALTER TABLE ${pointsTable} DROP PARTITION '${dataset}'`);
  }

  close(): void {
    this.#reader.close();
    this.#writer.close();
  }
}
