#include "core/reports/csv.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/core/hostile_text.hpp"
#include "tests/core/reports/csv_reader.hpp"

using namespace leadledger;

namespace {

std::string cell(std::string_view text) {
  std::string out;
  reports::append_csv_cell(out, text);
  return out;
}

}  // namespace

TEST_CASE("A cell is quoted where it must be, and only there", "[csv]") {
  CHECK(cell("").empty());
  CHECK(cell("Mumbai") == "Mumbai");
  CHECK(cell("New York") == "New York");
  CHECK(cell("a,b") == "\"a,b\"");
  CHECK(cell("\"") == "\"\"\"\"");
  CHECK(cell("say \"hi\"") == "\"say \"\"hi\"\"\"");
  CHECK(cell("two\nlines") == "\"two\nlines\"");
  CHECK(cell("two\r\nlines") == "\"two\r\nlines\"");
  CHECK(cell("\u0939\u093F") == "\u0939\u093F");
  CHECK(cell("it's") == "it's");
  CHECK(cell("a=b+c-d@e") == "a=b+c-d@e");
}

TEST_CASE("What a spreadsheet would run is made text", "[csv]") {
  CHECK(cell("=1+1") == "'=1+1");
  CHECK(cell("+49 170") == "'+49 170");
  CHECK(cell("-2") == "'-2");
  CHECK(cell("@SUM(A1)") == "'@SUM(A1)");
  CHECK(cell("\t=1") == "'\t=1");
  CHECK(cell("\r=1") == "\"'\r=1\"");
  CHECK(cell("\n=1") == "\"'\n=1\"");
  CHECK(cell("=HYPERLINK(\"http://x\",\"y\")") == "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"");
  CHECK(cell("=") == "'=");
  CHECK(cell("'=1") == "'=1");
}

TEST_CASE("Whatever text is written, one cell is read back", "[csv][property]") {
  tests::Random random(32);
  for (int round = 0; round < 5000; ++round) {
    const std::string text =
        round % 2 == 0 ? tests::hostile_text(random, 12) : tests::hostile_bytes(random, 20);
    const auto rows = tests::read_csv("x," + cell(text) + ",y\r\n");
    REQUIRE(rows.size() == 1);
    REQUIRE(rows[0].size() == 3);
    const std::string& read = rows[0][1];
    const bool same = read == text || (read == "'" + text && !text.empty());
    const bool runs = !read.empty() && std::string_view("=+-@\t\r\n").find(read[0]) != std::string_view::npos;
    if (!same || runs) FAIL(text << " became " << read);
  }
  SUCCEED("all came back");
}
