#include "core/insights/statistics.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "tests/core/hostile_text.hpp"

using namespace leadledger;
using insights::compare_counts;
using insights::compare_shares;
using insights::strength_of_none;
using insights::usual;

namespace {

/// About normal, of variance 1: the sum of twelve numbers from 0 to 1, less 6.
double normal(tests::Random& random) {
  double sum = -6;
  for (int i = 0; i < 12; ++i) sum += static_cast<double>(random.below(1'000'000)) / 1e6;
  return sum;
}

}  // namespace

TEST_CASE("The middle is the median, of an even number of values between two", "[insights]") {
  CHECK(usual({7}).middle == 7);
  CHECK(usual({9, 1, 5}).middle == 5);
  CHECK(usual({4, 1, 2, 30}).middle == 3);
  CHECK(usual({1, 2, 2, 3}).middle == 2);
  CHECK(usual({}).middle == 0);
  CHECK(usual({}).scale == 0);
}

TEST_CASE("One wild value moves neither the median nor the scale much", "[insights]") {
  const auto calm = usual({10, 11, 12, 13, 14, 15, 16, 17});
  const auto wild = usual({10, 11, 12, 13, 14, 15, 16, 17'000});
  CHECK(calm.middle == 13.5);
  CHECK(wild.middle == 13.5);
  CHECK(calm.scale == Approx(1.4826 * 1.129 * 2));
  CHECK(wild.scale == calm.scale);
}

TEST_CASE("Where most values are equal, the mean distance says that some are not", "[insights]") {
  CHECK(usual({5, 5, 5, 5}).scale == 0);
  CHECK(usual({0, 0, 0, 60, 0, 0, 0, 60}).scale == Approx(1.2533 * 15));
}

TEST_CASE("The scale of few normal values is that of many", "[insights][property]") {
  tests::Random random(7);
  for (const std::size_t count : {4U, 5U, 6U, 7U, 8U}) {
    double sum = 0;
    for (int round = 0; round < 20'000; ++round) {
      std::vector<double> values;
      for (std::size_t i = 0; i < count; ++i) values.push_back(normal(random));
      sum += usual(values).scale;
    }
    CAPTURE(count);
    CHECK(sum / 20'000 == Approx(1).margin(0.03));
  }
}

TEST_CASE("The spread of counts is at least that of chance", "[insights]") {
  const double more = std::sqrt(1 + 3.14159265358979323846 / 16);
  const std::vector<double> alike(8, 100);
  CHECK(compare_counts(150, alike, 1).expected == 100);
  CHECK(compare_counts(150, alike, 1).spread == Approx(more * 10));
  CHECK(compare_counts(150, alike, 1).strength == Approx(5 / more));
  CHECK(compare_counts(50, alike, 1).strength == Approx(5 / more));
  // Each point that stands for 25 is five times as uncertain.
  CHECK(compare_counts(150, alike, 25).strength == Approx(1 / more));
  // Where nothing was expected, one point is the least spread.
  CHECK(compare_counts(20, std::vector<double>(8, 0), 1).strength == Approx(20 / more));
  CHECK(compare_counts(20, std::vector<double>(8, 0), 20).strength == Approx(1 / more));
}

TEST_CASE("Fewer earlier windows make a median less certain", "[insights]") {
  CHECK(compare_counts(150, {100, 100, 100, 100}, 1).strength <
        compare_counts(150, {100, 100, 100, 100, 100, 100, 100, 100}, 1).strength);
}

TEST_CASE("A share that was always 0 or 1 is still not certain", "[insights]") {
  const std::vector<double> never(8, 0);
  const std::vector<double> always(8, 1);
  CHECK(compare_shares(0.02, 50, never, 1).strength < 1);
  CHECK(compare_shares(0.5, 50, never, 1).strength > 10);
  CHECK(compare_shares(0.98, 50, always, 1).strength == Approx(compare_shares(0.02, 50, never, 1).strength));
  CHECK(compare_shares(0.5, 5000, never, 100).strength == Approx(compare_shares(0.5, 50, never, 1).strength));
  CHECK(std::isfinite(compare_shares(1, 0, never, 1).strength));
}

TEST_CASE("That none came is as remarkable as many were expected", "[insights]") {
  CHECK(strength_of_none(8, 0, 1) == Approx(4));
  CHECK(strength_of_none(8, 2, 1) == Approx(4));  // by chance they spread by 2.83
  CHECK(strength_of_none(8, 8, 1) == Approx(std::sqrt(2)));
  CHECK(strength_of_none(80, 0, 10) == Approx(4));
  CHECK(strength_of_none(0, 0, 1) == 0);
}
