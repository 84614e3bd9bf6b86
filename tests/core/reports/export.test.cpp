#include "core/reports/export.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "leadledger/limits.hpp"
#include "tests/core/reports/export_answers.hpp"

using namespace leadledger;
using reports::Dimension;
using reports::ReportFormat;
using tests::answer_of;
using tests::counts_of;
using tests::kNoAnswer;
using tests::Made;
using tests::not_as_expected;
using tests::replaced;

namespace {

/// Whether the files made of the answer are the server's.
void must_agree(Made& made) {
  const std::string answer = answer_of(made);
  for (const ReportFormat format : {ReportFormat::csv, ReportFormat::ndjson}) {
    for (const bool bom : {false, true}) {
      if (bom && format == ReportFormat::ndjson) continue;
      made.query.bom = bom;
      const auto file = reports::export_answer(answer, format, bom);
      INFO((file ? "" : file.error().detail));
      REQUIRE(file.has_value());
      if (*file != made.text_as(format)) FAIL("other bytes than the server's for " << answer);
    }
  }
  made.query.bom = false;
}

std::string refusal(std::string answer, ReportFormat format = ReportFormat::csv, bool bom = false) {
  const auto file = reports::export_answer(std::move(answer), format, bom);
  REQUIRE_FALSE(file.has_value());
  return file.error().detail;
}

/// Two days, three groups of which one is the rest.
void fill(Made& made) {
  made.query.limit = 2;
  made.add(0, {"IN", "=1+1"}, counts_of({5, 4, 3, 2, 1}, {1, 2, 3}));
  made.add(1, {"", "say \"hi\", \\ twice\r\n"}, counts_of({3, 0, 0, 0, 0}));
  made.add(1, {"DE", ""}, counts_of({0, 1, 0, 0, 0}, {0, 0, 1}));
}

}  // namespace

TEST_CASE("A file made of an answer is the server's, in every shape", "[export]") {
  const auto bucket = GENERATE(schema::Bucket::none, schema::Bucket::day);
  const auto groups = GENERATE(std::vector<Dimension>{}, std::vector{Dimension::country},
                               std::vector{Dimension::country, Dimension::cta});
  const auto [rows, limit] = GENERATE(std::pair{true, 2U}, std::pair{true, 50U}, std::pair{true, 0U},  //
                                      std::pair{false, 50U});
  Made made(2, groups, bucket);
  if (rows) fill(made);
  made.query.limit = limit;
  must_agree(made);
}

TEST_CASE("What rows have no place for changes nothing", "[export]") {
  Made made(2, {Dimension::country});
  fill(made);
  made.now_s = made.plan.period.range.to_s - 1;  // the last bucket runs
  made.explain = true;
  made.ran.push_back({"SELECT \"buckets\": [] FORMAT JSON", 3, 200, 12, 1});
  made.query.filters = {{Dimension::cta, true, false, {"", "a\"b"}}};
  made.query.flags = {{schema::Flag::hot, true}};
  made.compare_with_days_before(2);
  made.add_before(0, counts_of({5, 0, 0, 0, 0}));
  must_agree(made);
  // Members of later versions, in another order and with blanks, are none of our business either.
  std::string answer = answer_of(made);
  const std::string file = reports::export_answer(answer, ReportFormat::csv, false).value();
  answer =
      replaced(answer, "{\"meta\":{", " {\n \"later\" : [{\"total\":\"x\"}] , \"meta\" :\t{\"new\":null,");
  answer = replaced(answer, "\"start\":", "\"colour\":{\"start\":1},\"start\":");
  CHECK(reports::export_answer(answer, ReportFormat::csv, false).value() == file);
}

TEST_CASE("Numbers come out as they came in, whatever their size", "[export]") {
  constexpr std::uint64_t kPastDouble = (1ULL << 53U) + 1;
  constexpr std::uint64_t kMost = 18'446'744'073'709'551'615ULL;
  Made made(1, {}, schema::Bucket::none);
  made.add(0, {}, counts_of({kPastDouble, 0, 0, 0, 0}, {kMost, kMost - 1, 10}));
  must_agree(made);
  made.add(0, {}, counts_of({kMost - kPastDouble, 0, 0, 0, 0}));
  must_agree(made);
  const std::string file = reports::export_answer(answer_of(made), ReportFormat::ndjson, false).value();
  CHECK(file.find(R"("total":18446744073709551615,"primary":18446744073709551615,)") != std::string::npos);
}

