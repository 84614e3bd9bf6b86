#include "core/reports/report.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

#include "tests/core/reports/made_report.hpp"

using namespace leadledger;
using reports::Dimension;
using schema::ReportWarning;
using tests::counts_of;
using tests::kDay;
using tests::kMidnight;
using tests::Made;

namespace {

/// Keys of the shown groups, "*" for the rest.
std::vector<std::string> keys(const reports::Report& report) {
  std::vector<std::string> out;
  for (const reports::ShownGroup& shown : report.groups()) {
    const reports::Tally& tally = report.source().tally;
    std::string key = shown.group == nullptr ? "*" : "";
    for (std::size_t n = 0; shown.group != nullptr && n < tally.dimensions(); ++n) {
      key += (n > 0 ? "|" : "") + std::string(tally.text(*shown.group, n));
    }
    out.push_back(key);
  }
  return out;
}

bool same(const reports::Counts& a, const reports::Counts& b) {
  return a.types == b.types && a.flags == b.flags;
}

using Keys = std::vector<std::string>;

}  // namespace

TEST_CASE("Groups come by total, then by key in byte order", "[report]") {
  Made made(1, {Dimension::country, Dimension::city}, schema::Bucket::none);
  made.add(0, {"IN", "Pune"}, counts_of({1, 1, 0, 0, 0}));
  made.add(0, {"IN", "Delhi"}, counts_of({0, 0, 0, 2, 0}));
  made.add(0, {"", "Zug"}, counts_of({2, 0, 0, 0, 0}));
  made.add(0, {"DE", "\xC3\x84"}, counts_of({0, 0, 0, 0, 9}));
  made.add(0, {"IN", ""}, counts_of({0, 2, 0, 0, 0}));
  made.add(0, {"\xC3\x84", "a"}, counts_of({2, 0, 0, 0, 0}));
  CHECK(keys(made.report()) == Keys{"DE|\xC3\x84", "|Zug", "IN|", "IN|Delhi", "IN|Pune", "\xC3\x84|a"});
}

TEST_CASE("Groups come by the count that is asked for, then by total, then by key", "[report]") {
  Made made(1, {Dimension::country}, schema::Bucket::none);
  made.add(0, {"A"}, counts_of({0, 0, 0, 0, 9}));
  made.add(0, {"B"}, counts_of({2, 0, 0, 0, 1}, {0, 0, 1}));
  made.add(0, {"C"}, counts_of({2, 0, 0, 0, 3}));
  made.add(0, {"D"}, counts_of({1, 0, 0, 0, 0}, {0, 0, 1}));
  made.add(0, {"E"}, counts_of({2, 1, 0, 0, 0}));
  made.query.limit = 4;
  const auto [sort, expected] = GENERATE(table<std::string_view, Keys>({
      {"total", {"A", "C", "B", "E", "*"}},
      {"primary", {"C", "B", "E", "D", "*"}},
      {"bot", {"A", "C", "B", "E", "*"}},
      {"hot_count", {"B", "D", "A", "C", "*"}},
  }));
  CAPTURE(sort);
  made.query.sort = static_cast<std::size_t>(
      std::find(schema::kCountNames.begin(), schema::kCountNames.end(), sort) - schema::kCountNames.begin());
  CHECK(keys(made.report()) == expected);
}

TEST_CASE("What is beyond the limit is one group, and is there only then", "[report]") {
  Made made(1, {Dimension::country}, schema::Bucket::none);
  made.add(0, {"A"}, counts_of({1, 0, 0, 0, 0}, {1, 0, 0}));
  made.add(0, {"B"}, counts_of({0, 2, 0, 0, 0}));
  made.add(0, {"C"}, counts_of({0, 0, 3, 0, 0}, {0, 0, 2}));
  made.add(0, {"D"}, counts_of({0, 0, 0, 0, 4}));
  const auto [limit, expected] = GENERATE(table<std::uint32_t, Keys>({
      {1000, {"D", "C", "B", "A"}},
      {5, {"D", "C", "B", "A"}},
      {4, {"D", "C", "B", "A"}},
      {3, {"D", "C", "B", "*"}},
      {1, {"D", "*"}},
      {0, {"*"}},
  }));
  made.query.limit = limit;
  const reports::Report report = made.report();
  CHECK(keys(report) == expected);
  reports::Counts sum;
  for (const auto& shown : report.groups()) sum += shown.counts;
  CHECK(same(sum, made.tallies.front().totals()));
}

