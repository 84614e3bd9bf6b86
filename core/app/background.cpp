// What happens without anybody waiting: the queue's consumer, its dead letters, and the daily sweep.

#include "core/app/admin.hpp"
#include "core/app/come_again.hpp"
#include "core/app/config.hpp"
#include "core/app/handlers.hpp"
#include "core/app/keep_lead.hpp"
#include "core/app/publish_corrections.hpp"
#include "core/ledger/corrections.hpp"
#include "core/ledger/rows.hpp"
#include "core/support/rfc3339.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::app {

namespace {

constexpr int kDone = 200;

// Corrections of points written before ?1 that still tell what the points said.
constexpr std::string_view kTellingCorrections =
    "FROM corrections WHERE month <= strftime('%Y-%m', ?1 / 1000, 'unixepoch') AND counted_at < ?1 "
    "AND (dimensions <> '{}' OR flags <> '[]')";

}  // namespace

// A message may be delivered twice. Each delivery takes an attempt of its own and claims the row from the
// request that sent the message; whoever succeeds writes the point, of what the row says.
Task<Response> replay_lead(ReplayPorts ports, Call call) {
  auto unpacked = unpack(call.request.body);
  if (!unpacked)
    co_return empty_response(kDone);  // nothing that we wrote; another delivery would not mend it
  Facts& facts = unpacked->facts;
  facts.claimed_from = std::move(facts.attempt);
  facts.attempt = make_id("", call.request.random[2]);
  Judged judged;
  judged.body = std::move(unpacked->body);
  const JudgePorts judge_ports{ports.ledger, ports.limits, ports.digest, ports.signals, ports.http};
  if (!co_await judge(judge_ports, call.request.config, nullptr, RateLimiting::not_counted, facts, judged)) {
    if (judged.error->code == ErrorCode::ledger_unavailable) co_return come_again(call.request);
    // No submission after all, which could not be seen when its sender was told that it was received.
    co_return co_await bury_lead(ports.archive, call);
  }
  const bool any = co_await may_keep_row(ports.limits, facts, judged.verdict.event_type);
  const Keeping keeping = any ? Keeping::any : Keeping::claimed;
  constexpr int kAccepted = 202;
  KeepResult kept = co_await keep_lead(ports.ledger, ports.points, facts, judged, kAccepted, keeping);
  if (kept.outcome == KeepOutcome::key_reused) {
    // Its sender was told that it was received, before other content took its key. It is kept under an id of
    // its own, the same at each delivery.
    facts.submission_id = "sub_" + facts.claimed_from;
    facts.content_digest.clear();
    kept = co_await keep_lead(ports.ledger, ports.points, facts, judged, kAccepted, keeping);
  }
  if (kept.outcome == KeepOutcome::not_there) write_point(ports.points, facts, judged, judged.verdict, {});
  for (std::string& month : kept.changed_months) {
    // Where that fails, the sweep does it: the message is done with.
    if (!co_await publish_corrections({ports.ledger, ports.archive, ports.timer}, std::move(month))) break;
  }
  co_return kept.outcome == KeepOutcome::unavailable ? come_again(call.request) : empty_response(kDone);
}

// A message that was delivered in vain too often, or can never be kept, stays readable as it is.
Task<Response> bury_lead(ArchivePort archive, Call call) {
  const auto unpacked = unpack(call.request.body);
  std::string id = unpacked ? unpacked->facts.submission_id : make_id("unreadable_", call.request.random[0]);
  const std::int64_t received = unpacked ? unpacked->facts.received_at_ms : call.request.now_ms;
  const std::string key = "dead_letters/" + format_rfc3339(received) + "/" + id;
  Reply kept = co_await archive.put(key, std::string(call.request.body.view()));
  co_return kept.ok ? empty_response(kDone) : come_again(call.request);
}

// Expired blocks, old alerts and deliveries that have ended go; rejected and test submissions lose their
// personal data after a while, and stay as rows, so that counts hold. What reports know of corrections is put
// anew, should a change have been lost on the way; and what a correction remembers of a point goes when no
// report can count the point any more, the last good answers included.
Task<Response> sweep(SweepPorts ports, Call call) {
  constexpr std::int64_t kMsPerDay = 86'400'000;
  const std::int64_t before = call.request.now_ms - std::int64_t{schema::kRejectedRetentionDays} * kMsPerDay;
  Batch batch;
  batch.add("DELETE FROM blocked_ips WHERE expires_at IS NOT NULL AND expires_at <= ?1", call.request.now_ms);
  batch.add(
      std::string(ledger::kEraseSubmission) + "lead_id IS NULL AND erased_at IS NULL AND received_at < ?1",
      before, call.request.now_ms);
  batch.add("DELETE FROM testing_leads WHERE received_at < ?1", before);
  batch.add("DELETE FROM blocked_ip_leads WHERE received_at < ?1", before);
  batch.add(ledger::kForgetSweptNotes, call.request.now_ms);
  const std::int64_t retention_ms = read_config(call.request.config).retention_days * kMsPerDay;
  const std::int64_t forgotten =
      call.request.now_ms - retention_ms - std::int64_t{schema::kReportStaleS} * 1000;
  batch.add("UPDATE submissions SET point = NULL WHERE submission_id IN (SELECT submission_id " +
                std::string(kTellingCorrections) + ")",
            forgotten);
  batch.add("UPDATE corrections SET dimensions = '{}', flags = '[]' WHERE id IN (SELECT id " +
                std::string(kTellingCorrections) + ")",
            forgotten);
  // An alert that is still open would be told again, and of one that has just closed it would not be known
  // who was told of it.
  batch.add(
      "DELETE FROM deliveries WHERE status <> 'pending' AND created_at < ?1 AND NOT EXISTS (SELECT 1 FROM "
      "alerts WHERE alert_id = subject_id AND (closed_at IS NULL OR closed_at > ?2))",
      call.request.now_ms - std::int64_t{schema::kDeliveriesRetentionDays} * kMsPerDay,
      call.request.now_ms - std::int64_t{schema::kAlertNoticeDays} * kMsPerDay);
  ledger::add_select_months(
      batch, call.request.now_ms - retention_ms - std::int64_t{schema::kCorrectionsMarginDays} * kMsPerDay);
  batch.add("DELETE FROM alerts WHERE closed_at < ?1",
            call.request.now_ms - std::int64_t{schema::kAlertRetentionDays} * kMsPerDay);
  batch.add("DELETE FROM briefs WHERE generated_at < ?1",
            call.request.now_ms - std::int64_t{schema::kBriefDays} * kMsPerDay);
  constexpr std::size_t kMonths = 8;  // the statement before those of alerts and briefs
  const Rows rows(co_await ports.ledger.run_and_forget_cache(batch));
  bool done = rows.ok();
  if (done) {
    for (const json::Value row : rows.of(kMonths).items()) {
      std::string month(row["month"].string());
      done =
          co_await publish_corrections({ports.ledger, ports.archive, ports.timer}, std::move(month)) && done;
    }
  }
  co_return done ? empty_response(kDone) : come_again(call.request);
}

}  // namespace leadledger::app
