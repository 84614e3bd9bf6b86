#include "core/reports/query.hpp"

#include <catch2/catch.hpp>
#include <set>
#include <string>

#include "core/reports/parameters.hpp"
#include "leadledger/limits.hpp"
#include "tests/core/reports/reading.hpp"

using namespace leadledger;
using namespace leadledger::reports;
using tests::faults;
using tests::read;
using tests::reason;

namespace {

std::string moment(const std::optional<Moment>& moment) {
  if (!moment) return "";
  if (!moment->date) return std::to_string(moment->instant_s);
  return std::to_string(moment->date->year) + "/" + std::to_string(moment->date->month) + "/" +
         std::to_string(moment->date->day);
}

}  // namespace

TEST_CASE("A query that asks for nothing has the defaults", "[report_query]") {
  const auto query = read("");
  REQUIRE(query.has_value());
  CHECK(query->days == 7);
  CHECK_FALSE(query->from.has_value());
  CHECK_FALSE(query->to.has_value());
  CHECK(query->bucket == Bucket::day);
  CHECK(query->timezone.empty());
  CHECK(query->group_by.empty());
  CHECK(query->filters.empty());
  CHECK(query->flags.empty());
  CHECK(query->compare == CompareWith::none);
  CHECK(query->limit == 50);
  CHECK(query->format == ReportFormat::json);
  CHECK_FALSE(query->bom);
  CHECK_FALSE(query->explain);
}

TEST_CASE("Every name of a parameter means one thing", "[report_query]") {
  std::set<std::string_view> names;
  std::size_t count = 0;
  const auto add = [&](std::string_view name) { names.insert(name), ++count; };
  for (const SingleInfo& single : kSingles) add(single.name);
  for (const std::string_view flag : schema::kFlagNames) add(flag);
  for (const schema::DimensionInfo& dimension : schema::kDimensions) {
    add(dimension.name);
    if (!dimension.alias.empty()) add(dimension.alias);
  }
  CHECK(names.size() == count);
  // The table's order is the enumeration's.
  CHECK(info(Single::days).name == "days");
  CHECK(info(Single::group_by).name == "group_by");
  CHECK(info(Single::explain).name == "explain");
}

TEST_CASE("days and limit are whole numbers with an end", "[report_query]") {
  CHECK(read("days=1")->days == 1);
  CHECK(read("days=90")->days == 90);
  CHECK(read("limit=1")->limit == 1);
  CHECK(read("limit=1000")->limit == 1000);
  CHECK(reason(read("days=91")) == "It is a whole number from 1 to 90.");
  CHECK(reason(read("limit=1001")) == "It is a whole number from 1 to 1000.");
  const std::string bad = GENERATE(as<std::string>{}, "0", "1001", "-1", "%2B5", "+5", "5+", "1.0", "1e1",
                                   "0x5", "x", "1,2", "4294967297", "18446744073709551617", "%D9%A1");
  CAPTURE(bad);
  CHECK(faults(read("days=" + bad)) == "days not_allowed");
  CHECK(faults(read("limit=" + bad)) == "limit not_allowed");
}

TEST_CASE("Buckets, comparisons and formats go by their names", "[report_query]") {
  for (std::size_t at = 0; at < schema::kBuckets.size(); ++at) {
    CHECK(read("bucket=" + std::string(schema::kBuckets[at].name))->bucket == static_cast<Bucket>(at));
  }
  for (std::size_t at = 0; at < schema::kCompareWithNames.size(); ++at) {
    const auto query = read("compare=" + std::string(schema::kCompareWithNames[at]));
    CHECK(query->compare == static_cast<CompareWith>(at));
  }
  for (std::size_t at = 0; at < schema::kReportFormats.size(); ++at) {
    const auto query = read("format=" + std::string(schema::kReportFormats[at].name));
    CHECK(query->format == static_cast<ReportFormat>(at));
  }
  CHECK(reason(read("bucket=hour")) == "Allowed are 1min, 15min, 30min, 60min, day, week, month and none.");
  CHECK(reason(read("compare=last")) == "Allowed are none, previous, previous_week and previous_year.");
  CHECK(reason(read("format=xml")) == "Allowed are json, csv and ndjson.");
  const std::string bad = GENERATE(as<std::string>{}, "Day", "day+", "+day", "day,week", "JSON", "no", "0");
  CAPTURE(bad);
  CHECK(faults(read("bucket=" + bad)) == "bucket not_allowed");
  CHECK(faults(read("compare=" + bad)) == "compare not_allowed");
  CHECK(faults(read("format=" + bad)) == "format not_allowed");
}

