#include "core/reports/answer_reader.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>

#include "tests/core/reports/answers.hpp"

using namespace leadledger;
using namespace leadledger::tests;
using namespace leadledger::tests::answers;

namespace {

Members with(Members row, const std::string& name, const std::string& value) {
  for (Member& member : row) {
    if (member.first == name) member.second = value;
  }
  return row;
}

/// Rows with short and long texts, escapes, and numbers of all sizes.
std::vector<Members> varied_rows(Random& random, bool has_cell, std::size_t dimensions, std::size_t count) {
  static const std::vector<std::string> kTexts = {
      "",       "a",      "Fr\u00fchling",         "12345678", "\\/landing\\/page",
      "a\\\"b", "{}[],:", "\\u2028\\ud83d\\ude00", "tab\\t"};
  std::vector<Members> rows(count, counting_row(has_cell, dimensions));
  for (Members& row : rows) {
    for (Member& member : row) {
      if (member.first[0] == 'd') {
        member.second = quoted(random.pick(kTexts) + random.pick(kTexts));
      } else {
        const std::string number = std::to_string(random.next() >> (24 + random.below(40)));
        member.second = random.below(2) == 0 ? number : quoted(number);
      }
    }
  }
  return rows;
}

std::string broken_row(const std::string& name, const std::string& value) {
  return answer({counting_row(true, 1), with(counting_row(true, 1), name, value), counting_row(true, 1)});
}

}  // namespace

TEST_CASE("An answer's columns arrive where they belong, in every layout", "[reports]") {
  const Layout layout = GENERATE(as<Layout>{}, kLocalEngine, kSmallest, kClickHouse);
  const bool has_cell = GENERATE(true, false);
  const std::size_t dimensions = GENERATE(as<std::size_t>{}, 0, 1, 2, 4);
  Rows rows;
  reports::AnswerReader reader(has_cell, dimensions, rows);
  const std::string text = answer(std::vector<Members>(3, counting_row(has_cell, dimensions)), layout);
  REQUIRE(reader.feed(text));
  REQUIRE(reader.finish());
  CHECK(reader.rows() == 3);
  CHECK(reader.bytes() == text.size());
  CHECK(reader.fault().empty());
  REQUIRE(rows.kept.size() == 3);
  for (const KeptRow& kept : rows.kept) {
    CHECK(kept.row.cell == (has_cell ? 3 : 0));
    for (std::size_t n = 0; n < 4; ++n) {
      CHECK(kept.texts[n] == (n < dimensions ? "text " + std::to_string(n) : ""));
    }
    CHECK(kept.row.submissions == 1);
    CHECK(kept.row.counts.types == std::array<std::uint64_t, 5>{2, 3, 4, 5, 6});
    CHECK(kept.row.counts.flags == std::array<std::uint64_t, 3>{7, 8, 9});
    CHECK(kept.row.rows == 10);
    CHECK(kept.row.largest_interval == 11);
    CHECK(kept.row.squares == 12);
    CHECK(kept.row.newest_s == 13);
  }
}

TEST_CASE("ClickHouse's own printing and other orders of members are read", "[reports]") {
  const std::string row = written(counting_row(false, 1), kClickHouse);
  const std::string text =
      "{\n\t\"meta\":\n\t[\n\t\t{\n\t\t\t\"name\": \"d0\",\n\t\t\t\"type\": \"String\"\n\t\t}\n\t],\n\n"
      "\t\"data\":\n\t[" +
      row + "," + row +
      "\n\t],\n\n\t\"rows\": 2,\n\n"
      "\t\"statistics\":\n\t{\n\t\t\"elapsed\": 0.0012e-1,\n\t\t\"ok\": [true, null, {}, []]\n\t}\n}\n";
  CHECK(read_whole(text, false, 1).count == 2);
  CHECK(read_whole(text, false, 1).ok);
  CHECK(read_whole("{\"rows\":2,\"data\":[" + row + "," + row + "]}", false, 1).ok);

  Members turned = counting_row(true, 2);
  const std::string expected = read_whole(answer({turned, turned, turned}), true, 2).rows;
  Members other = turned;
  std::reverse(other.begin(), other.end());
  const Reading reading = read_whole(answer({turned, other, turned}), true, 2);
  CHECK(reading.ok);
  CHECK(reading.rows == expected);
}

