#include <catch2/catch.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/reports/export.hpp"
#include "core/support/rfc3339.hpp"
#include "tests/core/reports/export_answers.hpp"

using namespace leadledger;
using reports::Dimension;
using reports::ReportFormat;
using tests::answer_of;
using tests::Made;
using tests::not_as_expected;
using tests::replaced;

namespace {

std::string name_of(Made& made, ReportFormat format, reports::FileFacts facts = {}) {
  const auto name = reports::export_file_name(answer_of(made), format, facts);
  INFO((name ? "" : name.error().detail));
  REQUIRE(name.has_value());
  return *name;
}

std::string server_name(Made& made, ReportFormat format, std::string_view only_project = {}) {
  made.query.format = format;
  reports::Source source = made.source();
  source.only_project = only_project;
  return reports::file_name(reports::Report(source));
}

}  // namespace

TEST_CASE("The file's name is the server's", "[export]") {
  const auto format = GENERATE(ReportFormat::json, ReportFormat::csv, ReportFormat::ndjson);
  using Filters = std::vector<reports::Filter>;
  const Filters filters = GENERATE(
      Filters{}, Filters{{Dimension::project, false, false, {"acme"}}},
      Filters{{Dimension::project, false, false, {"", "a\"b", "ü", "c"}}},
      Filters{{Dimension::project, false, false, {"", "a\"b", "ü"}}},
      Filters{{Dimension::project, false, false, {""}}}, Filters{{Dimension::project, true, false, {"acme"}}},
      Filters{{Dimension::project, false, true, {"acme"}}},
      Filters{{Dimension::project, true, true, {"acme"}}}, Filters{{Dimension::cta, false, false, {"acme"}}},
      Filters{{Dimension::project, false, false, {"a"}}, {Dimension::project, true, false, {"b"}}});
  const auto* const only = GENERATE("", "acme", "a/b");
  Made made(3, {Dimension::country});
  made.query.filters = filters;
  made.query.flags = {{schema::Flag::vpn, false}};
  CHECK(name_of(made, format, {only}) == server_name(made, format, only));
}

TEST_CASE("A name's last day is right where clocks change as the range ends", "[export]") {
  struct Change {
    std::int64_t before;
    std::int64_t after;
  };
  // Midnight is skipped, as in Cairo; comes twice; an hour before it comes again.
  const auto [before, after] = GENERATE(Change{7200, 10'800}, Change{3600, 0}, Change{0, -3600});
  Made made(2, {}, schema::Bucket::none);
  made.zone = time::Zone("Africa/Cairo", before, {{made.plan.period.range.to_s, after}});
  const std::int64_t last_s = made.plan.period.range.to_s - 1;
  std::string last_day;
  append_rfc3339_local(last_day, last_s, made.zone.offset_at(last_s));
  last_day.resize(10);
  CHECK(name_of(made, ReportFormat::csv, {{}, last_day}) == server_name(made, ReportFormat::csv));
}

TEST_CASE("A name needs meta alone", "[export]") {
  const std::string meta = R"({"meta":{"from":"2026-04-23T00:00:00+02:00","to":"2026-04-24T01:00:00+03:00",)"
                           R"("timezone":"Africa/Cairo","bucket":"day","group_by":[],"filters":[]}})";
  const auto name = [&](std::string_view last_day, std::string answer) {
    return reports::export_file_name(std::move(answer), ReportFormat::csv, {{}, last_day});
  };
  CHECK(name("2026-04-23", meta).value() == "lead-stats_all-projects_2026-04-23_2026-04-23_Africa-Cairo.csv");
  CHECK(name("", meta).value() == "lead-stats_all-projects_2026-04-23_2026-04-24_Africa-Cairo.csv");
  for (const std::string_view day : {"2026-04-21", "2026-04-26", "../../etc", "2026-04-23x", "24.04.2026"}) {
    const auto refused = name(day, meta);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == ErrorCode::bad_parameter);
  }
  const auto fault = [&](std::string answer) { return name("", std::move(answer)).error().detail; };
  CHECK(not_as_expected(fault("{}"), "it has no meta").empty());
  CHECK(not_as_expected(fault(replaced(meta, "2026-04-23T", "2026-04-31T")),
                        "meta.from and meta.to are no times with an offset")
            .empty());
  CHECK(not_as_expected(fault(replaced(meta, "\"Africa/Cairo\"", "7")), "meta.timezone is no text").empty());
  CHECK(not_as_expected(fault(replaced(meta, "\"filters\":[]", "\"filters\":{}")), "meta.filters is no list")
            .empty());
  CHECK(
      not_as_expected(fault(replaced(meta, "\"group_by\":[]", "\"group_by\":7")), "meta.group_by is no list")
          .empty());
  CHECK(not_as_expected(fault(replaced(meta, "\"day\"", "[]")), "meta.bucket is no text").empty());
  CHECK(fault("{\"meta\":") == "The text is not well-formed JSON (byte 8).");
}
