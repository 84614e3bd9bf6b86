#include <array>
#include <catch2/catch.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/reports/meta.hpp"
#include "core/reports/rendering.hpp"
#include "core/support/json.hpp"
#include "tests/core/reports/made_report.hpp"

using namespace leadledger;
using reports::Dimension;
using tests::counts_of;
using tests::kDay;
using tests::kMidnight;
using tests::Made;

namespace {

/// A parsed answer and the text that it points into.
struct Answer {
  explicit Answer(std::string answer) : text(std::move(answer)), document(json::Document::parse(text)) {
    REQUIRE(document.has_value());
  }
  [[nodiscard]] json::Value operator[](std::string_view name) const { return document->root()[name]; }
  [[nodiscard]] json::Value meta(std::string_view name) const { return document->root()["meta"][name]; }
  std::string text;
  Result<json::Document> document;
};

std::array<std::uint64_t, 9> counts_in(json::Value object) {
  std::array<std::uint64_t, 9> out{};
  for (std::size_t at = 0; at < out.size(); ++at) {
    const json::Value value = object[schema::kCountNames[at]];
    REQUIRE(value.is(json::Kind::number));
    out[at] = std::stoull(std::string(value.text()));
  }
  return out;
}

std::vector<json::Value> items(json::Value list) {
  REQUIRE(list.is(json::Kind::array));
  std::vector<json::Value> out;
  for (const json::Value item : list.items()) out.push_back(item);
  return out;
}

constexpr std::string_view kZeros =
    R"("total":0,"primary":0,"follow_up":0,"test":0,"blocked":0,"bot":0,"vpn_count":0,"suspicious_count":0,"hot_count":0)";

}  // namespace

TEST_CASE("An empty answer is whole, zeros included", "[rendering_json]") {
  Made made(1);
  made.no_data_yet = true;
  const std::string zeros(kZeros);
  CHECK(
      made.text() ==
      R"({"meta":{"from":"2026-11-19T00:00:00+05:30","to":"2026-11-20T00:00:00+05:30","timezone":"Asia/Kolkata",)"
      R"("bucket":"day","group_by":[],"filters":[],"compare":"none","generated_at":"2026-11-20T01:00:00+05:30",)"
      R"("data_from":"2026-11-19T00:00:00+05:30","data_through":"2026-11-20T00:00:00+05:30",)"
      R"("newest_submission_at":null,"sampled":false,)"
      R"("sample_interval_max":1,"rows_read":0,"margin":null,"cache":"miss","warnings":[{"code":"no_data_yet",)"
      R"("detail":"Analytics Engine knows no point of this dataset yet, so every count is 0."}],"corrections":0},)"
      R"("totals":{)" +
          zeros +
          R"(},"buckets":[{"start":"2026-11-19T00:00:00+05:30","end":"2026-11-20T00:00:00+05:30","partial":false,)" +
          zeros + R"(}],"groups":[],"comparison":null})");
}

