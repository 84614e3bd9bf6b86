#include "core/support/rfc3339.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "tests/core/hostile_text.hpp"

using namespace leadledger;

TEST_CASE("Instants are written in UTC with milliseconds", "[rfc3339]") {
  const auto [unix_ms, text] = GENERATE(table<std::int64_t, std::string>({
      {0, "1970-01-01T00:00:00.000Z"},
      {-1, "1969-12-31T23:59:59.999Z"},
      {1'795'248'000'007, "2026-11-21T08:00:00.007Z"},
      {951'782'400'000, "2000-02-29T00:00:00.000Z"},
      {4'107'542'399'999, "2100-02-28T23:59:59.999Z"},
      {4'107'542'400'000, "2100-03-01T00:00:00.000Z"},
      {-62'167'219'200'000, "0000-01-01T00:00:00.000Z"},
      {253'402'300'799'999, "9999-12-31T23:59:59.999Z"},
  }));
  CHECK(format_rfc3339(unix_ms) == text);
  CHECK(parse_rfc3339(text) == unix_ms);
}

TEST_CASE("Offsets, fractions and lower case are read", "[rfc3339]") {
  const auto [text, utc] = GENERATE(table<std::string, std::string>({
      {"2026-11-21T13:30:00+05:30", "2026-11-21T08:00:00.000Z"},
      {"2026-11-21T00:30:00+01:00", "2026-11-20T23:30:00.000Z"},
      {"2026-12-31T20:00:00-04:00", "2027-01-01T00:00:00.000Z"},
      {"2026-11-21t08:00:00z", "2026-11-21T08:00:00.000Z"},
      {"2026-11-21 08:00:00Z", "2026-11-21T08:00:00.000Z"},
      {"2026-11-21T08:00:00.5Z", "2026-11-21T08:00:00.500Z"},
      {"2026-11-21T08:00:00.123999999Z", "2026-11-21T08:00:00.123Z"},
      {"2026-11-21T08:00:00.00000000000000000001Z", "2026-11-21T08:00:00.000Z"},
      {"2026-11-21T08:00:00-00:00", "2026-11-21T08:00:00.000Z"},
      {"2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000Z"},
      {"2026-11-21T08:00:00+23:59", "2026-11-20T08:01:00.000Z"},
  }));
  CAPTURE(text);
  const auto instant = parse_rfc3339(text);
  REQUIRE(instant.has_value());
  CHECK(format_rfc3339(*instant) == utc);
}

TEST_CASE("What names no instant is refused", "[rfc3339]") {
  const std::string text = GENERATE(
      as<std::string>{}, "", "2026", "2026-11-21", "2026-11-21T08:00Z", "2026-11-21T08:00:00",
      "2026-11-21T08:00:00+0530", "2026-11-21T08:00:00+05", "2026-11-21T08:00:00 +05:30",
      "2026-11-21T08:00:00ZZ", "2026-11-21T08:00:00.Z", "2026-11-21T08:00:00,5Z", "2026-11-21X08:00:00Z",
      "2026-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2026-04-31T00:00:00Z", "2026-13-01T00:00:00Z",
      "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z",
      "2026-01-01T00:00:60Z", "2026-01-01T00:00:00+24:00", "2026-01-01T00:00:00+05:60", "26-01-01T00:00:00Z",
      "+2026-01-01T00:00:00Z", "2026/01/01T00:00:00Z", "2026-1-01T00:00:00.0Z", "2026-01-01T-1:00:00Z",
      "2026-01-01T00:00:00Z ", " 2026-01-01T00:00:00Z", "2026-01-01T00:00:00GMT");
  CAPTURE(text);
  CHECK_FALSE(parse_rfc3339(text).has_value());
}

TEST_CASE("Every instant of ten millennia comes back as it was", "[rfc3339][property]") {
  tests::Random random(15);
  constexpr std::int64_t kFirst = -62'167'219'200'000;
  constexpr std::uint64_t kSpan = 315'569'520'000'000;
  for (int round = 0; round < 20'000; ++round) {
    const std::int64_t instant = kFirst + static_cast<std::int64_t>((random.next() >> 1U) % kSpan);
    const std::string text = format_rfc3339(instant);
    if (text.size() != 24 || parse_rfc3339(text) != instant) FAIL(instant << " became " << text);
  }
  SUCCEED("all came back");
}

TEST_CASE("Broken instants never break the reader", "[rfc3339][property]") {
  tests::Random random(16);
  int accepted = 0;
  for (int round = 0; round < 20'000; ++round) {
    if (parse_rfc3339(tests::mutated(random, "2026-11-21T08:30:00.125+05:30"))) ++accepted;
  }
  CHECK(accepted > 0);
  CHECK(accepted < 20'000);
}

TEST_CASE("Instants are written as the local clock reads them", "[rfc3339]") {
  const auto [utc, offset, local] = GENERATE(table<std::string, std::int64_t, std::string>({
      {"2026-11-14T18:30:00Z", 19'800, "2026-11-15T00:00:00+05:30"},
      {"2026-11-15T00:00:00Z", 0, "2026-11-15T00:00:00+00:00"},
      {"2026-11-15T00:00:01Z", -12'600, "2026-11-14T20:30:01-03:30"},
      {"2026-12-31T10:00:00Z", 50'400, "2027-01-01T00:00:00+14:00"},
      {"1969-12-31T23:59:59Z", 3600, "1970-01-01T00:59:59+01:00"},
      // Offsets with seconds: to the nearest minute, the time with them.
      {"1930-01-01T00:00:00Z", 1172, "1930-01-01T00:20:00+00:20"},
      {"1930-01-01T00:00:00Z", 1168, "1930-01-01T00:19:00+00:19"},
      {"1972-01-07T00:44:30Z", -2670, "1972-01-06T23:59:30-00:45"},
      {"1930-01-01T00:00:00Z", -29, "1930-01-01T00:00:00+00:00"},
      {"1930-01-01T00:00:00Z", -30, "1929-12-31T23:59:00-00:01"},
      {"1930-01-01T00:00:00Z", 86'399, "1930-01-01T23:59:00+23:59"},
      {"1930-01-01T00:00:00Z", -86'399, "1929-12-31T00:01:00-23:59"},
  }));
  CAPTURE(utc, offset);
  std::string out = "start: ";
  append_rfc3339_local(out, parse_rfc3339(utc).value() / 1000, offset);
  CHECK(out == "start: " + local);
}

TEST_CASE("Local times of any offset name the same instant", "[rfc3339][property]") {
  tests::Random random(36);
  for (int round = 0; round < 20'000; ++round) {
    const std::int64_t instant = static_cast<std::int64_t>(random.below(8'000'000'000)) - 2'000'000'000;
    const std::int64_t offset = static_cast<std::int64_t>(random.below(172'799)) - 86'399;
    std::string text;
    append_rfc3339_local(text, instant, offset);
    if (text.size() != 25 || parse_rfc3339(text) != instant * 1000) FAIL(instant << " became " << text);
  }
  SUCCEED("all came back");
}
