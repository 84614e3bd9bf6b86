// Counts that are taken away again.
#include <catch2/catch.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/reports/tally.hpp"
#include "tests/core/reports/made_report.hpp"

using namespace leadledger;
using namespace leadledger::tests;
using reports::Counts;
using reports::Row;
using reports::Tally;

namespace {

constexpr std::size_t kBot = 4;

/// One submission that was judged a bot's.
Row bot(std::string_view text = {}, std::array<std::uint64_t, 3> flags = {}) {
  return Made::row({text}, counts_of({0, 0, 0, 0, 1}, flags));
}

std::string saved(const Tally& tally) {
  std::string out;
  tally.save(out);
  return out;
}

std::uint64_t bots_in(const Tally& tally, std::string_view text, std::uint32_t bucket) {
  std::uint64_t sum = 0;
  for (std::size_t at = 0; at < tally.group_count(); ++at) {
    if (tally.text(tally.group(at), 0) != text) continue;
    for (std::uint32_t entry = tally.group(at).first; entry != reports::kNone;
         entry = tally.entry(entry).next) {
      if (tally.entry(entry).bucket == bucket) sum += tally.entry(entry).counts.types[kBot];
    }
  }
  return sum;
}

}  // namespace

TEST_CASE("What was added can be taken away once, from wherever it is counted", "[reports][tally]") {
  const std::size_t buckets = GENERATE(as<std::size_t>{}, 0, 3);
  const std::size_t dimensions = GENERATE(as<std::size_t>{}, 0, 1);
  Tally tally(buckets, dimensions, 7);
  const std::size_t bucket = buckets == 0 ? 0 : 2;
  tally.add(bucket, bot("IN", {1, 0, 0}));
  tally.add(bucket, Made::row({"IN"}, counts_of({5, 0, 0, 0, 0})));
  CHECK(tally.take(bucket, bot("IN", {1, 0, 0})));
  CHECK(tally.totals().in_order() == counts_of({5, 0, 0, 0, 0}).in_order());
  if (buckets != 0) CHECK(tally.bucket_counts()[2].total() == 5);
  if (dimensions != 0) CHECK(tally.group(0).counts.total() == 5);
  CHECK_FALSE(tally.take(bucket, bot("IN", {1, 0, 0})));
  CHECK(tally.totals().total() == 5);
  CHECK(tally.sampling().rows_read == 6);
}

TEST_CASE("What is not there, or cannot be, is not taken", "[reports][tally]") {
  Tally tally(3, 1, 7);
  tally.add(1, bot("IN", {1, 0, 0}));
  tally.add(1, bot("DE"));
  tally.add(2, bot("DE", {0, 1, 0}));
  const std::string before = saved(tally);
  CHECK_FALSE(tally.take(0, bot("IN", {1, 0, 0})));  // nothing in that bucket
  CHECK_FALSE(tally.take(2, bot("IN", {1, 0, 0})));  // another group's
  CHECK_FALSE(tally.take(3, bot("IN", {1, 0, 0})));  // no such bucket
  CHECK_FALSE(tally.take(1, bot("US")));             // no such group
  CHECK_FALSE(tally.take(1, bot("IN")));             // the only one there has a flag
  CHECK_FALSE(tally.take(1, bot("DE", {0, 0, 1})));  // the only one there has none
  CHECK_FALSE(tally.take(1, Made::row({"IN"}, counts_of({1, 0, 0, 0, 0}, {1, 0, 0}))));
  CHECK(saved(tally) == before);
  CHECK_FALSE(Tally(0, 1, 7).take(0, bot("IN")));
  CHECK_FALSE(Tally(0, 0, 7).take(0, bot()));
}

TEST_CASE("A bucket that a group has in parts is one when something is taken", "[reports][tally]") {
  Tally tally(2, 1, 7);
  // Cells of two buckets in turn leave four entries.
  for (const std::size_t bucket : {0U, 1U, 0U, 1U}) tally.add(bucket, bot("IN"));
  REQUIRE(tally.group(0).entries == 4);
  CHECK(tally.take(0, bot("IN")));
  CHECK(bots_in(tally, "IN", 0) == 1);
  CHECK(tally.take(0, bot("IN")));
  CHECK_FALSE(tally.take(0, bot("IN")));
  CHECK(bots_in(tally, "IN", 0) == 0);
  CHECK(bots_in(tally, "IN", 1) == 2);
  CHECK(tally.totals().total() == 2);
}

TEST_CASE("A group from which all was taken is none, until something comes again", "[reports][tally]") {
  const schema::Bucket size = GENERATE(schema::Bucket::day, schema::Bucket::none);
  Made made(2, {schema::Dimension::country}, size);
  made.query.limit = GENERATE(as<std::uint32_t>{}, 1, 2, 50);
  made.add(0, {"IN"}, counts_of({3, 0, 0, 0, 0}));
  made.add(0, {"DE"}, counts_of({0, 0, 0, 0, 1}));
  REQUIRE(made.tallies.front().take(0, bot("DE")));
  CHECK(made.report().groups().size() == 1);
  CHECK(made.text().find("\"DE\"") == std::string::npos);
  CHECK(made.text().find("\"other\":true") == std::string::npos);
  made.add(1, {"DE"}, counts_of({0, 0, 1, 0, 0}));
  CHECK(made.report().groups().size() == 2);
  CHECK(made.report().groups()[1].counts.total() == 1);
}