TEST_CASE("Groups with buckets, the rest, and a comparison", "[rendering_json]") {
  Made made(2, {Dimension::event_type, Dimension::country});
  made.compare_with_days_before(2);
  made.query.limit = 1;
  made.plan.running = true;
  made.now_s = made.plan.period.range.to_s - 3600;
  made.add(0, {"primary", "IN"}, counts_of({3, 0, 0, 0, 0}, {0, 1, 2}));
  made.add(1, {"bot", "\"DE\"\\\x01"}, counts_of({0, 0, 0, 0, 1}));
  made.add_before(1, counts_of({2, 8, 0, 0, 0}, {0, 3, 0}));
  const std::string text = made.text();
  const std::size_t totals = text.find(R"("totals")");
  REQUIRE(totals != std::string::npos);
  const auto row = [](std::string_view start, std::string_view end, std::string_view partial) {
    return R"({"start":")" + std::string(start) + R"(","end":")" + std::string(end) + R"(","partial":)" +
           std::string(partial) + ',';
  };
  const std::string first = row("2026-11-19T00:00:00+05:30", "2026-11-20T00:00:00+05:30", "false");
  const std::string second = row("2026-11-20T00:00:00+05:30", "2026-11-21T00:00:00+05:30", "true");
  const std::string three =
      R"("total":3,"primary":3,"follow_up":0,"test":0,"blocked":0,"bot":0,"vpn_count":0,"suspicious_count":1,"hot_count":2)";
  const std::string one =
      R"("total":1,"primary":0,"follow_up":0,"test":0,"blocked":0,"bot":1,"vpn_count":0,"suspicious_count":0,"hot_count":0)";
  const std::string ten =
      R"("total":10,"primary":2,"follow_up":8,"test":0,"blocked":0,"bot":0,"vpn_count":0,"suspicious_count":3,"hot_count":0)";
  const std::string zeros(kZeros);
  CHECK(
      text.substr(totals) ==
      R"("totals":{"total":4,"primary":3,"follow_up":0,"test":0,"blocked":0,"bot":1,"vpn_count":0,)"
      R"("suspicious_count":1,"hot_count":2},"buckets":[)" +
          first + three + "}," + second + one + "}]," +
          R"("groups":[{"key":{"event_type":"primary","country":"IN"},"share":0.75,)" + three +
          R"(,"buckets":[)" + first + three + "}," + second + zeros + "}]}," +
          R"({"key":null,"other":true,"share":0.25,)" + one + R"(,"buckets":[)" + first + zeros + "}," +
          second + one + "}]}]," +
          R"("comparison":{"from":"2026-11-17T00:00:00+05:30","to":"2026-11-19T00:00:00+05:30","totals":{)" +
          ten +
          R"(},"change":{"total":-0.6,"primary":0.5,"follow_up":-1,"test":null,"blocked":null,"bot":null,)"
          R"("vpn_count":null,"suspicious_count":-0.666667,"hot_count":null},"buckets":[)" +
          row("2026-11-17T00:00:00+05:30", "2026-11-18T00:00:00+05:30", "false") + zeros + "}," +
          row("2026-11-18T00:00:00+05:30", "2026-11-19T00:00:00+05:30", "false") + ten + "}]}}");
  const Answer answer(text);
  CHECK(answer.meta("compare").text() == "previous");
  CHECK(items(answer.meta("warnings"))[0]["code"].text() == "running_period");
  CHECK(answer.meta("data_through").text() == "2026-11-20T22:59:00+05:30");
}

TEST_CASE("Without buckets the lists are empty", "[rendering_json]") {
  Made made(2, {Dimension::country}, schema::Bucket::none);
  made.compare_with_days_before(2);
  made.add(0, {"IN"}, counts_of({1, 0, 0, 0, 0}));
  const Answer answer(made.text());
  CHECK(answer.meta("bucket").text() == "none");
  CHECK(items(answer["buckets"]).empty());
  CHECK(items(answer["comparison"]["buckets"]).empty());
  const auto groups = items(answer["groups"]);
  REQUIRE(groups.size() == 1);
  CHECK(groups[0]["share"].text() == "1");
  CHECK(groups[0]["buckets"].is(json::Kind::none));
  CHECK(groups[0]["other"].is(json::Kind::none));
  CHECK(answer["explain"].is(json::Kind::none));
}

TEST_CASE("A group of nothing has no share of nothing", "[rendering_json]") {
  Made made(1, {Dimension::country}, schema::Bucket::none);
  made.add(0, {""}, counts_of({}));
  const Answer answer(made.text());
  const auto groups = items(answer["groups"]);
  REQUIRE(groups.size() == 1);
  CHECK(groups[0]["share"].text() == "0");
  CHECK(groups[0]["key"]["country"].is(json::Kind::string));
  CHECK(groups[0]["key"]["country"].text().empty());
}

TEST_CASE("The meta part says what was asked", "[rendering_json]") {
  Made made(1, {Dimension::event_type, Dimension::utm_source}, schema::Bucket::none);
  made.query.filters = {{Dimension::country, false, false, {"", "IN"}},
                        {Dimension::cta, true, false, {"\"Buy\""}},
                        {Dimension::source, false, true, {"goo"}},
                        {Dimension::city, true, true, {"a", "b"}}};
  made.query.flags = {{schema::Flag::vpn, true}, {schema::Flag::hot, false}};
  made.query.compare = schema::CompareWith::previous_year;
  made.plan.data_from_s = kMidnight + kDay / 2;
  made.plan.before_retention = true;
  const std::string text = made.text();
  CHECK(
      text.find(
          R"("bucket":"none","group_by":["event_type","utm_source"],"filters":[)"
          R"({"dimension":"country","match":"is","values":["","IN"]},)"
          R"({"dimension":"cta","match":"is_not","values":["\"Buy\""]},)"
          R"({"dimension":"source","match":"contains","values":["goo"]},)"
          R"({"dimension":"city","match":"contains_not","values":["a","b"]},)"
          R"({"dimension":"vpn","match":"is","values":[true]},)"
          R"({"dimension":"hot","match":"is","values":[false]}],"compare":"previous_year","generated_at":)") !=
      std::string::npos);
  const Answer answer(text);
  CHECK(answer.meta("data_from").text() == "2026-11-19T12:00:00+05:30");
  CHECK(items(answer.meta("warnings"))[0]["code"].text() == "range_before_retention");
}

