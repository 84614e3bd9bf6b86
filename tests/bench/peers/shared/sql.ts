// The ledger's statements, the same text as in core/ledger; the comparison of the benchmark fails where they part.

export const insertSubmission =
  "INSERT INTO submissions (submission_id, project, lead_id, event_type, vpn, suspicious, hot, lead_score, " +
  "bot_score, person_reason, reasons, ruleset, status, received_at, attempt, content_digest, ip, " +
  "user_agent, name, " +
  "email, phone, company, message, consent, context, custom, counted_at, point) " +
  "SELECT ?1, ?2, CASE WHEN ?3 IS NULL THEN NULL ELSE COALESCE(by_email, by_phone, ?3) END, " +
  "CASE WHEN ?3 IS NOT NULL AND COALESCE(by_email, by_phone) IS NOT NULL THEN 'follow_up' ELSE ?4 END, " +
  "?5, ?6, ?7, ?8, ?9, " +
  "CASE WHEN ?3 IS NULL THEN NULL WHEN by_email IS NOT NULL THEN 'known_email' " +
  "WHEN by_phone IS NOT NULL THEN 'known_phone' ELSE 'new_person' END, " +
  "?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, " +
  "CAST(unixepoch('subsec') * 1000 AS INTEGER), ?27 " +
  "FROM (SELECT " +
  "(SELECT lead_id FROM lead_identities WHERE project = ?2 AND kind = 'email' AND value = ?19) AS " +
  "by_email, " +
  "(SELECT lead_id FROM lead_identities WHERE project = ?2 AND kind = 'phone' AND value = ?26) AS " +
  "by_phone) " +
  "WHERE true ON CONFLICT (submission_id) DO NOTHING";

export const upsertLead =
  "INSERT INTO leads (lead_id, project, first_submission_id, first_seen_at, last_seen_at, name, email, " +
  "phone, " +
  "company, lead_score) " +
  "SELECT lead_id, project, submission_id, received_at, received_at, name, email, phone, company, " +
  "lead_score " +
  "FROM submissions WHERE submission_id = ?1 AND attempt = ?2 AND lead_id IS NOT NULL " +
  "ON CONFLICT (lead_id) DO UPDATE SET last_seen_at = max(last_seen_at, excluded.last_seen_at), " +
  "name = COALESCE(name, excluded.name), email = COALESCE(email, excluded.email), " +
  "phone = COALESCE(phone, excluded.phone), company = COALESCE(company, excluded.company), " +
  "lead_score = max(lead_score, excluded.lead_score)";

export const insertIdentities =
  "INSERT INTO lead_identities (project, kind, value, lead_id) " +
  "SELECT s.project, v.kind, v.value, s.lead_id FROM submissions s, " +
  "(SELECT 'email' AS kind, ?3 AS value UNION ALL SELECT 'phone', ?4) v " +
  "WHERE s.submission_id = ?1 AND s.attempt = ?2 AND s.lead_id IS NOT NULL AND v.value IS NOT NULL " +
  "ON CONFLICT (project, kind, value) DO NOTHING";

export const insertTestingLead =
  "INSERT INTO testing_leads (submission_id, project, rule, matched, received_at) " +
  "SELECT submission_id, project, ?3, ?4, received_at FROM submissions WHERE submission_id = ?1 AND " +
  "attempt = ?2 AND event_type = ?5 " +
  "ON CONFLICT (submission_id) DO NOTHING";

export const insertBlockedLead =
  "INSERT INTO blocked_ip_leads (submission_id, project, rule, ip, blocked_ip_id, received_at) " +
  "SELECT submission_id, project, ?3, ip, ?4, received_at FROM submissions WHERE submission_id = ?1 AND " +
  "attempt = ?2 AND event_type = ?5 " +
  "ON CONFLICT (submission_id) DO NOTHING";

export const selectKept =
  "SELECT event_type, lead_id, vpn, suspicious, hot, lead_score, bot_score, person_reason, reasons, " +
  "ruleset, " +
  "content_digest, status, attempt FROM submissions WHERE submission_id = ?1";

export const selectForIntake =
  "SELECT settings, (SELECT group_concat(range_from || range_to || block_id, '') FROM blocked_ips " +
  "WHERE (project IS NULL OR project = ?1) AND (expires_at IS NULL OR expires_at > unixepoch() * 1000)) AS " +
  "blocked " +
  "FROM projects WHERE slug = ?1";
