#include "core/reports/accept.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "tests/core/hostile_text.hpp"

using namespace leadledger;
using namespace leadledger::reports;

TEST_CASE("Accept decides the format", "[accept]") {
  const auto [accept, format] = GENERATE(table<std::string, std::string>({
      {"", "json"},
      {"application/json", "json"},
      {"text/csv", "csv"},
      {"application/x-ndjson", "ndjson"},
      {"application/ndjson", "ndjson"},
      {"TEXT/CSV", "csv"},
      {"text/csv; charset=utf-8; header=present", "csv"},
      {"*/*", "json"},
      {"application/*", "json"},
      {"text/*", "csv"},
      {"TEXT/*", "csv"},
      // What clients send.
      {"application/json, text/plain, */*", "json"},
      {"text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", "json"},
      {"text/csv, */*", "csv"},
      {"text/csv, */*;q=0.1", "csv"},
      {"*/*, application/x-ndjson", "ndjson"},
      {"text/html", "json"},
      {"application/problem+json", "json"},
      // Quality.
      {"application/json;q=0.5, text/csv", "csv"},
      {"application/json;q=0.5,text/csv;q=0.4", "json"},
      {"text/csv;q=0.501, application/x-ndjson;q=0.502, application/json;q=0.5", "ndjson"},
      {"text/csv;q=0.4, application/json;q=0.4", "json"},
      {"text/csv ; Q = 0.9 , application/json ; q=0.8", "csv"},
      {"text/csv;q=1.000, application/json;q=0.999", "csv"},
      {"text/csv;q=1., application/json;q=0.9", "csv"},
      {"text/csv;charset=x;q=0.1;q=0.9, application/json;q=0.5", "csv"},
      // The exact name beats the range, whichever stands first.
      {"*/*;q=0.9, application/json;q=0.1", "csv"},
      {"application/json;q=0.1, */*;q=0.9", "csv"},
      {"application/*;q=0.2, */*;q=0.1", "json"},
      {"application/*;q=0.1, */*;q=0.2", "csv"},
      {"application/json;q=0, */*", "csv"},
      {"application/json;q=0, application/*", "ndjson"},
      {"application/json;q=0, text/csv;q=0.0, */*", "ndjson"},
      {"text/csv;q=0", "json"},
      {"text/csv;q=0, application/json;q=0", "json"},
      {"*/*;q=0", "json"},
      {"text/csv, text/csv;q=0.1, application/json;q=0.5", "csv"},
      // What is malformed is passed over.
      {"text/csv;q=2", "json"},
      {"text/csv;q=1.001", "json"},
      {"text/csv;q=-1", "json"},
      {"text/csv;q=", "json"},
      {"text/csv;q=0.x", "json"},
      {"text/csv;q=high", "json"},
      {"text /csv", "json"},
      {"csv", "json"},
      {"text", "json"},
      {"text/", "json"},
      {"/csv", "json"},
      {"*", "json"},
      {"*/csv", "json"},
      {"text/csvx", "json"},
      {"text*", "json"},
      {",;,=,;q,text/csv", "csv"},
      {"text/html;x=\"a,text/csv;q=1\"", "json"},
      {"text/html;x=\"\\\",text/csv,\"", "json"},
      {"text/html;x=\"a\",text/csv", "csv"},
      {"text/html;x=\"never closed,text/csv", "json"},
      {"text/html;x=\"\\", "json"},
  }));
  CAPTURE(accept);
  CHECK(info(accepted_format(accept)).name == format);
}

TEST_CASE("Any Accept header gives a format that it does not refuse", "[accept]") {
  tests::Random random(7);
  for (int round = 0; round < 3000; ++round) {
    const std::string some =
        tests::mutated(random, "text/csv;q=0.5,application/json;q=0.4,application/x-ndjson;q=0.3,*/*;q=0.2");
    CHECK(static_cast<std::size_t>(accepted_format(some)) < schema::kReportFormats.size());
  }
  for (const std::string one : {"application/json", "text/csv", "application/x-ndjson"}) {
    for (const std::string other : {"*/*", "text/*,application/*", "application/*;q=0.1,*/*;q=0.5"}) {
      CHECK(info(accepted_format(one + ";q=0," + other)).media_type != one);
      CHECK(info(accepted_format(one + "," + other)).media_type == one);
    }
  }
}
