-- The ledger. Times are Unix milliseconds; JSON columns hold text made by the core.
-- Every index adds a written row to each submission, so there are only those that a request needs.

CREATE TABLE projects (
  slug        TEXT PRIMARY KEY,
  name        TEXT NOT NULL,
  settings    TEXT NOT NULL,               -- JSON: allowed_origins, honeypot_field, test_rules, ...
  created_at  INTEGER NOT NULL,
  updated_at  INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE leads (
  id                   INTEGER PRIMARY KEY, -- order of arrival, for paging
  lead_id              TEXT NOT NULL UNIQUE,
  project              TEXT NOT NULL,
  first_submission_id  TEXT NOT NULL,
  first_seen_at        INTEGER NOT NULL,
  last_seen_at         INTEGER NOT NULL,
  name                 TEXT,
  email                TEXT,
  phone                TEXT,
  company              TEXT,
  lead_score           INTEGER NOT NULL
);
CREATE INDEX leads_by_project ON leads (project);

-- What makes two submissions one person: a normalised e-mail address or phone number, per project.
CREATE TABLE lead_identities (
  project  TEXT NOT NULL,
  kind     TEXT NOT NULL CHECK (kind IN ('email', 'phone')),
  value    TEXT NOT NULL,
  lead_id  TEXT NOT NULL,
  PRIMARY KEY (project, kind, value)
) WITHOUT ROWID;
CREATE INDEX lead_identities_by_lead ON lead_identities (lead_id);

-- One row a submission, of all five types.
CREATE TABLE submissions (
  id               INTEGER PRIMARY KEY,     -- order of arrival, for paging
  submission_id    TEXT NOT NULL UNIQUE,
  project          TEXT NOT NULL,
  lead_id          TEXT,                    -- null for test, blocked and bot
  event_type       TEXT NOT NULL CHECK (event_type IN ('primary', 'follow_up', 'test', 'blocked', 'bot')),
  vpn              INTEGER NOT NULL,
  suspicious       INTEGER NOT NULL,
  hot              INTEGER NOT NULL,
  lead_score       INTEGER NOT NULL,
  bot_score        INTEGER NOT NULL,
  person_reason    TEXT,                    -- new_person, known_email or known_phone; null for the rejected
  reasons          TEXT NOT NULL,           -- JSON array of {code, detail}, without person_reason
  ruleset          TEXT NOT NULL,
  status           INTEGER NOT NULL,        -- HTTP status the sender was given
  received_at      INTEGER NOT NULL,
  attempt          TEXT NOT NULL,           -- who wrote the row, and so owes its data point
  content_digest   TEXT,                    -- SHA-256 of the decoded content, where an Idempotency-Key came
  ip               TEXT,
  user_agent       TEXT,
  name             TEXT,
  email            TEXT,
  phone            TEXT,
  company          TEXT,
  message          TEXT,
  consent          TEXT,
  context          TEXT NOT NULL,           -- JSON: page, referer, utm_*, country, engagement, ...
  custom           TEXT,                    -- JSON object of the fields we do not know
  erased_at        INTEGER
);
CREATE INDEX submissions_by_project ON submissions (project);
CREATE INDEX submissions_by_lead ON submissions (lead_id) WHERE lead_id IS NOT NULL;
CREATE INDEX submissions_rejected_by_email ON submissions (email) WHERE lead_id IS NULL AND email IS NOT NULL;

-- Which test rule a test submission met.
CREATE TABLE testing_leads (
  submission_id  TEXT PRIMARY KEY,
  project        TEXT NOT NULL,
  rule           TEXT NOT NULL,             -- reason code
  matched        TEXT NOT NULL,             -- the part of the submission that met it
  received_at    INTEGER NOT NULL
) WITHOUT ROWID;

-- Why a submission was blocked.
CREATE TABLE blocked_ip_leads (
  submission_id  TEXT PRIMARY KEY,
  project        TEXT NOT NULL,
  rule           TEXT NOT NULL,             -- reason code
  ip             TEXT,
  blocked_ip_id  TEXT,                      -- the entry of blocked_ips that matched
  received_at    INTEGER NOT NULL
) WITHOUT ROWID;

-- Blocked addresses. The range is kept as two 32-digit hexadecimal numbers (IPv4 mapped into IPv6), so that
-- one comparison of text decides.
CREATE TABLE blocked_ips (
  id          INTEGER PRIMARY KEY,          -- order of arrival, for paging
  block_id    TEXT NOT NULL UNIQUE,
  project     TEXT,                         -- null: every project
  cidr        TEXT NOT NULL,
  range_from  TEXT NOT NULL,
  range_to    TEXT NOT NULL,
  note        TEXT NOT NULL,
  expires_at  INTEGER,
  created_at  INTEGER NOT NULL
);
CREATE INDEX blocked_ips_by_project ON blocked_ips (project);