TEST_CASE("Hours of the week go without groups and with JSON", "[report_query]") {
  CHECK_FALSE(read("")->hour_of_week);
  CHECK(read("include=hour_of_week")->hour_of_week);
  CHECK(read("include=hour_of_week&group_by=none&bucket=none&format=json")->hour_of_week);
  const std::string bad = GENERATE(as<std::string>{}, "none", "1", "hour", "hour_of_week,", ",hour_of_week",
                                   "hour_of_week,hour_of_week", "Hour_of_week");
  CAPTURE(bad);
  CHECK(faults(read("include=" + bad)) == "include not_allowed");
  CHECK(reason(read("include=" + bad)) == "Allowed is hour_of_week.");
  CHECK(faults(read("include=")) == "include empty");
  CHECK(faults(read("include=hour_of_week&include=hour_of_week")) == "include repeated");
  CHECK(reason(read("include=hour_of_week&group_by=city")) ==
        "hour_of_week is counted without groups; leave group_by out.");
  CHECK(reason(read("include=hour_of_week&format=ndjson")) ==
        "Only JSON has room for hour_of_week; ask for format=json.");
  CHECK(faults(read("include=hour_of_week", "text/csv")) == "include not_allowed");
}

TEST_CASE("Groups are sorted by one of the counts", "[report_query]") {
  CHECK(read("group_by=city")->sort == 0);
  for (std::size_t at = 0; at < schema::kCountNames.size(); ++at) {
    CHECK(read("group_by=city&sort=" + std::string(schema::kCountNames[at]))->sort == at);
  }
  CHECK(reason(read("group_by=city&sort=actual")) ==
        "Allowed are total, primary, follow_up, test, blocked, bot, vpn_count, suspicious_count and "
        "hot_count.");
  CHECK(reason(read("sort=bot")) == "Only groups are sorted; give group_by too.");
  CHECK(faults(read("sort=total&group_by=none")) == "sort not_allowed");
  CHECK(faults(read("sort=&group_by=city")) == "sort empty");
}

TEST_CASE("from and to are local dates or instants", "[report_query]") {
  const auto [text, from] = GENERATE(table<std::string, std::string>({
      {"2026-11-01", "2026/11/1"},
      {"2024-02-29", "2024/2/29"},
      {"0001-01-01", "1/1/1"},
      {"9999-12-31", "9999/12/31"},
      {"1970-01-01T00:00:00Z", "0"},
      {"2026-11-01T00:00:00Z", "1793491200"},
      {"2026-11-01T00:00:00%2B05:30", "1793471400"},
      {"2026-11-01T00:00:00+05:30", "1793471400"},    // a + in a query is a space
      {"2026-11-01T00:00:00%2005:30", "1793471400"},  // the same
      {"2026-11-01T00:00:00.25+05:30", "1793471400"},
      {"2026-11-01+00:00:00+05:30", "1793471400"},
      {"2026-11-01t00:00:00z", "1793491200"},
      {"2026-11-01T00:00:00-04:00", "1793505600"},
      {"2026-11-01T00:00:00.999Z", "1793491200"},
      {"1969-12-31T23:59:59.001Z", "-1"},  // towards the past, as everywhere
      {"0001-01-01T00:00:00Z", "-62135596800"},
      {"9999-12-31T23:59:59.999Z", "253402300799"},
  }));
  CAPTURE(text);
  const auto query = read("from=" + text);
  REQUIRE(query.has_value());
  CHECK(moment(query->from) == from);
  CHECK_FALSE(query->to.has_value());
  CHECK(query->days == 0);
  const auto both = read("to=" + text + "&from=2026-01-01");
  REQUIRE(both.has_value());
  CHECK(moment(both->to) == from);
  CHECK(moment(both->from) == "2026/1/1");
}