TEST_CASE("Random reports make the same files here and there", "[export][property]") {
  tests::Random random(61);
  const std::array<std::vector<Dimension>, 3> groupings = {
      {{}, {Dimension::source}, {Dimension::landing_path, Dimension::utm_term}}};
  for (int round = 0; round < 150; ++round) {
    const auto bucket = random.below(3) == 0 ? schema::Bucket::none : schema::Bucket::day;
    Made made(1 + static_cast<int>(random.below(5)), groupings[random.below(3)], bucket);
    made.query.limit = static_cast<std::uint32_t>(random.below(60));
    made.now_s = made.plan.period.range.to_s - 40'000 + static_cast<std::int64_t>(random.below(80'000));
    made.zone = time::Zone("Europe/Berlin", 7200, {{tests::kMidnight + 100'000, 3600}});
    tests::fill_with_hostile_rows(made, random.next(), random.below(120));
    must_agree(made);
  }
}

TEST_CASE("What is no answer is refused in a sentence", "[export]") {
  Made made(2, {Dimension::country, Dimension::cta});
  fill(made);
  const std::string answer = answer_of(made);
  struct Broken {
    std::string_view what;
    std::string_view with;
    std::string_view sentence;
  };
  constexpr std::string_view kNoKey =
      "groups[0]: the key has no text for each dimension of meta.group_by, and the group is not the rest";
  constexpr std::string_view kNoTime =
      "groups[0].buckets[0]: start and end are no times with an offset, or partial is neither true nor false";
  constexpr std::string_view kNoGroupBy = "meta.group_by names what is no dimension";
  const std::initializer_list<Broken> all = {
      {"\"meta\":", "\"beta\":", "it has no meta"},
      {"\"totals\":", "\"rates\":{},\"totals\":", "it is a summary, which has no rows"},
      {R"("bucket":"day")", R"("bucket":"hour")", "meta.bucket is none of the buckets that there are"},
      {R"("bucket":"day")", R"("bucket":"none")", "it has buckets that its meta does not speak of"},
      {R"("bucket":"day",)", "", "meta.bucket is none of the buckets that there are"},
      {R"("group_by":["country","cta"])", R"("group_by":"country,cta")", "meta.group_by is no list"},
      {R"("group_by":["country","cta"])", R"("group_by":["colour","cta"])", kNoGroupBy},
      {R"("group_by":["country","cta"])", R"("group_by":[1,"cta"])", kNoGroupBy},
      {R"("group_by":["country","cta"])", R"("group_by":["cta","cta"])",
       "meta.group_by has other than up to two different dimensions"},
      {R"("group_by":["country","cta"])", R"("group_by":["country","cta","city"])",
       "meta.group_by has other than up to two different dimensions"},
      {R"("group_by":["country","cta"])", R"("group_by":[])",
       "it has groups that its meta does not speak of"},
      {R"("group_by":["country","cta"])", R"("group_by":["country","city"])", kNoKey},
      {"\"buckets\":[", "\"baskets\":[", "it has no list of buckets"},
      {"],\"groups\":[", "],\"groups\":{},\"x\":[", "it has no list of groups"},
      {R"("key":{"country":"IN")", R"("key":{"country":null)", kNoKey},
      {R"("key":{"country":"IN",)", R"("key":{)", kNoKey},
      {R"("key":null,"other":true)", R"("key":null,"other":false)",
       "groups[2]: the key has no text for each dimension of meta.group_by, and the group is not the rest"},
      {R"("hot_count":3,"buckets":[)", R"("hot_count":3,"x":[)", "groups[0]: it has no list of buckets"},
  };
  for (const Broken& broken : all) {
    CAPTURE(broken.what, broken.with);
    CHECK(not_as_expected(refusal(replaced(answer, broken.what, broken.with)), broken.sentence).empty());
  }
  // In the first bucket of the first group.
  const std::size_t groups = answer.find("\"groups\"");
  const std::size_t bucket = answer.find("\"buckets\"", groups);
  const std::string head = answer.substr(0, bucket);
  const std::string tail = answer.substr(bucket);
  const std::initializer_list<Broken> in_bucket = {
      {"\"start\":\"2026", "\"start\":\"2O26", kNoTime},
      {"\"start\":\"2026-11-19T", "\"start\":\"2026-11-19\\\"", kNoTime},
      {"\"end\":", "\"and\":", kNoTime},
      {"\"partial\":false", "\"partial\":\"false\"", kNoTime},
      {"\"total\":15", "\"total\":16", "groups[0].buckets[0]: the event types do not add up to the total"},
      {"\"total\":15,", "", "groups[0].buckets[0]: total is missing"},
      {"\"hot_count\":3", "\"hot_count\":-3",
       "groups[0].buckets[0]: hot_count is no whole number from 0 to 2^64 - 1"},
      {"\"hot_count\":3", "\"hot_count\":3.0",
       "groups[0].buckets[0]: hot_count is no whole number from 0 to 2^64 - 1"},
      {"\"hot_count\":3", "\"hot_count\":3e0",
       "groups[0].buckets[0]: hot_count is no whole number from 0 to 2^64 - 1"},
      {"\"hot_count\":3", "\"hot_count\":\"3\"",
       "groups[0].buckets[0]: hot_count is no whole number from 0 to 2^64 - 1"},
      {"\"hot_count\":3", "\"hot_count\":18446744073709551616",
       "groups[0].buckets[0]: hot_count is no whole number from 0 to 2^64 - 1"},
      {"\"hot_count\":3", "\"hot_count\":null",
       "groups[0].buckets[0]: hot_count is no whole number from 0 to 2^64 - 1"},
  };
  for (const Broken& broken : in_bucket) {
    CAPTURE(broken.what, broken.with);
    CHECK(not_as_expected(refusal(head + replaced(tail, broken.what, broken.with)), broken.sentence).empty());
  }
}

TEST_CASE("Totals are looked at where they are the row", "[export]") {
  Made made(1, {}, schema::Bucket::none);
  made.add(0, {}, counts_of({1, 2, 3, 4, 5}));
  const std::string answer = answer_of(made);
  CHECK(not_as_expected(refusal(replaced(answer, "\"bot\":5", "\"bot\":6")),
                        "totals: the event types do not add up to the total")
            .empty());
  CHECK(not_as_expected(refusal(replaced(answer, "\"totals\":", "\"sums\":")), "totals: total is missing")
            .empty());
}

TEST_CASE("What is no JSON, or none of ours, is refused in a sentence", "[export]") {
  for (const std::string_view text : {"[]", "null", "3", "\"text\""}) {
    CHECK(not_as_expected(refusal(std::string(text)), "it is no object").empty());
  }
  CHECK(refusal("") == "The text is not well-formed JSON (byte 0).");
  CHECK(refusal("{} {}").rfind("The text is not well-formed JSON", 0) == 0);
  CHECK(refusal("{\"a\":\"\xFF\"}") == "The text is not well-formed UTF-8.");
  CHECK(refusal(std::string("{}\0", 3)).rfind("The text has a NUL", 0) == 0);
  CHECK(refusal(std::string(100'000, '[')) == "The JSON is refused: it is nested too deeply.");
  CHECK(refusal("{\"a\":\"\\udc00\"}") == "The JSON is refused: it has half of a surrogate pair.");
  CHECK(refusal(R"({"title":"The API key is unknown","status":401})") ==
        std::string(kNoAnswer) + "it has no meta.");
  CHECK(refusal(std::string(schema::kMaxExportBytes + 1, ' ')) ==
        "The answer is too large to be made a file here: at most 25165824 bytes are taken. "
        "The server writes files of any size.");
}

TEST_CASE("Formats and marks that do not go together are refused", "[export]") {
  Made made(1);
  CHECK(refusal(answer_of(made), ReportFormat::json) ==
        "Rows are written as csv or ndjson; the answer itself is the json.");
  CHECK(refusal(answer_of(made), ReportFormat::ndjson, true) == "A byte order mark goes with csv only.");
}

TEST_CASE("Every part of an answer is refused, and takes nothing down", "[export][property]") {
  Made made(1, {Dimension::country, Dimension::cta});
  fill(made);
  const std::string answer = answer_of(made);
  for (std::size_t size = 0; size < answer.size(); ++size) {
    if (reports::export_answer(answer.substr(0, size), ReportFormat::csv, false)) FAIL(size);
  }
  SUCCEED("all are refused");
}
