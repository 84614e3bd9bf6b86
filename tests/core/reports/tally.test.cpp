#include "core/reports/tally.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tests/core/hostile_text.hpp"

using namespace leadledger;
using namespace leadledger::tests;
using reports::Counts;
using reports::Row;
using reports::Tally;

namespace {

constexpr std::uint64_t kSeed = 0x5eed;

/// Everything of a tally in a form that says nothing of its order inside.
struct Known {
  std::map<std::vector<std::string>, std::map<std::uint32_t, Counts>> entries;
  std::map<std::vector<std::string>, Counts> groups;
};

bool same(const Counts& a, const Counts& b) { return a.types == b.types && a.flags == b.flags; }

Known known(const Tally& tally) {
  Known out;
  for (std::size_t at = 0; at < tally.group_count(); ++at) {
    const reports::Group& group = tally.group(at);
    std::vector<std::string> key;
    for (std::size_t n = 0; n < tally.dimensions(); ++n) key.emplace_back(tally.text(group, n));
    REQUIRE(out.groups.emplace(key, group.counts).second);
    for (std::uint32_t entry = group.first; entry != reports::kNone; entry = tally.entry(entry).next) {
      out.entries[key][tally.entry(entry).bucket] += tally.entry(entry).counts;
    }
  }
  return out;
}

bool same(const Known& a, const Known& b) {
  const auto equal = [](const auto& x, const auto& y) {
    return x.first == y.first && same(x.second, y.second);
  };
  const auto all_equal = [&](const auto& x, const auto& y) {
    return std::equal(x.begin(), x.end(), y.begin(), y.end(), equal);
  };
  return all_equal(a.groups, b.groups) && std::equal(a.entries.begin(), a.entries.end(), b.entries.begin(),
                                                     b.entries.end(), [&](const auto& x, const auto& y) {
                                                       return x.first == y.first &&
                                                              all_equal(x.second, y.second);
                                                     });
}

Counts random_counts(Random& random) {
  Counts counts;
  for (std::uint64_t& count : counts.types)
    count = random.below(3) == 0 ? random.next() >> (30 + random.below(34)) : 0;
  for (std::uint64_t& count : counts.flags) count = random.below(9);
  return counts;
}

Row row_of(std::string_view first, std::string_view second, std::uint64_t primary) {
  Row row;
  row.texts = {first, second};
  row.counts.types[0] = primary;
  row.submissions = primary;
  row.squares = primary;
  row.rows = primary;
  row.largest_interval = 1;
  return row;
}

std::string saved(const Tally& tally) {
  std::string out;
  tally.save(out);
  return out;
}

}  // namespace

TEST_CASE("A tally is what a map would have added up, and survives being saved", "[reports]") {
  const std::size_t bucket_count = GENERATE(as<std::size_t>{}, 0, 1, 30);
  const std::size_t dimensions = GENERATE(as<std::size_t>{}, 0, 1, 2, 4);
  Random random(bucket_count * 8 + dimensions);
  Tally tally(bucket_count, dimensions, kSeed);
  Known expected;
  Counts totals;
  std::vector<Counts> buckets(bucket_count);
  std::vector<std::string> texts;
  for (int n = 0; n < 40; ++n) texts.push_back(hostile_text(random, 12));
  texts.emplace_back("");
  texts.emplace_back(70, 'x');
  for (int n = 0; n < 5000; ++n) {
    Row row;
    std::vector<std::string> key;
    for (std::size_t at = 0; at < dimensions; ++at) key.push_back(random.pick(texts));
    for (std::size_t at = 0; at < dimensions; ++at) row.texts[at] = key[at];
    row.counts = random_counts(random);
    const std::size_t bucket = bucket_count == 0 ? 0 : random.below(bucket_count);
    tally.add(bucket, row);
    totals += row.counts;
    if (bucket_count != 0) buckets[bucket] += row.counts;
    if (dimensions == 0) continue;
    expected.groups[key] += row.counts;
    if (bucket_count != 0) expected.entries[key][static_cast<std::uint32_t>(bucket)] += row.counts;
  }
  CHECK(same(tally.totals(), totals));
  REQUIRE(tally.bucket_counts().size() == bucket_count);
  for (std::size_t at = 0; at < bucket_count; ++at) CHECK(same(tally.bucket_counts()[at], buckets[at]));
  CHECK(same(known(tally), expected));

  const std::string bytes = saved(tally) + "tail";
  std::string_view left = bytes;
  auto restored = Tally::restore(left, bucket_count, dimensions, kSeed + 1);
  REQUIRE(restored);
  CHECK(left == "tail");
  CHECK(same(restored->totals(), totals));
  for (std::size_t at = 0; at < bucket_count; ++at) CHECK(same(restored->bucket_counts()[at], buckets[at]));
  CHECK(same(known(*restored), expected));
  CHECK(saved(*restored) == saved(tally));
  // It can go on.
  Row row;
  for (std::size_t at = 0; at < dimensions; ++at) row.texts[at] = texts[0];
  row.counts.types[0] = 1;
  restored->add(0, row);
  tally.add(0, row);
  CHECK(same(known(*restored), known(tally)));
}

