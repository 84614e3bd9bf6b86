#include "core/insights/intervals.hpp"

#include <catch2/catch.hpp>

using leadledger::insights::Intervals;

TEST_CASE("A value has the largest interval of its rows, and no room is taken by what was not sampled",
          "[insights]") {
  Intervals intervals;
  for (int row = 0; row < 1000; ++row) intervals.add("search", 1);
  CHECK(intervals.memory_bytes() == 0);
  intervals.add("ads", 2), intervals.add("ads", 50), intervals.add("ads", 7);
  intervals.add("", 3);
  CHECK(intervals.of("search") == 1);
  CHECK(intervals.of("ads") == 50);
  CHECK(intervals.of("") == 3);
  CHECK(intervals.of("never seen") == 1);
  const std::size_t taken = intervals.memory_bytes();
  CHECK(taken > 3);
  intervals.add("ads", 60);
  CHECK(intervals.memory_bytes() == taken);
}

TEST_CASE("Intervals come back from the cache's bytes, and from no others", "[insights]") {
  Intervals intervals;
  intervals.add("ads 7 7 ", 50), intervals.add(std::string_view("\0 1 ", 4), 9'007'199'254'740'991);
  intervals.add("", 2);
  std::string bytes;
  intervals.save(bytes);
  const std::string whole = bytes;

  Intervals restored;
  restored.add("before", 5);
  std::string_view left = bytes += "what follows";
  REQUIRE(restored.restore(left));
  CHECK(left == "what follows");
  CHECK(restored.of("before") == 1);
  CHECK(restored.of("ads 7 7 ") == 50);
  CHECK(restored.of(std::string_view("\0 1 ", 4)) == 9'007'199'254'740'991);
  CHECK(restored.of("") == 2);
  CHECK(restored.memory_bytes() == intervals.memory_bytes());

  for (std::size_t size = 0; size < whole.size(); ++size) {
    std::string_view cut = std::string_view(whole).substr(0, size);
    CAPTURE(size);
    CHECK_FALSE(restored.restore(cut));
    CHECK(cut.size() == size);
    CHECK(restored.memory_bytes() == 0);
  }
  for (const std::string_view wrong :
       {"1 1 1 a", "1 0 1 a", "2 2 1 a2 1 a", "1 2 2 a", "-1 ", "99999999999999999999 ",
        "1 9007199254740992 1 a", "18446744073709551615 2 1 a", "0\x01", "x"}) {
    std::string_view bad = wrong;
    CAPTURE(bad);
    CHECK_FALSE(restored.restore(bad));
  }
}