TEST_CASE("The state of the cache is told", "[rendering_json]") {
  const auto [state, name] = GENERATE(table<reports::CacheState, std::string>({
      {reports::CacheState::miss, "miss"},
      {reports::CacheState::hit, "hit"},
      {reports::CacheState::stale, "stale"},
  }));
  Made made(1);
  made.cache = state;
  CHECK(Answer(made.text()).meta("cache").text() == name);
}

TEST_CASE("Sampling is told, with a margin where counts are not exact", "[rendering_json]") {
  Made made(1);
  reports::Row row = Made::row({}, counts_of({40, 10, 0, 0, 0}, {0, 0, 20}));
  row.rows = 5;
  row.largest_interval = 10;
  row.squares = 500;
  made.tallies.front().add(0, row);
  const Answer answer(made.text());
  CHECK(answer.meta("sampled").is_true());
  CHECK(answer.meta("sample_interval_max").text() == "10");
  CHECK(answer.meta("rows_read").text() == "5");
  CHECK(counts_in(answer.meta("margin")) == made.tallies.front().sampling().margins());

  Made exact(1);
  exact.add(0, {}, counts_of({3, 0, 0, 0, 0}));
  const Answer of_exact(exact.text());
  CHECK(of_exact.meta("sampled").text() == "false");
  CHECK(of_exact.meta("sample_interval_max").text() == "1");
  CHECK(of_exact.meta("rows_read").text() == "3");
  CHECK(of_exact.meta("margin").is(json::Kind::null));
}

TEST_CASE("Statements are shown where they were asked for", "[rendering_json]") {
  Made made(1);
  made.explain = true;
  made.ran = {{"SELECT 'a' \"b\"", 12, 3456, 78, 2}, {"SELECT 2", 0, 0, 0, 1}};
  const std::string text = made.text();
  const std::size_t at = text.find(R"("comparison")");
  REQUIRE(at != std::string::npos);
  CHECK(text.substr(at) ==
        R"("comparison":null,"explain":{"statements":[)"
        R"({"sql":"SELECT 'a' \"b\"","rows":12,"bytes":3456,"milliseconds":78,"attempts":2},)"
        R"({"sql":"SELECT 2","rows":0,"bytes":0,"milliseconds":0,"attempts":1}]}})");
}

TEST_CASE("Hostile groups are read back, sums reconcile", "[rendering_json][property]") {
  tests::Random random(61);
  for (int round = 0; round < 30; ++round) {
    const auto bucket = round % 3 == 0 ? schema::Bucket::none : schema::Bucket::day;
    Made made(3, {Dimension::source, Dimension::cta}, bucket);
    tests::fill_with_hostile_rows(made, random.next(), random.below(200));
    made.query.limit = static_cast<std::uint32_t>(random.below(60));
    const Answer answer(made.text());
    const reports::Report report = made.report();
    const auto totals = counts_in(answer["totals"]);
    CHECK(totals == made.tallies.front().totals().in_order());

    std::array<std::uint64_t, 9> of_buckets{};
    for (const json::Value row : items(answer["buckets"])) {
      const auto counts = counts_in(row);
      for (std::size_t at = 0; at < 9; ++at) of_buckets[at] += counts[at];
    }
    if (bucket == schema::Bucket::day) CHECK(of_buckets == totals);

    const auto groups = items(answer["groups"]);
    REQUIRE(groups.size() == report.groups().size());
    std::array<std::uint64_t, 9> of_groups{};
    bool keys = true;
    for (std::size_t at = 0; at < groups.size(); ++at) {
      const auto counts = counts_in(groups[at]);
      for (std::size_t n = 0; n < 9; ++n) of_groups[n] += counts[n];
      const reports::Group* group = report.groups()[at].group;
      if (group == nullptr) {
        keys = keys && groups[at]["key"].is(json::Kind::null) && groups[at]["other"].is_true();
        continue;
      }
      keys = keys && groups[at]["key"]["source"].text() == made.tallies.front().text(*group, 0) &&
             groups[at]["key"]["cta"].text() == made.tallies.front().text(*group, 1);
    }
    CHECK(keys);
    CHECK((groups.empty() || of_groups == totals));
  }
}