TEST_CASE("What is no date and no instant is refused, with examples", "[report_query]") {
  const std::string bad = GENERATE(
      as<std::string>{}, "today", "2026", "2026-11", "2026-11-31", "2026-02-29", "2026-1-1", "2026-11-01+",
      "+2026-11-01", "2026-11-01T00:00:00", "2026-11-01T00:00Z", "2026-11-01T00:00:00+0530",
      "2026-11-01T00:00:00++05:30", "2026-11-01T00:00:00%2B+05:30", "2026-11-01T24:00:00Z",
      "2026-11-01T00:00:60Z", "2026-11-01T00:00:00Z+05:30", "2026-11-01+05:30", "20261101", "1793491200",
      "0000-01-01", "0001-01-01T00:00:00%2B00:01", "9999-12-31T23:59:59-00:01", "-2026-11-01", "%20");
  CAPTURE(bad);
  CHECK(faults(read("from=" + bad)) == "from not_allowed");
  CHECK(faults(read("from=2026-11-01&to=" + bad)) == "to not_allowed");
  CHECK(reason(read("from=" + bad)) ==
        "It is a local date such as 2026-11-01, or an instant with its offset such as "
        "2026-11-01T00:00:00+05:30.");
}

TEST_CASE("days does not go with from and to, and to not without from", "[report_query]") {
  CHECK(faults(read("days=7&from=2026-11-01")) == "days not_allowed");
  CHECK(faults(read("from=2026-11-01&to=2026-11-02&days=7")) == "days not_allowed");
  CHECK(faults(read("days=7&to=2026-11-02")) == "days not_allowed; to not_allowed");
  CHECK(faults(read("to=2026-11-02")) == "to not_allowed");
  CHECK(reason(read("to=2026-11-02")) == "It is given together with from.");
  CHECK(faults(read("days=x&from=y")) == "days not_allowed; from not_allowed");
}

TEST_CASE("A time zone has the shape of an IANA name", "[report_query]") {
  const auto [text, zone] = GENERATE(table<std::string, std::string>({
      {"Asia/Kolkata", "Asia/Kolkata"},
      {"UTC", "UTC"},
      {"America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"},
      {"America%2FPort-au-Prince", "America/Port-au-Prince"},
      {"Etc/GMT%2B5", "Etc/GMT+5"},
      {"Etc/GMT+5", "Etc/GMT+5"},
      {"Etc/GMT-14", "Etc/GMT-14"},
      {"Not/A_Zone", "Not/A_Zone"},
  }));
  CAPTURE(text);
  const auto query = read("timezone=" + text);
  REQUIRE(query.has_value());
  CHECK(query->timezone == zone);
  CHECK(read("timezone=" + std::string(64, 'a')).has_value());
  const std::string bad = GENERATE(as<std::string>{}, "%2B05:30", "+05:30", "05:30", "-03:00", "UTC%2B05:30",
                                   "/etc", "..", "a..b", "_", "a%27", "a%5C", "a%0A", "Asia/K%C3%B6ln");
  CAPTURE(bad);
  CHECK(faults(read("timezone=" + bad)) == "timezone not_allowed");
  CHECK(reason(read("timezone=" + bad)) ==
        "It is a name of the IANA time zone database, such as Asia/Kolkata or UTC, not an offset.");
  CHECK(faults(read("timezone=" + std::string(65, 'a'))) == "timezone not_allowed");
}

TEST_CASE("Groups are none, or one or two different dimensions", "[report_query]") {
  CHECK(read("group_by=none")->group_by.empty());
  for (std::size_t at = 0; at < schema::kDimensions.size(); ++at) {
    const auto query = read("group_by=" + std::string(schema::kDimensions[at].name));
    REQUIRE(query.has_value());
    CHECK(query->group_by == std::vector{static_cast<Dimension>(at)});
  }
  CHECK(read("group_by=type")->group_by == std::vector{Dimension::event_type});
  CHECK(read("group_by=type,city")->group_by == std::vector{Dimension::event_type, Dimension::city});
  CHECK(read("group_by=city%2Ctype")->group_by == std::vector{Dimension::city, Dimension::event_type});
  const std::string bad =
      GENERATE(as<std::string>{}, "nothing", "country,", ",country", ",", "country,country",
               "type,event_type", "country,city,region", "none,country", "country,none", "none,none",
               "Country", "country;city", "lead_id", "blob1", "hot", "+country");
  CAPTURE(bad);
  CHECK(faults(read("group_by=" + bad)) == "group_by not_allowed");
  CHECK(reason(read("group_by=" + bad)).find("or two different ones") != std::string::npos);
}

