// What holds of whatever was observed.

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "tests/core/hostile_text.hpp"
#include "tests/core/insights/seen.hpp"

using namespace leadledger;
using namespace leadledger::tests;

namespace {

struct Numbers {
  Random random;
  explicit Numbers(std::uint64_t seed) : random(seed) {}
  std::size_t below(std::size_t end) { return random.below(end); }
  std::string text() { return random.below(9) == 0 ? hostile_bytes(random, 20) : hostile_text(random, 40); }
};

void multiply(reports::Counts& counts, std::uint64_t by) {
  for (std::uint64_t& type : counts.types) type *= by;
  for (std::uint64_t& flag : counts.flags) flag *= by;
}
void multiply(insights::Series& series, std::uint64_t by) {
  multiply(series.now.head, by), multiply(series.now.tail, by);
  for (insights::WindowCounts& window : series.baseline) multiply(window.head, by), multiply(window.tail, by);
}

template <class Item>
void shuffle(Random& random, std::vector<Item>& list) {
  for (std::size_t left = list.size(); left > 1; --left) std::swap(list[left - 1], list[random.below(left)]);
}

/// The numbers that a sentence has outside of quoted values.
std::set<std::string> numbers_in(std::string_view sentence) {
  std::set<std::string> out;
  const std::size_t quoted_to = sentence.find("”");
  if (quoted_to != std::string_view::npos) sentence.remove_prefix(quoted_to);
  std::string number;
  for (const char c : std::string(sentence) + " ") {
    if (c == ',' && !number.empty()) continue;  // between thousands
    if (text::is_digit(c) || (c == '.' && !number.empty())) {
      number += c;
    } else if (!number.empty()) {
      if (number.back() == '.') number.pop_back();
      out.insert(number);
      number.clear();
    }
  }
  return out;
}

}  // namespace

TEST_CASE("Whatever was observed, what is found is well made", "[insights][property]") {
  std::array<int, kAllKinds.size()> kinds = {};
  for (std::uint64_t seed = 1; seed <= 4000; ++seed) {
    Numbers numbers(seed);
    const Seen seen(numbers);
    for (const double least : {schema::kStrengthShown, schema::kStrengthAlertCloses}) {
      const std::string fault = fault_of(seen, least);
      if (!fault.empty()) FAIL("seed " << seed << ": " << fault);
    }
    for (const auto& one : insights::find_insights(seen.observed, kAllKinds, schema::kStrengthShown)) {
      ++kinds[static_cast<std::size_t>(one.kind)];
    }
  }
  // Else nothing was tried.
  for (const int count : kinds) CHECK(count > 50);
}

TEST_CASE("Neither the order of values nor that of earlier windows makes a difference",
          "[insights][property]") {
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    Numbers numbers(seed);
    Seen seen(numbers);
    const auto say = [&] {
      std::string said;
      for (insights::Insight& one :
           insights::find_insights(seen.observed, kAllKinds, schema::kStrengthAlertCloses)) {
        std::sort(one.baseline.begin(), one.baseline.end());
        said += json_of(one);
      }
      return said;
    };
    const std::string before = say();
    for (auto& list : seen.observed.values) {
      shuffle(numbers.random, list);
      for (insights::Series& series : list) std::reverse(series.baseline.begin(), series.baseline.end());
    }
    std::reverse(seen.observed.all.baseline.begin(), seen.observed.all.baseline.end());
    REQUIRE(say() == before);
  }
}

TEST_CASE("Points that each stand for 16 prove as much as as many that stand for one",
          "[insights][property]") {
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    Numbers numbers(seed);
    Seen seen(numbers);
    const auto say = [&] {
      std::string said;
      for (const insights::Insight& one :
           insights::find_insights(seen.observed, kAllKinds, schema::kStrengthShown)) {
        said.append(schema::info(one.kind).name).append(one.value).append(std::to_string(*one.strength)) +=
            ' ';
      }
      return said;
    };
    const std::string before = say();
    seen.each_series([](insights::Series& series) {
      series.largest_interval *= 16;
      multiply(series, 16);
    });
    seen.observed.hours_interval *= 16;
    if (seen.observed.hours_of_day) {
      for (reports::Counts& hour : *seen.observed.hours_of_day) multiply(hour, 16);
    }
    REQUIRE(say() == before);
  }
}