TEST_CASE("Escapes of texts, and what is no UTF-8, become characters", "[reports]") {
  const auto [json, meant] = GENERATE(table<std::string, std::string>({
      {R"(\"\\\/\b\f\n\r\t)", "\"\\/\b\f\n\r\t"},
      {R"(\u0041\u00e9\u20AC\uD83D\uDE00)", "A\u00e9\u20ac\U0001F600"},
      {R"(\u0000)", std::string(1, '\0')},
      {R"(a\ud83d)", "a\uFFFD"},
      {R"(\ude00b)",
       "\uFFFD"
       "b"},
      {R"(\ud83d\u0041)",
       "\uFFFD"
       "A"},
      {R"(\ud83dA)",
       "\uFFFD"
       "A"},
      {"12345678\xff", "12345678\uFFFD"},
      {"\xc3(", "\uFFFD("},
      {"\\/\xed\xa0\x80", "/\uFFFD\uFFFD\uFFFD"},
      {"\x7f'", "\x7f'"},
  }));
  CAPTURE(json);
  Rows rows;
  reports::AnswerReader reader(true, 1, rows);
  const Members row = with(counting_row(true, 1), "d0", quoted(json));
  REQUIRE(reader.feed(answer({counting_row(true, 1), row, row})));
  REQUIRE(reader.finish());
  CHECK(rows.kept[0].texts[0] == "text 0");
  CHECK(rows.kept[1].texts[0] == meant);
  CHECK(rows.kept[2].texts[0] == meant);
}

TEST_CASE("An aggregate over nothing is a row of zeros, and no row at all is an answer", "[reports]") {
  Members zeros = counting_row(false, 0);
  for (Member& member : zeros)
    member.second = member.first == "m_most" || member.first == "m_newest" ? "0" : "\"0\"";
  Rows rows;
  reports::AnswerReader reader(false, 0, rows);
  REQUIRE(reader.feed(answer({zeros})));
  REQUIRE(reader.finish());
  REQUIRE(rows.kept.size() == 1);
  CHECK(rows.kept[0].row.counts.total() == 0);
  CHECK(rows.kept[0].row.newest_s == 0);
  CHECK(read_whole(answer({}), true, 2).ok);
  CHECK(read_whole(answer({}, kClickHouse), true, 2).count == 0);
}

TEST_CASE("An answer reads the same in pieces of any size", "[reports]") {
  const Layout layout = GENERATE(as<Layout>{}, kLocalEngine, kSmallest, kClickHouse);
  Random random(7);
  const std::string text = answer(varied_rows(random, true, 2, 12), layout);
  const Reading whole = read_whole(text, true, 2);
  REQUIRE(whole.ok);
  REQUIRE(whole.count == 12);
  for (std::size_t first = 0; first <= text.size(); ++first) {
    bool begun = false;
    const Reading split =
        read_in_pieces(text, true, 2, [&] { return std::exchange(begun, true) ? text.size() : first; });
    if (split.rows != whole.rows || !split.ok) FAIL("split at " << first << ": " << split.fault);
  }
  for (std::size_t size = 1; size < 700; size += 1 + size / 16) {
    const Reading pieces = read_in_pieces(text, true, 2, [&] { return size; });
    if (pieces.rows != whole.rows || !pieces.ok) FAIL("pieces of " << size << ": " << pieces.fault);
  }
  SUCCEED();
}

TEST_CASE("An answer that is cut off anywhere is a fault", "[reports]") {
  const Layout layout = GENERATE(as<Layout>{}, kLocalEngine, kClickHouse);
  Random random(8);
  const std::string text = answer(varied_rows(random, true, 1, 5), layout);
  REQUIRE(read_whole(text, true, 1).ok);
  for (std::size_t size = 0; size < text.size(); ++size) {
    const Reading cut = read_whole(text.substr(0, size), true, 1);
    if (cut.ok || cut.fault.empty()) FAIL("cut to " << size);
    if (read_in_pieces(text.substr(0, size), true, 1, [] { return 7; }).ok)
      FAIL("cut to " << size << ", in pieces");
  }
  SUCCEED();
}

