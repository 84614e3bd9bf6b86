// The normalised text: equal for queries that ask the same, and for no others.

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <string>
#include <vector>

#include "core/reports/query.hpp"
#include "tests/core/hostile_text.hpp"
#include "tests/core/reports/reading.hpp"

using namespace leadledger;
using namespace leadledger::reports;
using tests::encoded;
using tests::Random;
using tests::read;

namespace {

std::string text_of(std::string_view url_query, std::string_view accept = "") {
  const auto query = read(url_query, accept);
  REQUIRE(query.has_value());
  return normalised(*query);
}

/// A parameter's name and the ways to write its value.
struct Part {
  std::string name;
  bool negated = false;
  bool contains = false;
  std::vector<std::string> values;  // one plain value where it is no filter
};

/// Texts that look like something else.
const std::string& nasty(Random& random) {
  static const std::vector<std::string> kTexts = {
      "",       "a",        "b",       "A",  "a,b",  "-a",        "~a",          "\\",    "\\a",
      "a\\",    "a&city=b", "a&city",  "=",  "a=b",  "%2C",       "a%26city%3D", "a b",   "a+b",
      ",",      ",,",       "-",       "~",  "-~a",  "none",      "'",           "\"",    "a#b",
      "\u00E9", "e",        "a\u2019", "IN", "true", "&hot=true", "7",           "a/b:c", "\u29F5"};
  return random.pick(kTexts);
}

std::vector<Part> random_parts(Random& random) {
  std::vector<Part> parts;
  const auto maybe = [&](const char* name, const std::vector<std::string>& values) {
    if (random.below(3) == 0) parts.push_back({name, false, false, {random.pick(values)}});
  };
  maybe("days", {"1", "7", "77"});
  maybe("bucket", {"day", "week", "none"});
  maybe("timezone", {"UTC", "Etc/GMT+5", "Asia/Kolkata"});
  maybe("group_by", {"none", "city", "cta", "city,cta", "cta,city"});
  maybe("compare", {"none", "previous"});
  maybe("include", {"hour_of_week"});
  maybe("hot", {"true", "false"});
  maybe("vpn", {"true", "false"});
  for (const char* name : {"city", "cta", "utm_term"}) {
    for (std::size_t left = random.below(3); left > 0; --left) {
      Part part{name, random.below(3) == 0, random.below(3) == 0, {}};
      for (std::size_t values = 1 + random.below(2); values > 0; --values)
        part.values.push_back(nasty(random));
      parts.push_back(part);
    }
  }
  return parts;
}

template <class List>
void shuffle(Random& random, List& list) {
  for (std::size_t at = list.size(); at > 1; --at) std::swap(list[at - 1], list[random.below(at)]);
}

/// One of the spellings of the parts.
std::string spelled(Random& random, std::vector<Part> parts) {
  shuffle(random, parts);
  std::string out;
  for (Part& part : parts) {
    std::string value;
    const bool filter = part.name == "city" || part.name == "cta" || part.name == "utm_term";
    if (part.negated) value += '-';
    if (part.contains) value += '~';
    shuffle(random, part.values);
    if (random.below(2) == 0) part.values.push_back(part.values.front());
    if (!filter) part.values.resize(1);
    for (std::size_t at = 0; at < part.values.size(); ++at) {
      if (at > 0) value += ',';
      for (const char c : part.values[at]) {
        const bool meaning = c == ',' || c == '\\' || c == '-' || c == '~';
        const bool ascii = static_cast<unsigned char>(c) < 0x80;
        if (filter && (meaning || (ascii && random.below(4) == 0))) value += '\\';
        value += c;
      }
    }
    out += std::string(random.below(3), '&') + encoded(part.name) + "=" + encoded(value) + "&";
    if (filter && random.below(4) == 0) out += encoded(part.name) + "=" + encoded(value) + "&";
  }
  return out;
}

/// All that a query asks of the data, each text with its length in front.
std::string fingerprint(const Query& query) {
  std::string out;
  const auto add = [&](const std::string& text) { out += std::to_string(text.size()) + ":" + text; };
  const auto number = [&](auto value) { add(std::to_string(static_cast<long long>(value))); };
  number(query.days), number(query.bucket), number(query.compare), number(query.hour_of_week);
  add(query.timezone);
  number(query.group_by.size());
  for (const Dimension dimension : query.group_by) number(dimension);
  number(query.filters.size());
  for (const Filter& filter : query.filters) {
    number(filter.dimension), number(filter.negated), number(filter.contains), number(filter.values.size());
    for (const std::string& value : filter.values) add(value);
  }
  for (const FlagFilter& flag : query.flags) number(flag.flag), number(flag.value);
  return out;
}

}  // namespace

