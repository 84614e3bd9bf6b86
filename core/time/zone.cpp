#include "core/time/zone.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "core/support/json.hpp"
#include "core/time/civil.hpp"

namespace leadledger::time {

namespace {

constexpr std::int64_t kYear1 = -62'135'596'800;
constexpr std::int64_t kYear10000 = 253'402'300'800;
constexpr std::int64_t kNoNumber = std::numeric_limits<std::int64_t>::min();

/// A transition from its JSON, [at, offset]; at_s is kNoNumber where it is none.
Transition read_transition(const json::Value& value) {
  Transition transition = {kNoNumber, kNoNumber};
  std::size_t count = 0;
  for (const json::Value& item : value.items()) {
    const std::int64_t number = item.integer(kNoNumber);
    if (number == kNoNumber) return {kNoNumber, 0};
    (count == 0 ? transition.at_s : transition.offset_s) = number;
    ++count;
  }
  return count == 2 ? transition : Transition{kNoNumber, 0};
}

bool is_offset(std::int64_t seconds) { return seconds > -kSecondsPerDay && seconds < kSecondsPerDay; }

tl::unexpected<Error> fail_zone(std::string_view what) {
  return fail(ErrorCode::internal, "The transitions of the time zone cannot be read: " + std::string(what));
}

}  // namespace

Zone::Zone(std::string name, std::int64_t first_offset_s, std::vector<Transition> transitions)
    : name_(std::move(name)), first_offset_s_(first_offset_s), transitions_(std::move(transitions)) {}

Result<Zone> Zone::read(std::string name, char* json, std::size_t size) {
  const auto document = json::Document::parse(json, size);
  if (!document) return fail_zone(document.error().detail);
  const std::int64_t first_offset = document->root()["offset"].integer(kNoNumber);
  if (!is_offset(first_offset)) return fail_zone("offset is no number of seconds below a day.");
  const json::Value list = document->root()["transitions"];
  if (!list.is(json::Kind::array)) return fail_zone("transitions is no array.");
  std::vector<Transition> transitions;
  std::int64_t earliest = kYear1;
  for (const json::Value& item : list.items()) {
    const Transition transition = read_transition(item);
    if (transition.at_s == kNoNumber) return fail_zone("a transition is not [instant, offset].");
    if (!is_offset(transition.offset_s)) return fail_zone("an offset is a day or more.");
    if (transition.at_s < earliest || transition.at_s >= kYear10000) {
      return fail_zone("the instants do not ascend within the years 1 to 9999.");
    }
    earliest = transition.at_s + 1;
    transitions.push_back(transition);
  }
  return Zone(std::move(name), first_offset, std::move(transitions));
}

Stretch Zone::stretch_at(std::int64_t instant) const {
  const auto later = [](std::int64_t at, const Transition& transition) { return at < transition.at_s; };
  const auto next = std::upper_bound(transitions_.begin(), transitions_.end(), instant, later);
  const std::int64_t to_s = next == transitions_.end() ? kNever : next->at_s;
  if (next == transitions_.begin()) return {kLongAgo, to_s, first_offset_s_};
  return {std::prev(next)->at_s, to_s, std::prev(next)->offset_s};
}

std::int64_t Zone::first_at_local(std::int64_t local_s) const {
  // Offsets are shorter than a day, so no stretch that ended a day before can have read as much.
  Stretch stretch = stretch_at(local_s - kSecondsPerDay);
  while (true) {
    const std::int64_t instant = std::max(stretch.from_s, local_s - stretch.offset_s);
    if (instant < stretch.to_s) return instant;
    stretch = stretch_at(stretch.to_s);
  }
}

std::int64_t Zone::start_of_day(std::int64_t day) const { return first_at_local(day * kSecondsPerDay); }

std::int64_t Zone::day_at(std::int64_t instant) const {
  // A clock that was put back past midnight is still in the day that had begun: what counts is the latest
  // that it read. Only stretches that ended within two days can have read more than the present one.
  Stretch stretch = stretch_at(instant);
  std::int64_t latest = instant + stretch.offset_s;
  while (stretch.from_s > instant - 2 * kSecondsPerDay) {
    stretch = stretch_at(stretch.from_s - 1);
    latest = std::max(latest, stretch.to_s - 1 + stretch.offset_s);
  }
  return floor_div(latest, kSecondsPerDay);
}

}  // namespace leadledger::time