TEST_CASE("Flags are true or false", "[report_query]") {
  const auto query = read("hot=true&vpn=false");
  REQUIRE(query.has_value());
  REQUIRE(query->flags.size() == 2);
  CHECK(query->flags[0].flag == schema::Flag::vpn);
  CHECK_FALSE(query->flags[0].value);
  CHECK(query->flags[1].flag == schema::Flag::hot);
  CHECK(query->flags[1].value);
  for (const std::string_view flag : schema::kFlagNames) {
    const std::string name(flag);
    for (const char* bad : {"1", "0", "yes", "TRUE", "true,false", "-true", "+true"}) {
      CAPTURE(name, bad);
      CHECK(faults(read(name + "=" + bad)) == name + " not_allowed");
      CHECK(reason(read(name + "=" + bad)) == "It is true or false.");
    }
    CHECK(faults(read(name + "=")) == name + " empty");
    CHECK(faults(read(name + "=true&" + name + "=true")) == name + " repeated");
  }
}

TEST_CASE("bom and explain are yes or no; a byte order mark needs CSV", "[report_query]") {
  for (const char* yes : {"1", "true"}) {
    CHECK(read(std::string("explain=") + yes)->explain);
    CHECK(read(std::string("format=csv&bom=") + yes)->bom);
    CHECK(read(std::string("bom=") + yes, "text/csv")->bom);
    CHECK(faults(read(std::string("bom=") + yes)) == "bom not_allowed");
    CHECK(faults(read(std::string("bom=") + yes + "&format=ndjson", "text/csv")) == "bom not_allowed");
    // Which format was meant is not known here, so nothing is said of the mark.
    CHECK(faults(read(std::string("bom=") + yes + "&format=CSV")) == "format not_allowed");
  }
  for (const char* no : {"0", "false"}) {
    const auto query = read(std::string("explain=") + no + "&bom=" + no);
    REQUIRE(query.has_value());
    CHECK_FALSE(query->explain);
    CHECK_FALSE(query->bom);
  }
  for (const char* bad : {"2", "yes", "True", "01", "+1"}) {
    CHECK(faults(read(std::string("explain=") + bad)) == "explain not_allowed");
    CHECK(faults(read(std::string("format=csv&bom=") + bad)) == "bom not_allowed");
  }
}

TEST_CASE("The format parameter wins over Accept, and every format asks for the same", "[report_query]") {
  CHECK(read("", "text/csv")->format == ReportFormat::csv);
  CHECK(read("format=json", "text/csv")->format == ReportFormat::json);
  CHECK(read("format=ndjson", "text/csv")->format == ReportFormat::ndjson);
  CHECK(normalised(*read("compare=previous", "text/csv")) == normalised(*read("compare=previous")));
  CHECK(normalised(*read("compare=previous&format=ndjson")) == normalised(*read("compare=previous")));
  CHECK(read("compare=previous&format=json", "text/csv")->compare == CompareWith::previous);
}

TEST_CASE("Single parameters are neither empty nor repeated", "[report_query]") {
  for (std::size_t at = 0; at < kSingles.size(); ++at) {
    const auto single = static_cast<Single>(at);
    if (!is_taken(Kind::stats, info(single))) continue;
    const std::string name(info(single).name);
    const std::string with = name == "to" ? "from=2026-11-01&" : "";
    CAPTURE(name);
    CHECK(faults(read(with + name + "=")) == name + " empty");
    CHECK(faults(read(with + name)) == name + " empty");
    CHECK(reason(read(with + name + "=")) == "It has no value. " + allowed(Kind::stats, single));
    CHECK(faults(read(with + name + "=x&" + name + "=x")) == name + " repeated");
    CHECK(faults(read(with + name + "=&" + name + "=&" + name + "=")) == name + " repeated");
  }
}

TEST_CASE("Unknown parameters are told what is allowed, once", "[report_query]") {
  const auto query = read("day=7&Country=IN&=1&day=8&days%20=7&blob1=x");
  CHECK(faults(query) == "day unknown; Country unknown; ? unknown; days  unknown; blob1 unknown");
  const std::string all = reason(query);
  CHECK(all ==
        "There is no such parameter. Allowed are days, from, to, bucket, timezone, group_by, compare, "
        "include, sort, limit, "
        "format, bom, explain, vpn, "
        "suspicious and hot, and the dimensions event_type (or type), project, source, country, region, "
        "city, referer, cta, utm_source, utm_medium, utm_campaign, utm_term, utm_content, engagement, "
        "temperature, device, browser, channel, landing_path, reason.");
  CHECK(query.error().fields[1].reason == "There is no such parameter either.");
  CHECK(query.error().detail ==
        "The parameter day is not allowed as it is. " + all + " Other parameters are not allowed either.");
}

