#include <algorithm>
#include <catch2/catch.hpp>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "core/reports/rendering.hpp"
#include "core/support/json.hpp"
#include "tests/core/reports/csv_reader.hpp"
#include "tests/core/reports/made_report.hpp"

using namespace leadledger;
using reports::Dimension;
using reports::ReportFormat;
using tests::counts_of;
using tests::Made;

namespace {

constexpr std::string_view kNames =
    "total,primary,follow_up,test,blocked,bot,vpn_count,suspicious_count,hot_count\r\n";

std::string lines(std::initializer_list<std::string_view> parts) {
  std::string out;
  for (const std::string_view part : parts) out += part;
  return out;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    REQUIRE(end != std::string_view::npos);
    out.emplace_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  return out;
}

}  // namespace

TEST_CASE("CSV of buckets", "[rendering_rows]") {
  Made made(2);
  made.now_s = made.plan.period.range.to_s - 1;
  made.add(1, {}, counts_of({1, 20, 300, 4000, 50'000}, {6, 70, 800}));
  CHECK(made.text_as(ReportFormat::csv) ==
        lines({"start,end,partial,", kNames,
               "2026-11-19T00:00:00+05:30,2026-11-20T00:00:00+05:30,false,0,0,0,0,0,0,0,0,0\r\n",
               "2026-11-20T00:00:00+05:30,2026-11-21T00:00:00+05:30,true,"
               "54321,1,20,300,4000,50000,6,70,800\r\n"}));
}

TEST_CASE("CSV of groups and the rest", "[rendering_rows]") {
  Made made(1, {Dimension::event_type, Dimension::city}, schema::Bucket::none);
  made.query.limit = 2;
  made.add(0, {"primary", "=cmd|' /C calc'!A0"}, counts_of({9, 0, 0, 0, 0}));
  made.add(0, {"", "St. John's, \"NL\""}, counts_of({0, 8, 0, 0, 0}));
  made.add(0, {"bot", "Pune"}, counts_of({0, 0, 0, 0, 7}, {1, 2, 3}));
  CHECK(made.text_as(ReportFormat::csv) ==
        lines({"event_type,city,other,", kNames, "primary,'=cmd|' /C calc'!A0,false,9,9,0,0,0,0,0,0,0\r\n",
               ",\"St. John's, \"\"NL\"\"\",false,8,0,8,0,0,0,0,0,0\r\n", ",,true,7,0,0,0,0,7,1,2,3\r\n"}));
}

TEST_CASE("CSV of groups with each bucket", "[rendering_rows]") {
  Made made(2, {Dimension::country});
  made.query.limit = 1;
  made.add(1, {"IN"}, counts_of({3, 0, 0, 0, 0}));
  made.add(0, {"DE"}, counts_of({0, 1, 0, 0, 0}));
  constexpr std::string_view kFirst = "2026-11-19T00:00:00+05:30,2026-11-20T00:00:00+05:30,false,";
  constexpr std::string_view kSecond = "2026-11-20T00:00:00+05:30,2026-11-21T00:00:00+05:30,false,";
  CHECK(made.text_as(ReportFormat::csv) == lines({"start,end,partial,country,other,", kNames,  //
                                                  kFirst, "IN,false,0,0,0,0,0,0,0,0,0\r\n",    //
                                                  kSecond, "IN,false,3,3,0,0,0,0,0,0,0\r\n",   //
                                                  kFirst, ",true,1,0,1,0,0,0,0,0,0\r\n",       //
                                                  kSecond, ",true,0,0,0,0,0,0,0,0,0\r\n"}));
}

TEST_CASE("Without buckets and groups there is one row of totals", "[rendering_rows]") {
  Made made(1, {}, schema::Bucket::none);
  made.add(0, {}, counts_of({1, 2, 3, 4, 5}, {6, 7, 8}));
  CHECK(made.text_as(ReportFormat::csv) == lines({kNames, "15,1,2,3,4,5,6,7,8\r\n"}));
  CHECK(made.text_as(ReportFormat::ndjson) ==
        R"({"total":15,"primary":1,"follow_up":2,"test":3,"blocked":4,"bot":5,)"
        R"("vpn_count":6,"suspicious_count":7,"hot_count":8})"
        "\n");
}

TEST_CASE("A mark tells spreadsheets that CSV is UTF-8, where it is asked for", "[rendering_rows]") {
  Made made(1, {}, schema::Bucket::none);
  made.query.bom = true;
  CHECK(made.text_as(ReportFormat::csv) == lines({"\xEF\xBB\xBF", kNames, "0,0,0,0,0,0,0,0,0\r\n"}));
  CHECK(made.text_as(ReportFormat::ndjson).front() == '{');
  CHECK(made.text_as(ReportFormat::json).front() == '{');
}

TEST_CASE("An answer of no groups has the names alone, or nothing", "[rendering_rows]") {
  const auto bucket = GENERATE(schema::Bucket::none, schema::Bucket::day);
  Made made(2, {Dimension::project}, bucket);
  const std::string_view buckets = bucket == schema::Bucket::none ? "" : "start,end,partial,";
  CHECK(made.text_as(ReportFormat::csv) == lines({buckets, "project,other,", kNames}));
  CHECK(made.text_as(ReportFormat::ndjson).empty());
}

TEST_CASE("Largest counts fit", "[rendering_rows]") {
  Made made(1, {}, schema::Bucket::none);
  constexpr std::uint64_t kMost = 18'446'744'073'709'551'615ULL;
  made.add(0, {}, counts_of({kMost, 0, 0, 0, 0}, {kMost, kMost, kMost}));
  CHECK(made.text_as(ReportFormat::csv) ==
        lines({kNames, "18446744073709551615,18446744073709551615,0,0,0,0,",
               "18446744073709551615,18446744073709551615,18446744073709551615\r\n"}));
}

TEST_CASE("NDJSON has the rows as objects", "[rendering_rows]") {
  Made made(1, {Dimension::country, Dimension::cta});
  made.query.limit = 1;
  made.add(0, {"IN", "say \"hi\"\\\n"}, counts_of({2, 0, 0, 0, 0}, {0, 0, 1}));
  made.add(0, {"DE", ""}, counts_of({0, 0, 0, 1, 0}));
  constexpr std::string_view kBucket =
      R"({"start":"2026-11-19T00:00:00+05:30","end":"2026-11-20T00:00:00+05:30","partial":false,)";
  CHECK(
      made.text_as(ReportFormat::ndjson) ==
      lines(
          {kBucket, R"("country":"IN","cta":"say \"hi\"\\\n","other":false,"total":2,"primary":2,)",
           R"("follow_up":0,"test":0,"blocked":0,"bot":0,"vpn_count":0,"suspicious_count":0,"hot_count":1})",
           "\n", kBucket, R"("country":null,"cta":null,"other":true,"total":1,"primary":0,"follow_up":0,)",
           R"("test":0,"blocked":1,"bot":0,"vpn_count":0,"suspicious_count":0,"hot_count":0})", "\n"}));
}

TEST_CASE("Rows have no comparison", "[rendering_rows]") {
  Made made(2);
  made.add(0, {}, counts_of({1, 0, 0, 0, 0}));
  const std::string csv = made.text_as(ReportFormat::csv);
  const std::string ndjson = made.text_as(ReportFormat::ndjson);
  made.compare_with_days_before(2);
  made.add_before(0, counts_of({5, 0, 0, 0, 0}));
  CHECK(made.text_as(ReportFormat::csv) == csv);
  CHECK(made.text_as(ReportFormat::ndjson) == ndjson);
}

TEST_CASE("CSV and NDJSON tell the same of hostile rows, and their sums reconcile",
          "[rendering_rows][property]") {
  tests::Random random(51);
  for (int round = 0; round < 40; ++round) {
    const auto bucket = round % 2 == 0 ? schema::Bucket::day : schema::Bucket::none;
    Made made(3, {Dimension::source, Dimension::cta}, bucket);
    tests::fill_with_hostile_rows(made, random.next(), 1 + random.below(200));
    made.query.limit = static_cast<std::uint32_t>(1 + random.below(100));
    const auto rows = tests::read_csv(made.text_as(ReportFormat::csv));
    const auto objects = lines_of(made.text_as(ReportFormat::ndjson));
    REQUIRE(rows.size() == objects.size() + 1);
    const std::vector<std::string>& names = rows[0];
    std::vector<std::uint64_t> sums(9);
    bool same = true;
    for (std::size_t at = 1; at < rows.size(); ++at) {
      std::string line = objects[at - 1];
      const auto object = json::Document::parse(line);
      REQUIRE(object.has_value());
      REQUIRE(rows[at].size() == names.size());
      const bool other = object->root()["other"].is_true();
      for (std::size_t cell = 0; cell < names.size(); ++cell) {
        const json::Value value = object->root()[names[cell]];
        const bool is_key = names[cell] == "source" || names[cell] == "cta";
        const bool kind = !is_key || value.is(other ? json::Kind::null : json::Kind::string);
        const std::string expected = is_key && other ? "" : std::string(value.text());
        same = same && kind && (rows[at][cell] == expected || (is_key && rows[at][cell] == "'" + expected));
        if (cell + 9 >= names.size()) sums[cell + 9 - names.size()] += std::stoull(rows[at][cell]);
      }
    }
    CHECK(same);
    const auto totals = made.tallies.front().totals().in_order();
    CHECK(std::equal(totals.begin(), totals.end(), sums.begin(), sums.end()));
  }
}

TEST_CASE("Pieces of any size put together are the answer", "[rendering_rows]") {
  const auto format = GENERATE(ReportFormat::csv, ReportFormat::ndjson);
  const auto groups = GENERATE(std::vector<Dimension>{}, std::vector{Dimension::source, Dimension::cta});
  const auto bucket = GENERATE(schema::Bucket::day, schema::Bucket::none);
  Made made(6, groups, bucket);
  tests::fill_with_hostile_rows(made, 52, 300);
  const std::string whole = made.text_as(format);
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{1}, std::size_t{77}, std::size_t{1000}, whole.size(), ~std::size_t{0}}) {
    if (size == 0) continue;
    CAPTURE(size);
    CHECK(made.text(size) == whole);
  }
}

