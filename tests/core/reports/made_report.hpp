// Reports made by hand: a query, its buckets and rows, without statements and answers.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/reports/rendering.hpp"
#include "core/reports/report.hpp"
#include "core/reports/tally.hpp"
#include "tests/core/hostile_text.hpp"

namespace leadledger::tests {

/// 2026-11-19T00:00:00+05:30, a Thursday's midnight in Kolkata.
inline constexpr std::int64_t kMidnight = 1'795'026'600;
inline constexpr std::int64_t kDay = 86'400;

[[nodiscard]] inline reports::Counts counts_of(std::array<std::uint64_t, 5> types,
                                               std::array<std::uint64_t, 3> flags = {}) {
  return {types, flags};
}

/// All that a report points to. The range is `days` days from kMidnight; the present is the end of it unless
/// a test sets it.
struct Made {
  explicit Made(int days, std::vector<reports::Dimension> group_by = {},
                schema::Bucket bucket = schema::Bucket::day)
      : zone("Asia/Kolkata", 19'800, {}) {
    query.bucket = bucket;
    query.group_by = std::move(group_by);
    query.limit = 50;
    place(plan.period, kMidnight, days);
    plan.data_from_s = kMidnight;
    now_s = plan.period.range.to_s + 3600;
    tallies.emplace_back(plan.period.boundaries.count(), query.group_by.size(), 7);
  }
  Made(const Made&) = delete;
  Made& operator=(const Made&) = delete;

  void compare_with_days_before(int days) {
    query.compare = schema::CompareWith::previous;
    place(plan.comparison.emplace(), kMidnight - days * kDay, days);
    tallies.emplace_back(plan.comparison->boundaries.count(), 0, 7);
  }
  void add(std::size_t bucket, std::array<std::string_view, 4> texts, reports::Counts counts) {
    tallies.front().add(bucket, row(texts, counts));
  }
  void add_before(std::size_t bucket, reports::Counts counts) { tallies.back().add(bucket, row({}, counts)); }
  [[nodiscard]] static reports::Row row(std::array<std::string_view, 4> texts, reports::Counts counts) {
    reports::Row out;
    out.texts = texts;
    out.counts = counts;
    out.submissions = counts.total();
    out.rows = counts.total();
    out.largest_interval = 1;
    out.squares = counts.total();
    return out;
  }
  [[nodiscard]] reports::Source source() const {
    reports::Source source{
        query, zone,  plan,        tallies.front(),         plan.comparison ? &tallies.back() : nullptr,
        now_s, cache, no_data_yet, explain ? &ran : nullptr};
    if (!hours.empty()) source.hour_of_week = &hours;
    return source;
  }
  [[nodiscard]] reports::Report report() const { return reports::Report(source()); }
  /// The answer, put together from pieces of about that many bytes.
  [[nodiscard]] std::string text(std::size_t piece_bytes = 65'536) const {
    reports::Report shaped = report();
    const auto rendering = reports::render(shaped);
    std::string out;
    std::string piece;
    bool more = true;
    while (more) {
      piece.clear();
      more = rendering->next(piece, piece_bytes);
      out += piece;
    }
    return out;
  }
  [[nodiscard]] std::string text_as(reports::ReportFormat format) {
    query.format = format;
    return text();
  }

  reports::Query query;
  time::Zone zone;
  reports::Plan plan;
  std::deque<reports::Tally> tallies;  // of the range, and of what it is compared with
  std::int64_t now_s = 0;
  reports::CacheState cache = reports::CacheState::miss;
  bool no_data_yet = false;
  bool explain = false;
  std::vector<reports::Ran> ran;
  std::vector<reports::Counts> hours;  // of the week; empty where they were not asked for

 private:
  void place(reports::Period& period, std::int64_t from_s, int days) const {
    period.range = {from_s, from_s + days * kDay};
    if (query.bucket == schema::Bucket::none) return;
    for (int day = 0; day <= days; ++day) period.boundaries.at.push_back(from_s + day * kDay);
  }
};

/// Many rows of few buckets and hostile keys, the same for the same seed.
inline void fill_with_hostile_rows(Made& made, std::uint64_t seed, std::size_t rows) {
  Random random(seed);
  for (std::size_t left = rows; left > 0; --left) {
    const std::string first = hostile_text(random, 3);
    const std::string second = hostile_text(random, 2);
    std::array<std::uint64_t, 5> types{};
    for (std::uint64_t& count : types) count = random.below(1'000'000) >> random.below(20);
    std::array<std::uint64_t, 3> flags{};
    for (std::uint64_t& count : flags) count = random.below(1000) >> random.below(10);
    const std::size_t buckets = made.plan.period.boundaries.count();
    made.add(buckets == 0 ? 0 : random.below(buckets), {first, second}, counts_of(types, flags));
  }
}

}  // namespace leadledger::tests