TEST_CASE("A name that is shown is cut, between its characters", "[report_query]") {
  std::string name = "x";
  for (int i = 0; i < 100; ++i) name += "\u00E9";
  const auto query = read(tests::encoded(name) + "=1");
  REQUIRE(faults(query).size() > 90);
  CHECK(query.error().fields[0].name == name.substr(0, 99));
  CHECK(query.error().detail.size() < 1000);
}

TEST_CASE("All that is wrong is said at once", "[report_query]") {
  const auto query = read(
      "days=0&bucket=hour&bucket=day&timezone=&group_by=x&city=~&channel=tv&channel=radio&"
      "channel=%5C&vpn=1&limit=&nope=1&format=csv");
  CHECK(query.error().code == ErrorCode::bad_parameter);
  CHECK(faults(query) ==
        "bucket repeated; city empty; channel not_allowed; channel not_allowed; nope unknown; "
        "days not_allowed; timezone empty; vpn not_allowed; group_by not_allowed; limit empty");
}

TEST_CASE("The summary takes the range, the zone and the filters, and fixes the rest", "[report_query]") {
  const auto summary = [](std::string_view text) { return read(text, "text/csv", Kind::summary); };
  const auto query = summary("days=30&timezone=UTC&country=IN&type=-bot&hot=true&explain=1");
  REQUIRE(query.has_value());
  CHECK(query->days == 30);
  CHECK(query->timezone == "UTC");
  CHECK(query->filters.size() == 2);
  CHECK(query->flags.size() == 1);
  CHECK(query->explain);
  CHECK(query->format == ReportFormat::json);
  CHECK(query->bucket == Bucket::minutes_60);
  CHECK(query->compare == CompareWith::previous);
  CHECK(query->group_by.empty());
  CHECK(summary("from=2026-11-01&to=2026-11-08").has_value());
  const std::string name = GENERATE(as<std::string>{}, "bucket", "group_by", "compare", "include", "sort",
                                    "limit", "format", "bom");
  CAPTURE(name);
  CHECK(faults(summary(name + "=1")) == name + " unknown");
  CHECK(faults(summary(name + "=&" + name + "=")) == name + " unknown");
  CHECK(reason(summary("x=1"))
            .rfind("There is no such parameter. Allowed are days, from, to, timezone, explain, vpn,", 0) ==
        0);
}

TEST_CASE("A query has an end, and a bad one gets no endless answer", "[report_query]") {
  const std::string value(schema::kMaxReportQueryBytes - 4, 'a');
  CHECK(read("city=" + value).has_value());
  const auto over = read("city=" + value + "a");
  CHECK(faults(over) == "? too_long");
  CHECK(reason(over) == "All parameters together may have 16384 bytes.");
  std::string many;
  for (int i = 0; i < 3000; ++i) many += "n" + std::to_string(i) + "&";
  const auto unknown = read(many);
  REQUIRE_FALSE(unknown.has_value());
  CHECK(unknown.error().fields.size() == 50);
  std::size_t bytes = unknown.error().detail.size();
  for (const FieldError& field : unknown.error().fields) bytes += field.reason.size();
  CHECK(bytes < 4000);
  std::string same;
  for (int i = 0; i < 8000; ++i) same += "a=&";
  CHECK(faults(read(same)) == "a unknown");
}

TEST_CASE("Filters have so many conditions as a parser takes, and codes are never cut to other codes",
          "[report_query]") {
  std::string contains = "cta=~x0";
  for (int at = 1; at < 60; ++at) contains += ",x" + std::to_string(at);
  CHECK(read(contains).has_value());
  CHECK(faults(read(contains + ",x60")) == "cta too_many");
  CHECK(faults(read(contains + "&city=Pune")) == "cta too_many");
  std::string list = "city=-0";
  for (int at = 1; at < 200; ++at) list += "," + std::to_string(at);
  CHECK(read(list).has_value());
  CHECK(faults(read("country=AUT")) == "country too_long");
  CHECK(faults(read("country=-%E6%97%A5%E6%9C%AC")) == "country too_long");
  CHECK(faults(read("project=" + std::string(65, 'a'))) == "project too_long");
  CHECK(read("cta=" + std::string(400, 'a'))->filters[0].values[0].size() == 300);
  CHECK(faults(read("explain=1&format=csv")) == "explain not_allowed");
}
