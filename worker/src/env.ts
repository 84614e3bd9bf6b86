// The bindings of wrangler.toml, as far as effects name them. Datasets, rate limits and secrets are found by the names
// that the core gives, so adding one changes no code here.

export interface PointBinding {
  /** Cloudflare's own returns nothing; the local one is called over RPC and returns a promise. */
  writeDataPoint(point: DataPoint): undefined | Promise<void>;
}

export interface DataPoint {
  indexes: string[];
  blobs: string[];
  doubles: number[];
}

export interface Env {
  DB: D1Database;
  LEADS_QUEUE: Queue<Uint8Array>;
  DELIVERIES_QUEUE: Queue<Uint8Array>;
  KV: KVNamespace;
  API_KEYS?: string;
  TURNSTILE_URL?: string;
  REPORTING_TIMEZONE?: string;
  RETENTION_DAYS?: string;
  AE_SQL_URL?: string;
  AE_SQL_TOKEN?: string;
  WEBHOOKS?: string;
  BRIEF_MODEL?: string;
  [name: string]: unknown;
}