TEST_CASE("A piece holds as much as was asked for, is appended, and the last one says so",
          "[rendering_rows]") {
  const auto format = GENERATE(ReportFormat::csv, ReportFormat::ndjson);
  Made made(6, {Dimension::source, Dimension::cta});
  made.query.limit = 1000;
  made.query.format = format;
  tests::fill_with_hostile_rows(made, 53, 300);
  const std::string whole = made.text();
  reports::Report report = made.report();
  const auto rendering = reports::render(report);
  std::string out = "before ";
  std::size_t written = 0;
  while (true) {
    const std::size_t before = out.size();
    const bool more = rendering->next(out, 500);
    written = out.size() - 7;
    if (!more) break;
    REQUIRE(out.size() - before >= 500);
    REQUIRE(out.size() - before < 1500);
    REQUIRE(written < whole.size());
  }
  CHECK(out == "before " + whole);
  CHECK_FALSE(rendering->next(out, 500));
  CHECK(out == "before " + whole);
}

TEST_CASE("A file's name says what it holds, in plain characters", "[rendering_rows]") {
  Made made(7);
  made.query.format = ReportFormat::csv;
  CHECK(reports::file_name(made.report()) ==
        "lead-stats_all-projects_2026-11-19_2026-11-25_Asia-Kolkata.csv");

  made.query.filters = {{Dimension::country, false, false, {"IN"}},
                        {Dimension::project, false, false, {"acme"}}};
  made.query.format = ReportFormat::ndjson;
  CHECK(reports::file_name(made.report()) == "lead-stats_acme_2026-11-19_2026-11-25_Asia-Kolkata.ndjson");

  made.query.format = ReportFormat::json;
  made.query.filters = {{Dimension::project, false, false, {"a", "b", "c"}}};
  CHECK(reports::file_name(made.report()) == "lead-stats_a+b+c_2026-11-19_2026-11-25_Asia-Kolkata.json");
}