TEST_CASE("Hours of the week come by weekday and hour, before what explains them", "[rendering_json]") {
  Made made(1);
  CHECK(made.text().find("hour_of_week") == std::string::npos);
  made.hours.resize(reports::kHoursOfWeek);
  made.hours[1] = counts_of({1, 2, 3, 4, 5}, {6, 7, 8});
  made.hours[167] = counts_of({0, 0, 0, 0, 1});
  made.explain = true;
  const std::string text = made.text();
  CHECK(text.find(R"(,"hour_of_week":[{"weekday":1,"hour":0,"total":0,)") != std::string::npos);
  CHECK(text.find(R"(},{"weekday":1,"hour":1,"total":15,"primary":1,"follow_up":2,"test":3,"blocked":4,)"
                  R"("bot":5,"vpn_count":6,"suspicious_count":7,"hot_count":8},{"weekday":1,"hour":2,)") !=
        std::string::npos);
  CHECK(text.find(R"({"weekday":7,"hour":23,"total":1,)") != std::string::npos);
  CHECK(text.find(R"("hot_count":0}],"explain":{)") != std::string::npos);
}

TEST_CASE("Pieces of any size put together are the answer, the last one says so", "[rendering_json]") {
  const auto bucket = GENERATE(schema::Bucket::day, schema::Bucket::none);
  Made made(6, {Dimension::source, Dimension::cta}, bucket);
  made.compare_with_days_before(6);
  made.explain = true;
  tests::fill_with_hostile_rows(made, 62, 300);
  const std::string whole = made.text();
  for (const std::size_t size : {std::size_t{1}, std::size_t{100}, std::size_t{5000}, whole.size() - 1,
                                 whole.size(), ~std::size_t{0}}) {
    CAPTURE(size);
    CHECK(made.text(size) == whole);
  }
  reports::Report report = made.report();
  const auto rendering = reports::render(report);
  std::string out = "before ";
  CHECK(rendering->next(out, whole.size() / 2));
  CHECK(out.size() >= whole.size() / 2);
  CHECK(out.size() < whole.size());
  CHECK_FALSE(rendering->next(out, whole.size()));
  CHECK(out == "before " + whole);
  CHECK_FALSE(rendering->next(out, 1));
  CHECK(out == "before " + whole);
}

TEST_CASE("Counts, changes and ratios can be written into other answers", "[rendering_json]") {
  std::string out;
  json::Writer writer(out);
  writer.begin_object();
  writer.member("key", "x");
  reports::write_counts(writer, counts_of({1, 2, 3, 4, 5}, {6, 7, 8}));
  writer.key("change");
  const Made made(1);
  reports::write_change(writer, made.source(), counts_of({1, 0, 3, 0, 0}), counts_of({2, 0, 2, 1, 0}));
  writer.key("rate");
  reports::write_ratio(writer, 1, 3);
  writer.end_object();
  writer.finish();
  CHECK(
      out ==
      R"({"key":"x","total":15,"primary":1,"follow_up":2,"test":3,"blocked":4,"bot":5,"vpn_count":6,)"
      R"("suspicious_count":7,"hot_count":8,"change":{"total":-0.2,"primary":-0.5,"follow_up":null,"test":0.5,)"
      R"("blocked":-1,"bot":null,"vpn_count":null,"suspicious_count":null,"hot_count":null},"rate":0.333333})");
}

TEST_CASE("What retention has cut is no base of a change", "[rendering_json]") {
  Made made(1);
  made.compare_with_days_before(1);
  made.add(0, {}, counts_of({3, 0, 0, 0, 0}));
  made.add_before(0, counts_of({1, 0, 0, 0, 0}));
  CHECK(made.text().find(R"("change":{"total":2,)") != std::string::npos);
  made.plan.comparison_before_retention = true;
  const std::string text = made.text();
  CHECK(text.find(R"("change":{"total":null,"primary":null,)") != std::string::npos);
  CHECK(text.find(R"("code":"comparison_before_retention")") != std::string::npos);
}