TEST_CASE("The normalised text is a readable query", "[query_text]") {
  CHECK(text_of("") == "days=7&bucket=day&group_by=none&compare=none");
  CHECK(text_of("compare=previous&to=2026-11-02T00:00:00%2B05:30&from=2026-11-01&bucket=none&hot=true&"
                "vpn=false&city=-Pune,Agra&type=primary&timezone=Etc/GMT%2B5&group_by=type,city") ==
        "from=2026-11-01&to=2026-11-01T18:30:00.000Z&bucket=none&timezone=Etc/GMT%2B5&"
        "group_by=event_type,city&event_type=primary&city=-Agra,Pune&vpn=false&hot=true&compare=previous");
  CHECK(text_of("cta=a%26b%3Dc+%25,%5C-d,e%5C,") ==
        "days=7&bucket=day&group_by=none&cta=%5C-d,a%26b%3Dc%20%25,e%5C,&compare=none");
}

TEST_CASE("Queries that ask the same have the same text", "[query_text]") {
  const auto [one, other] = GENERATE(table<std::string, std::string>({
      {"", "days=7"},
      {"days=7", "days=007"},
      {"bucket=day&group_by=none&compare=none", ""},
      {"type=bot", "event_type=bot"},
      {"group_by=type", "group_by=event_type"},
      {"city=a,b", "city=b,a,b"},
      {"city=a&cta=b", "cta=b&city=a"},
      {"city=a&city=a", "city=a"},
      {"city=~A", "city=~a"},
      {"city=O'Brien", "city=O%E2%80%99Brien"},
      {"city=e%CC%81", "city=%C3%A9"},
      {"city=a%20%20b", "city=+a+b+"},
      {"from=2026-11-01T00:00:00Z", "from=2026-11-01T05:30:00%2B05:30"},
      {"from=2026-11-01T00:00:00Z", "from=2026-11-01T00:00:00.7Z"},
      {"limit=5&explain=1", "limit=6"},
      {"group_by=city&sort=bot", "group_by=city&sort=primary"},
      {"group_by=city", "group_by=city&sort=total"},
      {"format=csv&bom=1", "format=ndjson"},
      {"format=csv", "format=json"},
      {"format=csv&compare=previous", "compare=previous"},
  }));
  CAPTURE(one, other);
  CHECK(text_of(one) == text_of(other));
}

TEST_CASE("Queries that ask for different things have different texts", "[query_text]") {
  const std::vector<std::string> queries = {
      "",
      "days=8",
      "from=2026-11-01",
      "from=2026-11-01T00:00:00Z",
      "from=2026-11-01&to=2026-11-02",
      "from=2026-11-01&to=2026-11-02T00:00:00Z",
      "from=2026-11-01T00:00:00Z&to=2026-11-02",
      "bucket=week",
      "timezone=UTC",
      "group_by=city",
      "group_by=city,cta",
      "group_by=cta,city",
      "compare=previous",
      "include=hour_of_week",
      "hot=true",
      "hot=false",
      "vpn=true",
      "temperature=hot",
      "city=",
      "city=-",
      "city=a",
      "city=A",
      "city=-a",
      "city=%5C-a",
      "city=~a",
      "city=%5C~a",
      "city=-~a",
      "city=-%5C~a",
      "city=a,b",
      "city=a%5C,b",
      "city=a&city=b",
      "city=a,",
      "cta=a",
      "city=a%26cta=a",
      "city=a&cta=a",
      "city=a%252Cb",
  };
  std::map<std::string, std::string> seen;
  for (const std::string& query : queries) {
    const auto [known, is_new] = seen.emplace(text_of(query), query);
    CAPTURE(query, known->second);
    CHECK(is_new);
  }
}

TEST_CASE("The text does not depend on order and spelling, and tells queries apart", "[query_text]") {
  Random random(21);
  std::map<std::string, std::string> texts;         // text to fingerprint
  std::map<std::string, std::string> fingerprints;  // and back
  int asked = 0;
  for (int round = 0; round < 6000; ++round) {
    const std::vector<Part> parts = random_parts(random);
    const auto query = read(spelled(random, parts));
    if (!query) continue;  // "contains nothing"
    ++asked;
    const std::string text = normalised(*query);
    const auto other = read(spelled(random, parts));
    REQUIRE(other.has_value());
    CHECK(normalised(*other) == text);
    const std::string print = fingerprint(*query);
    CHECK(texts.emplace(text, print).first->second == print);
    CHECK(fingerprints.emplace(print, text).first->second == text);
    const auto again = read(text);
    REQUIRE(again.has_value());
    CHECK(fingerprint(*again) == print);
    CHECK(normalised(*again) == text);
  }
  CHECK(asked > 3000);
  CHECK(texts.size() > 1000);
  CHECK(texts.size() < static_cast<std::size_t>(asked));
}