TEST_CASE("A file's name says by what it is grouped, so that files of one view differ", "[rendering_rows]") {
  Made made(7, {Dimension::utm_source, Dimension::country});
  made.query.format = ReportFormat::csv;
  CHECK(reports::file_name(made.report()) ==
        "lead-stats_all-projects_by-utm_source+country+day_2026-11-19_2026-11-25_Asia-Kolkata.csv");
  made.query.bucket = schema::Bucket::none;
  made.query.group_by = {Dimension::source};
  CHECK(reports::file_name(made.report()) ==
        "lead-stats_all-projects_by-source_2026-11-19_2026-11-25_Asia-Kolkata.csv");
}

TEST_CASE("A name of projects needs a filter that names them", "[rendering_rows]") {
  Made made(1);
  made.query.filters =
      GENERATE(std::vector<reports::Filter>{{Dimension::project, true, false, {"acme"}}},
               std::vector<reports::Filter>{{Dimension::project, false, true, {"acme"}}},
               std::vector<reports::Filter>{{Dimension::project, false, false, {"a", "b", "c", "d"}}},
               std::vector<reports::Filter>{{Dimension::project, false, false, {""}}},
               std::vector<reports::Filter>{{Dimension::source, false, false, {"acme"}}},
               std::vector<reports::Filter>{{Dimension::project, false, false, {"acme", "b"}},
                                            {Dimension::project, true, false, {"acme"}}});
  CHECK(reports::file_name(made.report()) ==
        "lead-stats_all-projects_2026-11-19_2026-11-19_Asia-Kolkata.json");
}

TEST_CASE("Hostile names become plain file names", "[rendering_rows][property]") {
  tests::Random random(54);
  constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._+-";
  for (int round = 0; round < 2000; ++round) {
    Made made(1);
    made.zone = time::Zone(tests::hostile_text(random, 6), 0, {});
    made.query.filters = {{Dimension::project, false, false, {tests::hostile_text(random, 9)}}};
    const std::string name = reports::file_name(made.report());
    if (name.find_first_not_of(kPlain) != std::string::npos) FAIL(name);
    if (name.rfind("lead-stats_", 0) != 0) FAIL(name);
  }
  SUCCEED("all are plain");
}

TEST_CASE("A zone's clock change shows in the offsets of its buckets", "[rendering_rows]") {
  Made made(1);
  // Berlin, 2026-10-25: 25 hours.
  const std::int64_t start = 1'792'879'200;
  made.zone = time::Zone("Europe/Berlin", 7200, {{start + 3 * 3600, 3600}});
  made.plan.period.range = {start, start + 25 * 3600};
  made.plan.period.boundaries.at = {start, start + 25 * 3600};
  CHECK(made.text_as(ReportFormat::csv) ==
        lines({"start,end,partial,", kNames,
               "2026-10-25T00:00:00+02:00,2026-10-26T00:00:00+01:00,false,0,0,0,0,0,0,0,0,0\r\n"}));
}