TEST_CASE("No rows are no groups, and a group of nothing is still one", "[report]") {
  Made made(1, {Dimension::country}, schema::Bucket::none);
  CHECK(made.report().groups().empty());
  made.query.limit = 0;
  CHECK(made.report().groups().empty());
  made.query.limit = 1;
  made.add(0, {"IN"}, counts_of({}));
  CHECK(keys(made.report()) == Keys{"IN"});
}

TEST_CASE("Without a dimension there are no groups", "[report]") {
  Made made(2);
  made.add(1, {}, counts_of({1, 0, 0, 0, 0}));
  const reports::Report report = made.report();
  CHECK(report.has_buckets());
  CHECK_FALSE(report.has_groups());
  CHECK(report.groups().empty());
}

TEST_CASE("A group's buckets are its entries added up, the rest's those of all others", "[report]") {
  Made made(3, {Dimension::country});
  made.query.limit = 1;
  made.add(2, {"IN"}, counts_of({5, 0, 0, 0, 0}));
  made.add(0, {"IN"}, counts_of({1, 0, 0, 0, 0}, {0, 1, 0}));
  made.add(2, {"IN"}, counts_of({0, 4, 0, 0, 0}));
  made.add(1, {"DE"}, counts_of({0, 0, 1, 0, 0}));
  made.add(1, {"US"}, counts_of({0, 0, 1, 0, 1}, {1, 0, 0}));
  made.add(2, {"DE"}, counts_of({0, 0, 0, 3, 0}));
  reports::Report report = made.report();
  REQUIRE(keys(report) == Keys{"IN", "*"});

  const std::vector<reports::Counts> first = report.buckets_of(0);
  REQUIRE(first.size() == 3);
  CHECK(same(first[0], counts_of({1, 0, 0, 0, 0}, {0, 1, 0})));
  CHECK(same(first[1], {}));
  CHECK(same(first[2], counts_of({5, 4, 0, 0, 0})));
  const std::vector<reports::Counts> rest = report.buckets_of(1);
  REQUIRE(rest.size() == 3);
  CHECK(same(rest[0], {}));
  CHECK(same(rest[1], counts_of({0, 0, 2, 0, 1}, {1, 0, 0})));
  CHECK(same(rest[2], counts_of({0, 0, 0, 3, 0})));
}

TEST_CASE("Ranking is a sort, whatever the limit; all sums reconcile", "[report][property]") {
  tests::Random random(41);
  for (int round = 0; round < 60; ++round) {
    Made made(4, {Dimension::source, Dimension::cta});
    tests::fill_with_hostile_rows(made, random.next(), random.below(300));
    made.query.limit = 1000;
    const reports::Report whole = made.report();
    const Keys all = keys(whole);
    REQUIRE(all.size() == made.tallies.front().group_count());
    const bool sorted = std::is_sorted(whole.groups().begin(), whole.groups().end(), [&](auto& a, auto& b) {
      const auto key = [&](auto& shown) {
        const reports::Tally& tally = made.tallies.front();
        return std::pair(tally.text(*shown.group, 0), tally.text(*shown.group, 1));
      };
      if (a.counts.total() != b.counts.total()) return a.counts.total() > b.counts.total();
      return key(a) < key(b);
    });
    CHECK(sorted);

    made.query.limit = static_cast<std::uint32_t>(random.below(all.size() + 2));
    reports::Report some = made.report();
    const Keys shown = keys(some);
    const std::size_t kept = std::min<std::size_t>(made.query.limit, all.size());
    CHECK(std::equal(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(kept), shown.begin()));
    CHECK(shown.size() == kept + (kept < all.size() ? 1 : 0));

    std::vector<reports::Counts> sums(4);
    for (std::size_t at = 0; at < some.groups().size(); ++at) {
      reports::Counts of_group;
      const auto& buckets = some.buckets_of(at);
      for (std::size_t bucket = 0; bucket < buckets.size(); ++bucket) {
        sums[bucket] += buckets[bucket];
        of_group += buckets[bucket];
      }
      CHECK(same(of_group, some.groups()[at].counts));
    }
    for (std::size_t bucket = 0; bucket < sums.size(); ++bucket) {
      CHECK(same(sums[bucket], made.tallies.front().bucket_counts()[bucket]));
    }
  }
}