TEST_CASE("Texts are told apart by where one ends", "[reports]") {
  Tally tally(1, 2, kSeed);
  tally.add(0, row_of("ab", "c", 1));
  tally.add(0, row_of("a", "bc", 2));
  tally.add(0, row_of("", "abc", 3));
  tally.add(0, row_of("ab", "c", 4));
  REQUIRE(tally.group_count() == 3);
  CHECK(tally.group(0).counts.total() == 5);
  CHECK(tally.text(tally.group(0), 0) == "ab");
  CHECK(tally.text(tally.group(0), 1) == "c");
  CHECK(tally.text(tally.group(2), 0).empty());
}

TEST_CASE("Texts of any size keep their place, and one that is too long is cut between characters",
          "[reports]") {
  Tally tally(0, 1, kSeed);
  const auto text_of = [](std::size_t n) {
    // 4096 bytes fill the blocks without a gap.
    return std::string(n % 3 == 0 ? 4091 : 4096 - 5, 'x') + std::to_string(10'000 + n);
  };
  for (std::size_t n = 0; n < 300; ++n) {
    tally.add(0, row_of(text_of(n), "", 1));
    if (n % 10 == 0) tally.add(0, row_of("", "", 1));
  }
  REQUIRE(tally.group_count() == 301);
  CHECK(tally.text(tally.group(1), 0).empty());
  for (std::size_t n = 1; n < 300; ++n) CHECK(tally.text(tally.group(n + 1), 0) == text_of(n));

  Tally cut(0, 4, kSeed);
  Row row;
  const std::string most(65'535, 'y');
  std::string long_text;
  while (long_text.size() <= 65'535) long_text += "\u00fc";
  row.texts = {long_text, most, most, most};
  cut.add(0, row);
  cut.add(0, row);
  REQUIRE(cut.group_count() == 1);
  CHECK(cut.text(cut.group(0), 0) == long_text.substr(0, 65'534));
  CHECK(cut.text(cut.group(0), 3) == most);

  // Empty texts behind a block that could be full to its last byte.
  for (std::size_t first = 4090; first <= 4096; ++first) {
    Tally full(0, 1, kSeed);
    full.add(0, row_of(std::string(first, 'a'), "", 1));
    for (std::size_t block = 8192; block <= 262'144; block *= 2) {
      for (std::size_t left = block; left > 0; left -= 4096) {
        full.add(0, row_of(std::string(4096 - 6, 'b') + std::to_string(100'000 + left + block), "", 1));
      }
    }
    full.add(0, row_of("", "", 7));
    CHECK(full.group(full.group_count() - 1).counts.total() == 7);
    CHECK(full.text(full.group(full.group_count() - 1), 0).empty());
  }
}

TEST_CASE("Many groups are found again", "[reports]") {
  Tally tally(2, 1, kSeed);
  for (int round = 0; round < 2; ++round) {
    for (int n = 0; n < 50'000; ++n)
      tally.add(static_cast<std::size_t>(round), row_of("g" + std::to_string(n), "", 1));
  }
  REQUIRE(tally.group_count() == 50'000);
  for (std::size_t at = 0; at < tally.group_count(); at += 997) {
    CHECK(tally.text(tally.group(at), 0) == "g" + std::to_string(at));
    CHECK(tally.group(at).counts.total() == 2);
  }
}

TEST_CASE("Sampling is added up over rows", "[reports]") {
  Tally tally(1, 0, kSeed);
  Row exact = row_of("", "", 100);
  exact.newest_s = 50;
  tally.add(0, exact);
  CHECK_FALSE(tally.sampling().sampled());
  for (const std::uint64_t margin : tally.sampling().margins()) CHECK(margin == 0);

  // 40 points of interval 10, and 100 of interval 1; a quarter of them follow_up, one type is unknown here.
  Row sampled;
  sampled.submissions = 500;
  sampled.squares = 40 * 100 + 100;
  sampled.rows = 140;
  sampled.largest_interval = 10;
  sampled.newest_s = 40;
  sampled.counts.types[1] = 125;
  sampled.counts.flags[2] = 500;
  tally.add(0, sampled);
  const reports::Sampling& sampling = tally.sampling();
  CHECK(sampling.sampled());
  CHECK(sampling.rows_read == 240);
  CHECK(sampling.largest_interval == 10);
  CHECK(sampling.other_event_types == 375);
  CHECK(sampling.newest_s == 50);
  // All of it: the sum of w (w - 1) is 40 * 90.
  CHECK(sampling.variances[8] == Approx(3600));
  CHECK(sampling.variances[2] == Approx(900));
  CHECK(sampling.variances[0] == Approx(900));
  CHECK(sampling.variances[1] == 0);
  CHECK(sampling.margins()[8] == 118);  // 1.96 * 60 = 117.6
  CHECK(sampling.margins()[2] == 59);   // 1.96 * 30 = 58.8
  CHECK(sampling.margins()[1] == 0);

  const std::string bytes = saved(tally);
  std::string_view left = bytes;
  const auto restored = Tally::restore(left, 1, 0, kSeed);
  REQUIRE(restored);
  CHECK(restored->sampling().variances == sampling.variances);
  CHECK(restored->sampling().rows_read == 240);
  CHECK(restored->sampling().largest_interval == 10);
  CHECK(restored->sampling().other_event_types == 375);
  CHECK(restored->sampling().newest_s == 50);
}

TEST_CASE("A row of no submissions, or of impossible squares, has no variance", "[reports]") {
  Tally tally(0, 0, kSeed);
  Row row;
  row.squares = 1000;
  tally.add(0, row);
  row = row_of("", "", 10);
  row.squares = 3;
  tally.add(0, row);
  for (const double variance : tally.sampling().variances) CHECK(variance == 0);
}

TEST_CASE("Bytes that are no tally, or another one, are refused", "[reports]") {
  Tally tally(3, 2, kSeed);
  for (std::uint64_t n = 0; n < 40; ++n) {
    tally.add(n % 3, row_of(std::string(n % 7, 'a'), n % 2 == 0 ? "x" : "yy", 200 * n));
  }
  const std::string bytes = saved(tally);
  const auto refused = [&](std::string_view text, std::size_t buckets, std::size_t dimensions) {
    const std::string_view before = text;
    const auto restored = Tally::restore(text, buckets, dimensions, kSeed);
    return !restored && restored.error().code == ErrorCode::internal && text == before;
  };
  REQUIRE_FALSE(refused(bytes, 3, 2));
  CHECK(refused(bytes, 4, 2));
  CHECK(refused(bytes, 2, 2));
  CHECK(refused(bytes, 3, 1));
  CHECK(refused(bytes, 0, 0));
  std::string version = bytes;
  version[0] = '\x02';
  CHECK(refused(version, 3, 2));
  version[0] = '\0';
  CHECK(refused(version, 3, 2));
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    if (!refused(bytes.substr(0, size), 3, 2)) FAIL("cut to " << size);
  }
}

TEST_CASE("Changed bytes give no tally whose parts disagree", "[reports]") {
  Tally tally(3, 2, kSeed);
  for (std::uint64_t n = 0; n < 40; ++n) tally.add(n % 3, row_of(std::string(n % 7, 'a'), "x", 200 * n));
  const std::string bytes = saved(tally);
  Random random(3);
  std::size_t accepted = 0;
  for (int round = 0; round < 20'000; ++round) {
    const std::string changed = mutated(random, bytes);
    std::string_view left = changed;
    const auto restored = Tally::restore(left, 3, 2, kSeed);
    if (!restored) continue;
    ++accepted;
    Counts of_buckets;
    Counts of_groups;
    for (const Counts& counts : restored->bucket_counts()) of_buckets += counts;
    for (const auto& [key, counts] : known(*restored).groups) of_groups += counts;
    if (!same(of_buckets, restored->totals()) || !same(of_groups, restored->totals()))
      FAIL("round " << round);
    for (const double variance : restored->sampling().variances) {
      if (!std::isfinite(variance) || variance < 0) FAIL("round " << round);
    }
  }
  CHECK(accepted > 100);
}
