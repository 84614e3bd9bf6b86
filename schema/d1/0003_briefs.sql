-- What is told without being asked: weekly briefs, alerts, and their deliveries. Times are Unix milliseconds.
-- A scope is a JSON array of project slugs in byte order, or ["*"] for all projects.

CREATE TABLE briefs (
  id INTEGER PRIMARY KEY,
  brief_id TEXT NOT NULL UNIQUE,
  scope TEXT NOT NULL,
  from_at INTEGER NOT NULL,
  to_at INTEGER NOT NULL,
  timezone TEXT NOT NULL,
  generated_at INTEGER NOT NULL,
  document TEXT NOT NULL, -- JSON, as GET /api/briefs/{brief_id} answers it, without its deliveries
  UNIQUE (scope, from_at, to_at)
);

CREATE TABLE alerts (
  id INTEGER PRIMARY KEY,
  alert_id TEXT NOT NULL UNIQUE,
  scope TEXT NOT NULL,
  kind TEXT NOT NULL,
  dimension TEXT NOT NULL,
  value TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL, -- when it was last found to hold
  calm INTEGER NOT NULL DEFAULT 0, -- checks in a row that found it gone
  checked_to INTEGER NOT NULL DEFAULT 0, -- the end of the window of the last check that counted as one of these
  closed_at INTEGER,
  insight TEXT NOT NULL -- JSON, as GET /analytics/insights answered it when it was last found to hold
);
CREATE UNIQUE INDEX alerts_open ON alerts (scope, kind, dimension, value) WHERE closed_at IS NULL;
CREATE INDEX alerts_closed ON alerts (closed_at) WHERE closed_at IS NOT NULL;

CREATE TABLE deliveries (
  id INTEGER PRIMARY KEY,
  delivery_id TEXT NOT NULL UNIQUE, -- the receiver's webhook-id
  channel TEXT NOT NULL,
  topic TEXT NOT NULL, -- brief.weekly, alert.opened, alert.closed, test
  subject_id TEXT NOT NULL, -- of the brief or alert; of a test its own id
  scope TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'delivered', 'dead')),
  attempts INTEGER NOT NULL DEFAULT 0,
  response_status INTEGER,
  error TEXT,
  created_at INTEGER NOT NULL,
  attempted_at INTEGER,
  due_at INTEGER NOT NULL, -- of a pending one: from then on whoever takes the next attempt may have it
  finished_at INTEGER,
  body TEXT NOT NULL, -- what is posted
  UNIQUE (channel, topic, subject_id)
);
CREATE INDEX deliveries_status ON deliveries (status, id);
CREATE INDEX deliveries_subject ON deliveries (subject_id);
