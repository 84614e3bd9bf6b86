#include "core/reports/corrections.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/support/json_writer.hpp"
#include "leadledger/limits.hpp"
#include "tests/core/hostile_text.hpp"
#include "tests/core/reports/made_report.hpp"

using namespace leadledger;
using namespace leadledger::tests;
using namespace leadledger::reports;

namespace {

/// A list and the text that it points into.
struct List {
  explicit List(std::string json) : text(std::move(json)), read(read_corrections(text.data(), text.size())) {}
  List(const List&) = delete;
  List& operator=(const List&) = delete;
  std::string text;
  Result<Corrections> read;
};

constexpr std::string_view kOne =
    R"({"at":1795100000,"project":"acme","dimensions":{"country":"IN","source":"google"},"flags":["vpn"],)"
    R"("from":{"event_type":"bot","reason":"honeypot_filled"},"to":{"event_type":"primary","reason":"new_person"}})";

std::string list_of(std::string_view one) { return R"({"corrections":[)" + std::string(one) + "]}"; }

std::string with(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

Query query_of(std::initializer_list<Parameter> parameters) {
  auto query = read_query(Kind::stats, parameters, "");
  REQUIRE(query.has_value());
  return std::move(*query);
}

}  // namespace

TEST_CASE("A list of corrections is read", "[corrections]") {
  List list(list_of(kOne));
  REQUIRE(list.read.has_value());
  CHECK_FALSE(list.read->missing);
  REQUIRE(list.read->list.size() == 1);
  const Correction& one = list.read->list[0];
  CHECK(one.at_s == 1'795'100'000);
  CHECK(one.text(Dimension::project, one.from) == "acme");
  CHECK(one.text(Dimension::country, one.to) == "IN");
  CHECK(one.text(Dimension::city, one.to).empty());
  CHECK(one.text(Dimension::event_type, one.from) == "bot");
  CHECK(one.text(Dimension::event_type, one.to) == "primary");
  CHECK(one.text(Dimension::reason, one.from) == "honeypot_filled");
  CHECK(one.text(Dimension::reason, one.to) == "new_person");
  CHECK(one.flags == std::array{true, false, false});
}

TEST_CASE("What a list has beyond that is left alone", "[corrections]") {
  const std::string text = GENERATE_COPY(
      as<std::string>{}, R"({"note":{},"corrections":[]})",
      with(list_of(kOne), R"("project")", R"("by":[{"x":1}],"project")"),
      with(list_of(kOne), R"("country")",
           R"("colour":7,"reason":9,"event_type":"x","project":"y","country")"),
      with(list_of(kOne), R"(["vpn"])", R"(["vpn","loud",3])"),
      with(list_of(kOne), R"("reason":"honeypot_filled")", R"("reason":"honeypot_filled","score":1)"));
  List list(text);
  REQUIRE(list.read.has_value());
  CHECK_FALSE(list.read->missing);
  for (const Correction& one : list.read->list)
    CHECK(one.text(Dimension::reason, one.from) == "honeypot_filled");
  for (const Correction& one : list.read->list) CHECK(one.flags == std::array{true, false, false});
}

TEST_CASE("What is no list is an error", "[corrections]") {
  const std::string text =
      GENERATE_COPY(as<std::string>{}, "", "null", "[]", "{}", R"({"corrections":{}})",
                    R"({"corrections":null})", list_of(kOne).substr(0, 200), list_of(kOne) + "}",
                    std::string(100'000, '['), with(list_of(kOne), "IN", R"(\udc00)"),
                    with(list_of(kOne), "IN", "\xC3\x28"), R"({"corrections":[)" + std::string(600'000, '0'));
  List list(text);
  CHECK_FALSE(list.read.has_value());
}

TEST_CASE("A correction of what no point could hold is left out, and missing", "[corrections]") {
  const auto [from, to] = GENERATE(table<std::string, std::string>({
      {"1795100000", "0"},
      {"1795100000", "-5"},
      {"1795100000", "1.5"},
      {"1795100000", "\"1795100000\""},
      {"1795100000", "99999999999999999999"},
      {"\"acme\"", "\"\""},
      {"\"acme\"", "null"},
      {"\"acme\"", "\"" + std::string(65, 'a') + "\""},
      {"\"IN\"", "7"},
      {"\"IN\"", "null"},
      {"\"IN\"", "\"IND\""},
      {"\"google\"", R"("a'b")"},
      {"\"google\"", R"("a\\b")"},
      {"\"google\"", R"("a\u0000b")"},
      {"\"google\"", R"(" a")"},
      {"\"google\"", "\"" + std::string(201, 'x') + "\""},
      {R"({"country":"IN","source":"google"})", "[]"},
      {R"(["vpn"])", "\"vpn\""},
      {"\"bot\"", "\"robot\""},
      {"\"bot\"", "4"},
      {"\"primary\"", "\"\""},
      {"\"new_person\"", "null"},
      {"\"new_person\"", "\"" + std::string(65, 'r') + "\""},
      {R"({"event_type":"bot","reason":"honeypot_filled"})", "null"},
  }));
  const std::string broken = with(std::string(kOne), from, to);
  CAPTURE(broken);
  List list(list_of(std::string(kOne) + "," + broken + "," + std::string(kOne)));
  REQUIRE(list.read.has_value());
  CHECK(list.read->missing);
  CHECK(list.read->list.size() == 2);
}

TEST_CASE("No more corrections are read than a list may have", "[corrections]") {
  const std::size_t more = GENERATE(as<std::size_t>{}, 0, 1, 3);
  std::string all(kOne);
  for (std::size_t n = 1; n < schema::kMaxCorrections + more; ++n) all += "," + std::string(kOne);
  List list(list_of(all));
  REQUIRE(list.read.has_value());
  CHECK(list.read->list.size() == schema::kMaxCorrections);
  CHECK(list.read->missing == (more > 0));
}

TEST_CASE("The list of a month of UTC", "[corrections]") {
  CHECK(corrections_key(1'793'491'199) == "corrections/2026-10");
  CHECK(corrections_key(1'793'491'200) == "corrections/2026-11");
  CHECK(corrections_key(0) == "corrections/1970-01");
}

TEST_CASE("A correction concerns who asks for one of its two verdicts", "[corrections]") {
  List list(list_of(kOne));
  const Correction& one = list.read.value().list[0];
  struct Case {
    std::string name;
    std::string value;
    bool takes;
    bool adds;
  };
  const Case asked = GENERATE(values<Case>({
      {"bucket", "day", true, true},
      {"project", "acme", true, true},
      {"project", "acme,beta", true, true},
      {"project", "-acme", false, false},
      {"project", "ACME", false, false},
      {"project", "~CM", true, true},
      {"country", "IN", true, true},
      {"country", "-IN", false, false},
      {"country", "", false, false},
      {"city", "", true, true},
      {"city", "-", false, false},
      {"source", "~OGL", true, true},
      {"source", "~ogling", false, false},
      {"source", "-~OGL", false, false},
      {"vpn", "true", true, true},
      {"vpn", "false", false, false},
      {"hot", "false", true, true},
      {"type", "bot", true, false},
      {"type", "-bot", false, true},
      {"event_type", "primary,follow_up", false, true},
      {"event_type", "bot,primary", true, true},
      {"event_type", "blocked", false, false},
      {"event_type", "~RIM", false, true},
      {"reason", "honeypot_filled", true, false},
      {"reason", "new_person", false, true},
      {"reason", "-new_person", true, false},
      {"reason", "", false, false},
  }));
  CAPTURE(asked.name, asked.value);
  const Query query = query_of({{asked.name, asked.value}});
  const auto means = [&](const Scope& scope) {
    const Move move = move_of(one, query, scope);
    return std::pair(move.takes, move.adds);
  };
  CHECK(means({true, {}}) == std::pair(asked.takes, asked.adds));
  CHECK(means({false, {"acme"}}) == std::pair(asked.takes, asked.adds));
  CHECK(means({false, {"acm", "acme2"}}) == std::pair(false, false));
  CHECK(means({false, {}}) == std::pair(false, false));
}

TEST_CASE("What is to be taken and is not there is not added either", "[corrections]") {
  List list(list_of(kOne));
  const Correction& one = list.read.value().list[0];
  const std::array dimensions = {Dimension::country};
  Tally tally(2, 1, 7);
  tally.add(0, Made::row({"IN"}, counts_of({0, 0, 0, 0, 1}, {1, 0, 0})));
  CHECK_FALSE(apply({one, true, true}, {tally, 1, dimensions}));  // it lies in the bucket before
  CHECK_FALSE(apply({one, false, false}, {tally, 0, dimensions}));
  CHECK(tally.totals().in_order() == counts_of({0, 0, 0, 0, 1}, {1, 0, 0}).in_order());
  CHECK(apply({one, true, true}, {tally, 0, dimensions}));
  CHECK(tally.totals().in_order() == counts_of({1, 0, 0, 0, 0}, {1, 0, 0}).in_order());
  CHECK(apply({one, false, true}, {tally, 1, dimensions}));
  CHECK(tally.bucket_counts()[1].in_order() == counts_of({1, 0, 0, 0, 0}, {1, 0, 0}).in_order());
  CHECK(tally.sampling().rows_read == 1);
  CHECK(tally.sampling().largest_interval == 1);
  CHECK(tally.sampling().other_event_types == 0);
  CHECK_FALSE(tally.sampling().sampled());
}

TEST_CASE("Counts of the same points are corrected together, or not at all", "[corrections]") {
  List list(list_of(kOne));
  const Correction& one = list.read.value().list[0];
  const std::array dimensions = {Dimension::country};
  const Row bot = Made::row({"IN"}, counts_of({0, 0, 0, 0, 1}, {1, 0, 0}));
  Tally by_country(2, 1, 7);
  Tally in_all(2, 0, 7);
  by_country.add(0, bot);
  in_all.add(1, bot);
  const std::size_t bucket = GENERATE(as<std::size_t>{}, 0, 1);
  const std::array apart = {Spot{by_country, bucket, dimensions}, Spot{in_all, bucket, {}}};
  CHECK_FALSE(apply({one, true, true}, apart));
  CHECK_FALSE(apply({one, true, false}, apart));
  for (const Tally* tally : {&by_country, &in_all}) {
    CHECK(tally->totals().in_order() == bot.counts.in_order());
    CHECK(tally->sampling().rows_read == 1);
    CHECK(tally->sampling().other_event_types == 0);
  }
  CHECK(by_country.bucket_counts()[0].in_order() == bot.counts.in_order());
  CHECK_FALSE(by_country.group(0).is_emptied);
  const std::array together = {Spot{in_all, 1, {}}, Spot{by_country, 0, dimensions}};
  CHECK(apply({one, true, true}, together));
  for (const Tally* tally : {&by_country, &in_all}) {
    CHECK(tally->totals().in_order() == counts_of({1, 0, 0, 0, 0}, {1, 0, 0}).in_order());
  }
}

TEST_CASE("A submission lies in the bucket of its row's time or in that of a moment later", "[corrections]") {
  List list(list_of(kOne));
  const Correction& one = list.read.value().list[0];
  const std::int64_t delay = schema::kPointDelayS;
  // The row's time is at the end of the bucket 0, at the end of the range, or before it.
  const auto [edge, end, moved] = GENERATE_COPY(table<std::int64_t, std::int64_t, bool>({
      {one.at_s + 1, one.at_s + 3600, true},
      {one.at_s + delay, one.at_s + 3600, true},
      {one.at_s + delay + 1, one.at_s + 3600, false},
      {one.at_s + 1, one.at_s + delay, false},
      {one.at_s + 1, one.at_s + delay + 1, true},
  }));
  CAPTURE(edge - one.at_s, end - one.at_s);
  Period period;
  period.range = {one.at_s - 3600, end};
  period.boundaries.at = {one.at_s - 3600, edge, end};
  Tally tally(2, 0, 7);
  tally.add(1, Made::row({}, counts_of({0, 0, 0, 0, 1}, {1, 0, 0})));
  CHECK(apply({one, true, true}, tally, period, {}) == moved);
  CHECK(tally.bucket_counts()[0].total() == 0);
  CHECK(tally.bucket_counts()[1].total() == 1);
  period.range.from_s = one.at_s + 1;
  CHECK_FALSE(apply({one, true, true}, tally, period, {}));
  // What cannot be looked for is where the row says.
  period.range.from_s = one.at_s - 3600;
  CHECK(apply({one, false, true}, tally, period, {}));
  CHECK(tally.bucket_counts()[0].total() == 1);
}

TEST_CASE("A sampled row loses one submission, and its margins stay", "[corrections]") {
  List list(list_of(kOne));
  const Correction& one = list.read.value().list[0];
  Tally tally(0, 0, 7);
  Row row = Made::row({}, counts_of({0, 0, 0, 0, 10}, {10, 0, 0}));
  row.rows = 1;
  row.largest_interval = 10;
  row.squares = 100;
  tally.add(0, row);
  const auto margins = tally.sampling().margins();
  CHECK(apply({one, true, true}, {tally, 0, {}}));
  CHECK(tally.totals().in_order() == counts_of({1, 0, 0, 0, 9}, {10, 0, 0}).in_order());
  CHECK(tally.sampling().margins() == margins);
}

namespace {

// ---- the same, counted one by one

struct Submission {
  std::int64_t at_s = 0;
  std::map<std::string, std::string> texts;  // verdict included
  std::array<bool, 3> flags = {};
};

struct Condition {
  std::string dimension;
  bool negated = false;
  bool contains = false;
  std::vector<std::string> values;
};

std::string in_small_letters(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

struct Question {
  std::optional<std::vector<std::string>> reach;
  std::vector<Condition> conditions;
  std::optional<bool> vpn;
  std::vector<std::string> group_by;
  std::int64_t from_s = 0;
  std::int64_t to_s = 0;

  [[nodiscard]] bool wants(const Submission& one) const {
    if (one.at_s < from_s || one.at_s >= to_s || (vpn && one.flags[0] != *vpn)) return false;
    if (reach && std::count(reach->begin(), reach->end(), one.texts.at("project")) == 0) return false;
    for (const Condition& condition : conditions) {
      const std::string text = one.texts.at(condition.dimension);
      bool found = false;
      for (const std::string& value : condition.values) {
        found = found || (condition.contains
                              ? in_small_letters(text).find(in_small_letters(value)) != std::string::npos
                              : text == value);
      }
      if (found == condition.negated) return false;
    }
    return true;
  }
};

using Key = std::pair<std::size_t, std::vector<std::string>>;  // bucket and group
using Counted = std::map<Key, std::array<std::uint64_t, 9>>;

Row row_of(const Submission& one, const Question& question) {
  Row row;
  for (std::size_t n = 0; n < question.group_by.size(); ++n)
    row.texts[n] = one.texts.at(question.group_by[n]);
  const auto& names = schema::kEventTypeNames;
  const auto type = std::find(names.begin(), names.end(), one.texts.at("event_type")) - names.begin();
  row.counts.types[static_cast<std::size_t>(type)] = 1;
  for (std::size_t at = 0; at < 3; ++at) row.counts.flags[at] = one.flags[at] ? 1 : 0;
  row.submissions = row.rows = row.squares = row.largest_interval = 1;
  return row;
}

Counted counted(const std::vector<Submission>& all, const Question& question, const Period& period) {
  Counted out;
  for (const Submission& one : all) {
    if (!question.wants(one)) continue;
    std::size_t bucket = 0;
    while (bucket < period.boundaries.count() && period.boundaries.at[bucket + 1] <= one.at_s) ++bucket;
    std::vector<std::string> texts;
    for (const std::string& name : question.group_by) texts.push_back(one.texts.at(name));
    auto& counts = out[{bucket, texts}];
    const auto more = row_of(one, question).counts.in_order();
    for (std::size_t at = 0; at < counts.size(); ++at) counts[at] += more[at];
  }
  return out;
}

Counted counted(const Tally& tally, std::size_t buckets) {
  Counted out;
  const auto add = [&](std::size_t bucket, const std::vector<std::string>& texts, const Counts& counts) {
    if (counts.total() == 0) return;
    auto& sum = out[{bucket, texts}];
    for (std::size_t at = 0; at < sum.size(); ++at) sum[at] += counts.in_order()[at];
  };
  if (tally.dimensions() == 0) {
    if (buckets == 0) add(0, {}, tally.totals());
    for (std::size_t at = 0; at < buckets; ++at) add(at, {}, tally.bucket_counts()[at]);
    return out;
  }
  for (std::size_t at = 0; at < tally.group_count(); ++at) {
    const Group& group = tally.group(at);
    std::vector<std::string> texts;
    for (std::size_t n = 0; n < tally.dimensions(); ++n) texts.emplace_back(tally.text(group, n));
    CHECK(group.is_emptied == (group.counts.total() == 0));
    if (buckets == 0) add(0, texts, group.counts);
    for (std::uint32_t entry = group.first; entry != kNone; entry = tally.entry(entry).next) {
      add(tally.entry(entry).bucket, texts, tally.entry(entry).counts);
    }
  }
  return out;
}

const std::map<std::string, std::vector<std::string>> kVocabulary = {
    {"project", {"acme", "beta", "acme2"}},
    {"country", {"", "IN", "US", "DE"}},
    {"source", {"", "Google", "google ads", "É,b", "-x", "~y"}},
    {"event_type", {"primary", "follow_up", "test", "blocked", "bot"}},
    {"reason", {"new_person", "known_email", "honeypot_filled", ""}},
};

Submission random_submission(Random& random) {
  Submission out;
  out.at_s = kMidnight + static_cast<std::int64_t>(random.below(6 * 24)) * 3600;
  for (const auto& [name, values] : kVocabulary) out.texts[name] = random.pick(values);
  for (bool& flag : out.flags) flag = random.below(3) == 0;
  return out;
}

Question random_question(Random& random) {
  Question out;
  const std::vector<std::string> names = {"project", "country", "source", "event_type", "reason"};
  if (random.below(2) == 0) {
    out.reach.emplace();
    for (const std::string& project : kVocabulary.at("project")) {
      if (random.below(2) == 0) out.reach->push_back(project);
    }
  }
  for (std::size_t left = random.below(3); left > 0; --left) {
    Condition condition{random.pick(names), random.below(2) == 0, random.below(3) == 0, {}};
    for (std::size_t more = 1 + random.below(2); more > 0; --more) {
      std::string value = random.pick(kVocabulary.at(condition.dimension));
      if (condition.contains) value = value.empty() ? "o" : in_small_letters(value.substr(0, 2));
      condition.values.push_back(value);
    }
    out.conditions.push_back(condition);
  }
  if (random.below(4) == 0) out.vpn = random.below(2) == 0;
  for (std::size_t left = random.below(3); left > 0; --left) {
    const std::string& name = random.pick(names);
    if (std::count(out.group_by.begin(), out.group_by.end(), name) == 0) out.group_by.push_back(name);
  }
  out.from_s = kMidnight + static_cast<std::int64_t>(random.below(3 * 24)) * 3600;
  out.to_s = out.from_s + kDay + static_cast<std::int64_t>(random.below(2 * 24)) * 3600;
  return out;
}

/// The question in the API's own words.
Query asked_as(const Question& question) {
  std::vector<Parameter> parameters;
  for (const Condition& condition : question.conditions) {
    std::string value = condition.negated ? "-" : "";
    if (condition.contains) value += '~';
    for (std::size_t at = 0; at < condition.values.size(); ++at) {
      if (at > 0) value += ',';
      for (const char c : condition.values[at]) {
        if (c == ',' || c == '-' || c == '~') value += '\\';
        value += c;
      }
    }
    parameters.push_back({condition.dimension, value});
  }
  if (question.vpn) parameters.push_back({"vpn", *question.vpn ? "true" : "false"});
  auto query = read_query(Kind::stats, parameters, "");
  REQUIRE(query.has_value());
  return std::move(*query);
}

Dimension dimension_of(const std::string& name) {
  for (std::size_t at = 0; at < schema::kDimensions.size(); ++at) {
    if (schema::kDimensions[at].name == name) return static_cast<Dimension>(at);
  }
  FAIL("no dimension " << name);
  return Dimension::project;
}

void write_verdict(json::Writer& writer, std::string_view name, const Submission& of) {
  writer.key(name);
  writer.begin_object();
  writer.member("event_type", of.texts.at("event_type"));
  writer.member("reason", of.texts.at("reason"));
  writer.end_object();
}

struct Corrected {
  Submission before;
  Submission after;
};

std::string list_of(const std::vector<Corrected>& all) {
  std::string out;
  json::Writer writer(out);
  writer.begin_object();
  writer.key("corrections");
  writer.begin_array();
  for (const auto& [before, after] : all) {
    writer.begin_object();
    writer.member("at", before.at_s);
    writer.member("project", before.texts.at("project"));
    writer.key("dimensions");
    writer.begin_object();
    for (const std::string name : {"country", "source"}) {
      if (!before.texts.at(name).empty()) writer.member(name, before.texts.at(name));
    }
    writer.end_object();
    writer.key("flags");
    writer.begin_array();
    for (std::size_t at = 0; at < 3; ++at) {
      if (before.flags[at]) writer.text(schema::kFlagNames[at]);
    }
    writer.end_array();
    write_verdict(writer, "from", before);
    write_verdict(writer, "to", after);
    writer.end_object();
  }
  writer.end_array();
  writer.end_object();
  writer.finish();
  return out;
}

struct Game {
  explicit Game(std::uint64_t seed) : random(seed), question(random_question(random)) {
    for (std::size_t left = 200; left > 0; --left) points.push_back(random_submission(random));
    now = points;
    for (std::size_t at = 0; at < points.size(); ++at) {
      // Some are corrected twice.
      for (std::size_t times = random.below(4) == 0 ? 1 + random.below(2) : 0; times > 0; --times) {
        const Submission before = now[at];
        now[at].texts["event_type"] = random.pick(kVocabulary.at("event_type"));
        now[at].texts["reason"] = random.pick(kVocabulary.at("reason"));
        corrected.push_back({before, now[at]});
      }
    }
    period.range = {question.from_s, question.to_s};
    const std::int64_t step = random.below(2) == 0 ? 3600 : kDay;
    if (random.below(3) != 0) {
      for (std::int64_t at = kMidnight; at < question.to_s + step; at += step)
        period.boundaries.at.push_back(at);
    }
    for (const std::string& name : question.group_by) dimensions.push_back(dimension_of(name));
  }

  [[nodiscard]] Tally tally_of(const std::vector<Submission>& all) const {
    Tally out(period.boundaries.count(), dimensions.size(), 7);
    for (const Submission& one : all) {
      if (!question.wants(one)) continue;
      const std::size_t bucket = period.boundaries.count() > 0 ? period.boundaries.index_of(one.at_s) : 0;
      out.add(bucket, row_of(one, question));
    }
    return out;
  }

  /// How many were added, less those that were taken.
  std::int64_t correct(Tally& tally) const {
    List list(list_of(corrected));
    REQUIRE(list.read.has_value());
    REQUIRE_FALSE(list.read->missing);
    REQUIRE(list.read->list.size() == corrected.size());
    const Query query = asked_as(question);
    const Scope scope{!question.reach, question.reach.value_or(std::vector<std::string>{})};
    std::int64_t more = 0;
    for (const Correction& one : list.read->list) {
      const Move move = move_of(one, query, scope);
      if (apply(move, tally, period, dimensions)) more += (move.adds ? 1 : 0) - (move.takes ? 1 : 0);
    }
    return more;
  }

  Random random;
  Question question;
  std::vector<Submission> points;  // as they were first judged
  std::vector<Submission> now;
  std::vector<Corrected> corrected;
  Period period;
  std::vector<Dimension> dimensions;
};

}  // namespace

TEST_CASE("Corrected counts are those of submissions that were judged so at once", "[corrections]") {
  std::size_t with_any = 0;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    const Game game(seed);
    CAPTURE(seed);
    Tally tally = game.tally_of(game.points);
    const Counted before = counted(tally, game.period.boundaries.count());
    REQUIRE(before == counted(game.points, game.question, game.period));
    game.correct(tally);
    const Counted after = counted(tally, game.period.boundaries.count());
    REQUIRE(after == counted(game.now, game.question, game.period));
    with_any += after != before ? 1 : 0;
  }
  CHECK(with_any > 150);
}

TEST_CASE("Whatever was not counted, corrected counts still add up", "[corrections]") {
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    Game game(seed);
    CAPTURE(seed);
    std::vector<Submission> seen = game.points;
    seen.erase(std::remove_if(seen.begin(), seen.end(),
                              [&](const Submission&) { return game.random.below(2) == 0; }),
               seen.end());
    Tally tally = game.tally_of(seen);
    const auto before = static_cast<std::int64_t>(tally.totals().total());
    const std::int64_t more = game.correct(tally);
    REQUIRE(static_cast<std::int64_t>(tally.totals().total()) == before + more);
    std::array<std::uint64_t, 9> sum = {};
    for (const auto& [key, counts] : counted(tally, game.period.boundaries.count())) {
      for (std::size_t at = 0; at < sum.size(); ++at) sum[at] += counts[at];
      REQUIRE(*std::max_element(counts.begin() + 6, counts.end()) <= counts[0]);
      REQUIRE(*std::max_element(counts.begin(), counts.end()) < 1000);  // none went below zero
    }
    REQUIRE(sum == tally.totals().in_order());
  }
}
