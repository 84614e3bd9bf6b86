// What insights can be asked.
#include <catch2/catch.hpp>
#include <string>

#include "core/reports/query.hpp"
#include "core/support/query_string.hpp"

using namespace leadledger;
using namespace leadledger::reports;

namespace {

Result<Query> asked(std::string_view text) {
  return read_query(Kind::insights, read_query_string(text).value(), "text/csv");
}

std::string faults(std::string_view text) {
  const auto query = asked(text);
  if (query) return "";
  std::string out;
  for (const FieldError& field : query.error().fields) out += field.name + " " + field.code + ";";
  return out;
}

}  // namespace

TEST_CASE("Insights that are asked for nothing look for all kinds in seven days", "[report_query]") {
  const auto query = asked("");
  REQUIRE(query.has_value());
  CHECK(query->days == 7);
  CHECK(query->hours == 0);
  CHECK(query->limit == 20);
  CHECK(query->bucket == Bucket::none);
  CHECK(query->compare == CompareWith::none);
  CHECK(query->format == ReportFormat::json);  // whatever Accept says
  CHECK(query->kinds.size() == schema::kInsights.size());
}

TEST_CASE("Insights take days that end with a midnight, or hours", "[report_query]") {
  CHECK(asked("days=14&to=2026-11-16")->to->date->day == 16);
  CHECK(asked("hours=72")->hours == 72);
  CHECK(asked("hours=72")->days == 0);
  CHECK(faults("days=15") == "days not_allowed;");
  CHECK(faults("hours=5") == "hours not_allowed;");
  CHECK(faults("hours=6&days=1") == "hours not_allowed;");
  CHECK(faults("hours=6&to=2026-11-16") == "to not_allowed;");
  CHECK(faults("to=2026-11-16T00:00:00Z") == "to not_allowed;");
  CHECK(faults("to=2026-02-30") == "to not_allowed;");
  CHECK(faults("from=2026-11-16") == "from unknown;");
  CHECK(faults("hours=") == "hours empty;");
  CHECK(faults("kind=rise&kind=fall") == "kind repeated;");
  CHECK(faults("kind=rise,") == "kind not_allowed;");
  CHECK(faults("limit=0&format=json") == "format unknown;limit not_allowed;");
}

TEST_CASE("The text of a query for insights tells apart what is read, and nothing else", "[report_query]") {
  CHECK(normalised(*asked("kind=rise&limit=3&days=7")) == normalised(*asked("")));
  CHECK(normalised(*asked("days=1")) != normalised(*asked("hours=24")));
  CHECK(normalised(*asked("hours=24")) == "hours=24&bucket=none&group_by=none&compare=none");
  CHECK(normalised(*asked("to=2026-11-16")) == "days=7&to=2026-11-16&bucket=none&group_by=none&compare=none");
  CHECK(normalised(*asked("country=IN")) != normalised(*asked("")));
}
