#include "core/app/keep_lead.hpp"

#include <algorithm>

#include "core/datasets/point_memory.hpp"
#include "core/support/rfc3339.hpp"

namespace leadledger::app {

namespace {

intake::EventType event_type_of(std::string_view text) {
  const auto& names = schema::kEventTypeNames;
  const auto found = std::find(names.begin(), names.end(), text);
  return static_cast<intake::EventType>(found == names.end() ? 0 : found - names.begin());
}

/// The verdict of a kept row.
intake::Verdict verdict_of(const ledger::Kept& kept) {
  intake::Verdict verdict;
  verdict.event_type = event_type_of(kept.event_type);
  verdict.accepted = !kept.lead_id.empty();
  verdict.vpn = kept.vpn;
  verdict.suspicious = kept.suspicious;
  verdict.hot = kept.hot;
  verdict.lead_score = kept.lead_score;
  verdict.bot_score = kept.bot_score;
  verdict.reasons = ledger::read_reasons(kept.reasons);
  if (const auto person = intake::find_reason(kept.person_reason)) {
    verdict.reasons.insert(verdict.reasons.begin(), {*person, {}});
  }
  return verdict;
}

/// What the point says. A row of our own says what we judged, but for the person; an older one says what was
/// judged then, whatever the rules or a person make of it by now.
intake::Verdict verdict_for_point(const Judged& judged, const ledger::Kept& kept, bool maybe_older) {
  intake::Verdict verdict;
  if (maybe_older) {
    verdict = verdict_of(kept.first_judged());
    verdict.temperature = intake::temperature_of(verdict.lead_score);
    verdict.engagement = judged.verdict.engagement;
  } else {
    verdict = judged.verdict;
    const auto person = intake::find_reason(kept.person_reason);
    if (verdict.accepted && person) intake::settle_person(verdict, *person);
  }
  return verdict;
}

/// A claimed row's correction was listed in the month in which the row was kept, and now is in its point's.
std::vector<std::string> months_of(const Facts& facts, const ledger::Kept& kept) {
  std::vector<std::string> months;
  if (kept.correction_month.empty()) return months;
  constexpr std::size_t kMonth = 7;  // 2026-11
  months.push_back(format_rfc3339(facts.received_at_ms).substr(0, kMonth));
  if (months.front() != kept.correction_month) months.emplace_back(kept.correction_month);
  return months;
}

datasets::LeadPoint point_of(const Facts& facts, const Judged& judged, const intake::Verdict& verdict,
                             std::string_view lead_id) {
  constexpr std::int64_t kMsPerSecond = 1000;
  return intake::make_lead_point(judged.project, judged.submission, facts.visitor(), facts.bot_user_agent,
                                 verdict, lead_id, facts.received_at_ms / kMsPerSecond);
}

/// What the row of a rejected submission remembers of its point; an accepted one never needs it.
std::string point_memory(const Facts& facts, const Judged& judged) {
  std::string out;
  if (judged.verdict.accepted) return out;
  json::Writer writer(out);
  datasets::write_point_memory(writer, point_of(facts, judged, judged.verdict, {}));
  writer.finish();
  return out;
}

}  // namespace

Task<bool> may_keep_row(LimitPort limits, const Facts& facts, intake::EventType type) {
  if (type != intake::EventType::blocked && type != intake::EventType::bot) co_return true;
  Reply reply = co_await limits.take("rejected_rows", facts.ip);
  co_return reply.status != "over";
}

void write_point(PointsPort points, const Facts& facts, const Judged& judged, const intake::Verdict& verdict,
                 std::string_view lead_id) {
  const datasets::LeadPoint point = point_of(facts, judged, verdict, lead_id);
  std::string json;
  json::Writer writer(json);
  point.write(writer);
  writer.finish();
  points.write(schema::LeadSubmissions::kName, json);
}

Task<KeepResult> keep_lead(LedgerPort ledger, PointsPort points, const Facts& facts, const Judged& judged,
                           int status, Keeping keeping) {
  KeepResult result;
  const std::string memory = point_memory(facts, judged);
  constexpr int kTries = 2;
  for (int attempt = 0; attempt < kTries; ++attempt) {
    const bool maybe_older = attempt > 0 || !facts.claimed_from.empty();
    Batch batch;
    ledger::add_keep_statements(batch, {facts, judged.project, judged.submission, judged.verdict, status,
                                        memory, maybe_older, keeping == Keeping::any});
    Reply reply = co_await ledger.run(batch);
    if (!reply.ok) continue;
    const auto document = json::Document::parse(reply.body.data, reply.body.size);
    if (!document) continue;
    const ledger::Kept kept = ledger::read_kept(document->root(), facts.attempt);
    if (!kept.found && keeping == Keeping::any) continue;
    if (!kept.found) {
      result.outcome = KeepOutcome::not_there;
      co_return result;
    }
    result.lead_id = kept.lead_id;
    result.status = kept.status;
    const bool other_content = !facts.content_digest.empty() && !kept.content_digest.empty() &&
                               kept.content_digest != facts.content_digest;
    if (other_content) {
      result.outcome = KeepOutcome::key_reused;
    } else if (!kept.fresh) {
      result.outcome = KeepOutcome::replayed;
      result.verdict = verdict_of(kept);
    } else {
      result.outcome = KeepOutcome::kept;
      result.verdict = verdict_for_point(judged, kept, maybe_older);
      if (!result.verdict.accepted) result.lead_id.clear();
      result.changed_months = months_of(facts, kept);
      write_point(points, facts, judged, result.verdict, result.lead_id);
    }
    co_return result;
  }
  co_return result;
}

}  // namespace leadledger::app
