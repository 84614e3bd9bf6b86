/// <reference types="@cloudflare/vitest-plugin/types" />

declare namespace Cloudflare {
  interface Env {
    DB: D1Database;
    KV: KVNamespace;
    LEADS_QUEUE: Queue<Uint8Array>;
    POSTS_LIMIT: RateLimit;
    REJECTED_ROWS_LIMIT: RateLimit;
    API_KEYS: string;
    LEAD_SUBMISSIONS: {
      writeDataPoint(point: unknown): Promise<void>;
      written(): Promise<{ indexes: string[]; blobs: string[]; doubles: number[] }[]>;
    };
    MIGRATIONS: import("cloudflare:test").D1Migration[];
  }
}