TEST_CASE("A bucket is partial where the range or the present cuts it", "[report]") {
  Made made(3);
  reports::Period& period = made.plan.period;
  const auto partial = [&] {
    const reports::Report report = made.report();
    return std::vector<bool>{report.is_partial(period, 0), report.is_partial(period, 1),
                             report.is_partial(period, 2)};
  };
  CHECK(partial() == std::vector<bool>{false, false, false});
  made.now_s = period.range.to_s;
  CHECK(partial() == std::vector<bool>{false, false, false});
  made.now_s = period.range.to_s - 1;
  CHECK(partial() == std::vector<bool>{false, false, true});
  made.now_s = period.range.to_s + 1;
  period.range.from_s += 1;
  CHECK(partial() == std::vector<bool>{true, false, false});
  period.range.to_s -= 1;
  CHECK(partial() == std::vector<bool>{true, false, true});
}

TEST_CASE("Data is complete through the range's end or just before the present", "[report]") {
  Made made(2);
  const std::int64_t end = kMidnight + 2 * kDay;
  const auto [now, through] = GENERATE_COPY(table<std::int64_t, std::int64_t>({
      {end + 30 * kDay, end},
      {end + 60, end},
      {end + 59, end - 1},
      {end, end - 60},
      {kMidnight + 3600, kMidnight + 3540},
      {kMidnight + 60, kMidnight},
      {kMidnight + 10, kMidnight},
  }));
  CAPTURE(now - end);
  made.now_s = now;
  CHECK(made.report().data_through_s() == through);
}

TEST_CASE("A report says what its reader must know", "[report]") {
  Made made(2);
  CHECK(made.report().warnings().empty());

  made.plan.running = true;
  CHECK(made.report().warnings().empty());  // it is compared with nothing
  made.compare_with_days_before(2);
  CHECK(made.report().warnings() == std::vector{ReportWarning::running_period});
  made.plan.running = false;
  CHECK(made.report().warnings().empty());

  made.cache = reports::CacheState::hit;
  CHECK(made.report().warnings().empty());
  made.cache = reports::CacheState::stale;
  made.no_data_yet = true;
  made.plan.before_retention = true;
  made.plan.running = true;
  reports::Row strange = Made::row({}, counts_of({1, 0, 0, 0, 0}));
  strange.submissions = 3;
  made.tallies.back().add(0, strange);
  CHECK(made.report().warnings() == std::vector{ReportWarning::range_before_retention, ReportWarning::stale,
                                                ReportWarning::no_data_yet, ReportWarning::running_period,
                                                ReportWarning::other_event_types});
}

TEST_CASE("Points of a type unknown here are told of", "[report]") {
  Made made(1);
  reports::Row strange = Made::row({}, counts_of({}));
  strange.submissions = 1;
  made.tallies.front().add(0, strange);
  CHECK(made.report().warnings() == std::vector{ReportWarning::other_event_types});
}