TEST_CASE("A row that is not as it must be is a fault", "[reports]") {
  REQUIRE(read_whole(broken_row("m_test", "\"5\""), true, 1).ok);
  SECTION("a count") {
    const std::string value = GENERATE(
        as<std::string>{}, "null", "-1", "\"-1\"", "1.5", "1.0", "1e3", "01", "\"01\"", "\"\"", "\"1 \"",
        "\" 1\"", "true", "{}", "[1]", "\"12", "12\"", "+1", "\"+1\"", "", "nan", "\"x\"", "0x10",
        "9007199254740992", "\"9007199254740991\"", "18446744073709551617", "99999999999999999999999", "--1");
    CAPTURE(value);
    CHECK_FALSE(read_whole(broken_row("m_test", value), true, 1).ok);
    CHECK_FALSE(read_whole(broken_row("m_test", value), true, 1).fault.empty());
    CHECK_FALSE(read_in_pieces(broken_row("m_test", value), true, 1, [] { return 1; }).ok);
  }
  SECTION("squares and cells have limits of their own") {
    CHECK(read_whole(broken_row("m_squares", "\"9223372036854775807\""), true, 1).ok);
    CHECK_FALSE(read_whole(broken_row("m_squares", "\"9223372036854775808\""), true, 1).ok);
    CHECK(read_whole(broken_row("cell", "\"-12\""), true, 1).rows.find("\n-12|") != std::string::npos);
    CHECK(read_whole(broken_row("cell", "-9007199254740991"), true, 1).ok);
    CHECK_FALSE(read_whole(broken_row("cell", "-9007199254740992"), true, 1).ok);
    CHECK_FALSE(read_whole(broken_row("cell", "\"-\""), true, 1).ok);
    CHECK_FALSE(read_whole(broken_row("cell", "--1"), true, 1).ok);
  }
  SECTION("a text") {
    const std::string value =
        GENERATE(as<std::string>{}, "null", "1", "x", "\"a\nb\"", "\"12345678\x1f\"", "\"\\x\"",
                 "\"\\u12g4\"", "\"\\u12\"", "\"\\\"", "[\"a\"]", "\"a\"\"b\"");
    CAPTURE(value);
    CHECK_FALSE(read_whole(broken_row("d0", value), true, 1).ok);
    CHECK_FALSE(read_in_pieces(broken_row("d0", value), true, 1, [] { return 1; }).ok);
  }
}

TEST_CASE("Missing, repeated and unknown members of a row are faults", "[reports]") {
  const Members whole = counting_row(true, 1);
  for (std::size_t at = 0; at < whole.size(); ++at) {
    Members missing = whole;
    missing.erase(missing.begin() + static_cast<std::ptrdiff_t>(at));
    Members twice = whole;
    twice.insert(twice.begin() + static_cast<std::ptrdiff_t>(at), whole[at]);
    Members replaced = missing;
    replaced.push_back(whole[at == 0 ? 1 : 0]);
    Members unknown = whole;
    unknown[at].first = "m_other";
    for (const Members& row : {missing, twice, replaced, unknown, Members{}}) {
      CHECK_FALSE(read_whole(answer({whole, row}), true, 1).ok);
      CHECK_FALSE(read_whole(answer({row}), true, 1).ok);
    }
  }
}

TEST_CASE("What surrounds the rows is read strictly", "[reports]") {
  const std::string row = written(counting_row(false, 0), kSmallest);
  const std::string good = "{\"data\":[" + row + "],\"rows\":1}";
  REQUIRE(read_whole(good, false, 0).ok);
  CHECK(read_whole(" " + good + "\n", false, 0).ok);
  CHECK(read_whole("{\"x\":" + std::string(31, '[') + std::string(31, ']') + "," + good.substr(1), false, 0)
            .ok);
  const std::string text = GENERATE_COPY(
      as<std::string>{}, "", " ", "[]", "null", "{}", good + "x", good + "{", good + ",", "x" + good,
      "{\"data\":[" + row + "]}", "{\"rows\":0}", "{\"data\":[" + row + "],\"rows\":2}",
      "{\"data\":[" + row + "],\"rows\":0}", "{\"data\":[" + row + ",],\"rows\":1}",
      "{\"data\":[," + row + "],\"rows\":1}", "{\"data\":[" + row + row + "],\"rows\":2}",
      "{\"data\":[" + row + "],\"rows\":1,}", "{\"data\":[" + row + "]\"rows\":1}",
      "{\"data\":{},\"rows\":0}", "{\"data\":null,\"rows\":0}", "{\"data\":[" + row + "],\"rows\":\"1\"}",
      "{\"data\":[" + row + "],\"rows\":1.0}", "{\"data\":[" + row + "],\"rows\":01}",
      "{\"data\":[" + row + "],\"rows\":-1}", "{\"data\":[" + row + "],\"rows\":1,\"rows\":1}",
      "{\"data\":[" + row + "],\"data\":[],\"rows\":1}", "{\"data\":[" + row + "},\"rows\":1}",
      "{\"data\":[[" + row + "]],\"rows\":1}", "{\"data\":[1],\"rows\":1}", "{\"a\":tru," + good.substr(1),
      "{\"a\":1.,\"b\":1," + good.substr(1), "{\"a\":[1,]," + good.substr(1),
      "{\"a\":{\"b\":1,}," + good.substr(1), "{\"a\":\"\\x\"," + good.substr(1),
      "{\"a\":\"\\u00g0\"," + good.substr(1), "{\"a\" 1," + good.substr(1), "{\"a\":}," + good.substr(1),
      "{a:1," + good.substr(1), "{\"a\":[}," + good.substr(1),
      "{\"a\":" + std::string(32, '[') + std::string(32, ']') + "," + good.substr(1),
      "{\"a\":" + std::string(65, '1') + "," + good.substr(1), "{\"a\":\"\n\"," + good.substr(1),
      "Input was invalid: unable to find type of column", "{\"x\":{\"data\":[" + row + "],\"rows\":1}}");
  CAPTURE(text);
  CHECK_FALSE(read_whole(text, false, 0).ok);
  CHECK_FALSE(read_whole(text, false, 0).fault.empty());
  CHECK_FALSE(read_in_pieces(text, false, 0, [] { return 1; }).ok);
}

