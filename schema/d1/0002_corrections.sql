-- Verdicts that a person corrected. A data point can be neither changed nor backdated, so a rejected submission
-- remembers its point, and reports apply the list of corrections beside the points.

-- When the point was written (Unix milliseconds); null: before this was kept.
ALTER TABLE submissions ADD COLUMN counted_at INTEGER;
-- JSON {dimensions, flags, reason} of the point, of test, blocked and bot only: what a correction takes away.
ALTER TABLE submissions ADD COLUMN point TEXT;

-- One row a correction; it stays when the correction is undone. It holds what the point holds, and so nothing that tells
-- who it was; the note of an erased submission is emptied.
CREATE TABLE corrections (
  id             INTEGER PRIMARY KEY,
  correction_id  TEXT NOT NULL UNIQUE,
  submission_id  TEXT NOT NULL,
  project        TEXT NOT NULL,
  counted_at     INTEGER NOT NULL,         -- of the submission
  month          TEXT NOT NULL,            -- of counted_at in UTC, such as 2026-11
  dimensions     TEXT NOT NULL,            -- JSON object, of the point
  flags          TEXT NOT NULL,            -- JSON array, of the point
  from_type      TEXT NOT NULL,
  from_reason    TEXT NOT NULL,
  to_type        TEXT NOT NULL,
  to_reason      TEXT NOT NULL,
  key_id         TEXT NOT NULL,            -- the API key that corrected
  note           TEXT NOT NULL,
  corrected_at   INTEGER NOT NULL,
  undone_at      INTEGER
);
CREATE INDEX corrections_by_submission ON corrections (submission_id);
CREATE INDEX corrections_by_month ON corrections (month);
