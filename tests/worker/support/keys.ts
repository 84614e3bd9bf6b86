// The API keys of the tests. The configuration turns them into the digests that the Worker knows.

interface TestKey {
  key: string;
  role: "admin" | "marketing";
  projects: string[];
  expires_at: string | null;
}

const key = (
  name: string,
  role: "admin" | "marketing",
  projects: string[],
  expires_at: string | null = null,
) => ({ key: `llk_test_${name}`, role, projects, expires_at }) satisfies TestKey;

export const keys = {
  admin: key("admin", "admin", ["*"]),
  /** Reaches one project only. */
  limited: key("limited", "admin", ["limited-project"]),
  marketing: key("marketing", "marketing", ["*"]),
  expired: key("expired", "admin", ["*"], "2026-01-02T00:00:00Z"),
};