TEST_CASE("An answer that ClickHouse ended with an exception is a fault", "[reports]") {
  const std::string row = written(counting_row(false, 0), kClickHouse);
  CHECK(read_whole("{\"data\":[" + row + "],\"rows\":1,\"exception\":\"Code: 241. Memory limit\"}", false, 0)
            .fault == "the answer ends with an exception");
}

TEST_CASE("A row is bounded, however it arrives, and so are the sums of counts", "[reports]") {
  const auto row_of = [](std::size_t text) {
    return with(counting_row(true, 1), "d0", quoted(std::string(text, 'x')));
  };
  const std::size_t rest = written(row_of(0), kSmallest).size();
  for (const std::size_t piece : {std::size_t{1} << 20U, std::size_t{1000}, std::size_t{1}}) {
    const auto size = [&] { return piece; };
    CHECK(read_in_pieces(answer({row_of(65'536 - rest)}, kSmallest), true, 1, size).ok);
    CHECK(read_in_pieces(answer({row_of(65'537 - rest)}, kSmallest), true, 1, size).fault ==
          "a row is too long");
    CHECK(read_in_pieces(answer({row_of(1 << 20)}, kSmallest), true, 1, size).fault == "a row is too long");
  }
  // A byte that is no character becomes three.
  CHECK(read_whole(answer({with(counting_row(true, 1), "d0", quoted(std::string(21'845, '\xff')))}), true, 1)
            .ok);
  CHECK(read_whole(answer({with(counting_row(true, 1), "d0", quoted(std::string(21'846, '\xff')))}), true, 1)
            .fault == "a text is too long");

  const auto many = [](std::uint64_t count) {
    return with(counting_row(true, 1), "m_bot", std::to_string(count));
  };
  const std::uint64_t half = (1ULL << 52U) - 20;
  CHECK(read_whole(answer({many(half), many(half)}), true, 1).ok);
  CHECK(read_whole(answer({many(half), many(half), many(20)}), true, 1).fault ==
        "the counts add up to too large a number");
}

TEST_CASE("A sink stops the reading without a fault", "[reports]") {
  Rows rows;
  rows.stop_after = 2;
  reports::AnswerReader reader(true, 1, rows);
  CHECK_FALSE(reader.feed(answer(std::vector<Members>(5, counting_row(true, 1)))));
  CHECK(rows.kept.size() == 2);
  CHECK(reader.fault().empty());
  CHECK_FALSE(reader.feed("x"));
  CHECK_FALSE(reader.finish());
  CHECK(rows.kept.size() == 2);
}

TEST_CASE("A changed answer reads the same whole and in pieces, and never by chance as more rows",
          "[reports]") {
  Random random(9);
  const std::vector<Members> rows = varied_rows(random, true, 2, 4);
  std::size_t accepted = 0;
  for (int round = 0; round < 20'000; ++round) {
    const std::string text = mutated(random, answer(rows, random.below(2) == 0 ? kClickHouse : kLocalEngine));
    const Reading whole = read_whole(text, true, 2);
    const Reading pieces = read_in_pieces(text, true, 2, [&] { return 1 + random.below(90); });
    if (whole.ok != pieces.ok || (whole.ok && whole.rows != pieces.rows)) {
      FAIL(text << "\n" << whole.fault << " / " << pieces.fault);
    }
    if (whole.ok && whole.count != 4) FAIL(text);
    if (whole.ok) ++accepted;
    if (!whole.ok && whole.fault.empty()) FAIL(text);
  }
  CHECK(accepted > 100);  // a changed letter of a text is none to notice
}
