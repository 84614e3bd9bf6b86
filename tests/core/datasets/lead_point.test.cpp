#include "core/datasets/lead_point.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "core/support/json.hpp"
#include "core/support/text.hpp"
#include "tests/core/hostile_text.hpp"

using namespace leadledger;
using datasets::LeadPoint;
using Blob = schema::LeadSubmissionsBlob;
using Double = schema::LeadSubmissionsDouble;

namespace {

// What Analytics Engine takes of one point.
constexpr std::size_t kMostBlobs = 20;
constexpr std::size_t kMostDoubles = 20;
constexpr std::size_t kMostIndexBytes = 96;
constexpr std::size_t kMostBlobBytes = 16'000;

std::string written(const LeadPoint& point) {
  std::string out;
  json::Writer writer(out);
  point.write(writer);
  writer.finish();
  return out;
}

std::string read_file(const char* path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> slot_names(const json::Value& slots) {
  std::vector<std::string> names;
  for (const json::Value slot : slots.items()) {
    CHECK(slot["slot"].integer(0) == static_cast<std::int64_t>(names.size()) + 1);
    names.emplace_back(slot["name"].string());
  }
  return names;
}

}  // namespace

TEST_CASE("The layout is the schema's, slot by slot", "[lead_point]") {
  std::string text = read_file("schema/datasets/lead_submissions.json");
  const auto dataset = json::Document::parse(text);
  REQUIRE(dataset.has_value());
  const std::vector<std::string> blobs = slot_names(dataset->root()["blobs"]);
  const std::vector<std::string> doubles = slot_names(dataset->root()["doubles"]);
  REQUIRE(blobs.size() == schema::kLeadSubmissionsBlobs.size());
  REQUIRE(doubles.size() == schema::kLeadSubmissionsDoubles.size());

  LeadPoint point;
  point.set_index("acme");
  for (std::size_t at = 0; at < blobs.size(); ++at) {
    CHECK(schema::kLeadSubmissionsBlobs[at].name == blobs[at]);
    CHECK(schema::kLeadSubmissionsBlobs[at].column == "blob" + std::to_string(at + 1));
    point.set(static_cast<Blob>(at), std::to_string(at % 10));
  }
  for (std::size_t at = 0; at < doubles.size(); ++at) {
    CHECK(schema::kLeadSubmissionsDoubles[at].name == doubles[at]);
    CHECK(schema::kLeadSubmissionsDoubles[at].column == "double" + std::to_string(at + 1));
    point.set(static_cast<Double>(at), static_cast<double>(at) + 0.5);
  }
  CHECK(
      written(point) ==
      R"({"indexes":["acme"],"blobs":["0","1","2","3","4","5","6","7","8","9","0","1","2","3","4","5","6","7","8",)"
      R"("9"],"doubles":[0.5,1.5,2.5,3.5,4.5,5.5,6.5,7.5,8.5,9.5,10.5]})");
}

TEST_CASE("The slots that the design fixes stay where they are", "[lead_point]") {
  CHECK(static_cast<int>(Blob::source) == 0);
  CHECK(static_cast<int>(Blob::country) == 9);
  CHECK(static_cast<int>(Blob::lead_id) == 18);
  CHECK(static_cast<int>(Blob::event_type) == 19);
  CHECK(static_cast<int>(Double::vpn) == 0);
  CHECK(static_cast<int>(Double::received_at) == 9);
  CHECK(static_cast<int>(Double::schema_version) == 10);
}

TEST_CASE("The limits of all slots together fit Analytics Engine", "[lead_point]") {
  const auto& slots = schema::kLeadSubmissionsBlobs;
  const std::size_t sum =
      std::accumulate(slots.begin(), slots.end(), std::size_t{0},
                      [](std::size_t so_far, const auto& slot) { return so_far + slot.max_bytes; });
  CHECK(sum <= kMostBlobBytes);
  CHECK(slots.size() <= kMostBlobs);
  CHECK(schema::kLeadSubmissionsDoubles.size() <= kMostDoubles);
  CHECK(schema::LeadSubmissions::kIndexMaxBytes <= kMostIndexBytes);
}

TEST_CASE("A new point has empty text, zeros and the version of its layout", "[lead_point]") {
  const LeadPoint point;
  CHECK(point.index().empty());
  CHECK(point.blob(Blob::event_type).empty());
  CHECK(point.number(Double::vpn) == 0);
  CHECK(point.number(Double::schema_version) == 1);
}

TEST_CASE("A slot that is set again takes the new text", "[lead_point]") {
  LeadPoint point;
  point.set(Blob::cta, "first of them");
  point.set(Blob::city, "Pune");
  point.set(Blob::cta, "2nd");
  CHECK(point.blob(Blob::cta) == "2nd");
  CHECK(point.blob(Blob::city) == "Pune");
  point.set(Blob::cta, "");
  CHECK(point.blob(Blob::cta).empty());
}

TEST_CASE("Numbers that are not finite become 0", "[lead_point]") {
  const double number =
      GENERATE(std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity(),
               std::numeric_limits<double>::quiet_NaN());
  LeadPoint point;
  point.set(Double::lead_score, 5);
  point.set(Double::lead_score, number);
  CHECK(point.number(Double::lead_score) == 0);
}

TEST_CASE("Numbers are written as JSON that reads as the same number", "[lead_point]") {
  const auto [number, text] = GENERATE(table<double, std::string>({
      {0, "0"},
      {-0.0, "0"},
      {7, "7"},
      {-7, "-7"},
      {0.5, "0.5"},
      {1795248000, "1795248000"},
      {1e15, "1000000000000000"},
  }));
  LeadPoint point;
  point.set(Double::vpn, number);
  CHECK(written(point).find("\"doubles\":[" + text + ",") != std::string::npos);
  point.set(Double::vpn, 1.7976931348623157e308);
  const std::string huge = written(point);
  CHECK(huge.find("1.7976931348623157e308") != std::string::npos);
}

TEST_CASE("No input makes a point that Analytics Engine refuses", "[lead_point][property]") {
  tests::Random random(22);
  for (int round = 0; round < 400; ++round) {
    LeadPoint point;
    const auto any = [&] {
      std::string text = tests::hostile_text(random, 1500);
      return random.below(4) == 0 ? tests::mutated(random, std::move(text)) : text;
    };
    point.set_index(any());
    for (std::size_t at = 0; at < schema::kLeadSubmissionsBlobs.size(); ++at)
      point.set(static_cast<Blob>(at), any());
    for (std::size_t at = 0; at < schema::kLeadSubmissionsDoubles.size(); ++at) {
      double number = 0;
      const std::uint64_t bits = random.next();
      std::memcpy(&number, &bits, sizeof number);
      point.set(static_cast<Double>(at), number);
    }
    std::string out = written(point);
    const auto document = json::Document::parse(out);
    REQUIRE(document.has_value());
    const json::Value root = document->root();
    std::size_t indexes = 0, blobs = 0, blob_bytes = 0, doubles = 0;
    bool clean = true;
    for (const json::Value index : root["indexes"].items()) {
      ++indexes;
      clean = clean && index.text().size() <= kMostIndexBytes;
    }
    for (const json::Value blob : root["blobs"].items()) {
      clean = clean && blob.text().size() <= schema::kLeadSubmissionsBlobs[blobs].max_bytes;
      clean = clean && blob.text().find_first_of("'\\\n\t") == std::string_view::npos;
      ++blobs;
      blob_bytes += blob.text().size();
    }
    for (const json::Value number : root["doubles"].items()) {
      ++doubles;
      clean = clean && number.is(json::Kind::number) &&
              std::isfinite(std::strtod(std::string(number.text()).c_str(), nullptr));
    }
    if (!clean || indexes != 1 || blobs != kMostBlobs || blob_bytes > kMostBlobBytes ||
        doubles > kMostDoubles) {
      FAIL("refused: " << blob_bytes << " bytes");
    }
  }
  SUCCEED("all within the limits");
}