TEST_CASE("A larger sample interval never finds more", "[insights][property]") {
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    Numbers numbers(seed);
    Seen seen(numbers);
    const auto count = [&] {
      return insights::find_insights(seen.observed, kAllKinds, schema::kStrengthShown).size();
    };
    // A silence of the tail may stand where that of the whole window is no longer sure; both are one.
    const std::size_t before = count();
    seen.each_series([](insights::Series& series) { series.largest_interval *= 3; });
    seen.observed.hours_interval *= 3;
    REQUIRE(count() <= before);
  }
}

TEST_CASE("Whoever asks for weaker ones is told all that is shown, and beside it only what is weaker",
          "[insights][property]") {
  std::size_t weaker = 0;
  for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
    Numbers numbers(seed);
    const Seen seen(numbers);
    auto all = insights::find_insights(seen.observed, kAllKinds, schema::kStrengthAlertCloses);
    const auto found = all.size();
    all.erase(std::remove_if(all.begin(), all.end(),
                             [](const auto& one) { return *one.strength < schema::kStrengthShown; }),
              all.end());
    weaker += found - all.size();
    CAPTURE(seed);
    REQUIRE(written(all) ==
            written(insights::find_insights(seen.observed, kAllKinds, schema::kStrengthShown)));
  }
  CHECK(weaker > 100);
}

TEST_CASE("How coarsely one value was sampled changes nothing that is said of others",
          "[insights][property]") {
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    Numbers numbers(seed);
    Seen seen(numbers);
    if (seen.observed.values[0].empty()) continue;
    const std::string_view flooded = seen.observed.values[0][0].value;
    const auto say = [&] {
      auto all = insights::find_insights(seen.observed, kAllKinds, schema::kStrengthAlertCloses);
      all.erase(std::remove_if(all.begin(), all.end(),
                               [&](const auto& one) {
                                 return one.dimension == schema::kInsightDimensions[0] &&
                                        one.value == flooded;
                               }),
                all.end());
      return written(all);
    };
    const std::string before = say();
    seen.observed.values[0][0].largest_interval *= 50;
    seen.observed.largest_interval *= 50;
    REQUIRE(say() == before);
  }
}

TEST_CASE("Every number of a headline is one of the numbers", "[insights][property]") {
  int checked = 0;
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    Numbers numbers(seed);
    const Seen seen(numbers);
    for (const auto& one : insights::find_insights(seen.observed, kAllKinds, schema::kStrengthShown)) {
      std::string json = json_of(one);
      const auto document = json::Document::parse(json);
      REQUIRE(document);
      std::set<std::string> known = {"00"};  // minutes of best hours
      for (const auto member : document->root()["numbers"].members()) {
        const std::string number(member.value.text());
        known.insert(number);
        const double part = std::strtod(number.c_str(), nullptr) * 100;
        std::array<char, 64> out = {};
        std::snprintf(out.data(), out.size(), part < 10 ? "%.1f" : "%.0f", part + 1e-9);
        std::string percent = out.data();
        if (percent.size() > 2 && percent.substr(percent.size() - 2) == ".0")
          percent.resize(percent.size() - 2);
        known.insert(percent);
      }
      const std::int64_t hours = (one.range.to_s - one.range.from_s) / 3600;
      known.insert(std::to_string(hours));
      known.insert(std::to_string(hours / 24));
      for (const std::string& number : numbers_in(document->root()["headline"].string())) {
        CAPTURE(seed, number, std::string(document->root()["headline"].string()), json_of(one));
        if (known.count(number) == 0) FAIL("not among the numbers");
        ++checked;
      }
    }
  }
  CHECK(checked > 1000);
}
