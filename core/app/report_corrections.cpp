#include "core/app/report_corrections.hpp"

#include <algorithm>
#include <utility>

#include "core/reports/corrections.hpp"
#include "core/time/civil.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::app {

namespace {

using reports::Range;

std::int64_t start_of_month(std::int64_t instant_s) {
  time::Date date = time::date_of(time::floor_div(instant_s, time::kSecondsPerDay));
  date.day = 1;
  return time::days_of(date) * time::kSecondsPerDay;
}

}  // namespace

/// When the points were written that can be counted at that moment.
Range CorrectionLists::held(std::int64_t now_s) const {
  return {now_s - asked_.retention_days * time::kSecondsPerDay, now_s + 1};
}

void CorrectionLists::ask_for(const reports::Plan& plan, std::int64_t now_s) {
  const Range all = held(now_s);
  const auto ask = [&](const Range& range) {
    ask_for(Range{std::max(range.from_s, all.from_s), std::min(range.to_s, all.to_s)});
  };
  ask(plan.period.range);
  if (plan.comparison) ask(plan.comparison->range);
  read_on();
}

void CorrectionLists::ask_for(Range range) {
  // The latest month first: it is the one in which most is corrected.
  while (range.from_s < range.to_s) {
    std::string key = reports::corrections_key(range.to_s - 1);
    range.to_s = start_of_month(range.to_s - 1);
    if (std::find(keys_.begin(), keys_.end(), key) != keys_.end()) continue;
    if (keys_.size() >= schema::kMaxCorrectionLists) {
      left_out_ = true;
      return;
    }
    keys_.push_back(std::move(key));
  }
}

void CorrectionLists::read_on() {
  while (reads_.size() < keys_.size() && reads_.size() - applied_ < schema::kCorrectionsAtOnce) {
    reads_.push_back(port_.get(keys_[reads_.size()]));
  }
}

Task<bool> CorrectionLists::apply(Material& material) {
  // A last good answer is of another range than the one that is asked for now.
  ask_for(*material.plan, material.generated_at_s);
  bool whole = !left_out_;
  while (applied_ < reads_.size()) {
    const Reply reply = co_await reads_[applied_];
    whole = take(material, reply) && whole;
    ++applied_;
    if (!reply.ok) keys_.resize(reads_.size());
    read_on();
  }
  material.corrections_missing = !whole;
  constexpr std::string_view kMissing = "missing";
  if (!whole) material.fingerprint = fingerprint(kMissing, material.fingerprint);
  co_return whole;
}

/// Applies one list; false where something of it is missing.
bool CorrectionLists::take(Material& material, const Reply& reply) const {
  if (!reply.ok) return false;
  if (reply.status != "hit") return true;
  material.fingerprint = fingerprint(reply.body.view(), material.fingerprint);
  const auto corrections = reports::read_corrections(reply.body.data, reply.body.size);
  if (!corrections) return false;
  // What could not be read yet when the counts were made, or not any more, is not in them.
  Range counted = held(material.generated_at_s);
  counted.to_s -= schema::kVisibilityLagS;
  for (const reports::Correction& correction : corrections->list) {
    if (!reports::is_within(counted, correction.at_s)) continue;
    const reports::Move move = reports::move_of(correction, asked_.query, asked_.scope);
    if ((move.takes || move.adds) && material.contents->correct(move)) ++material.corrected;
  }
  return !corrections->missing;
}

}  // namespace leadledger::app
