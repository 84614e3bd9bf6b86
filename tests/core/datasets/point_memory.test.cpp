// What a row remembers of its point.
#include <catch2/catch.hpp>
#include <string>

#include "core/datasets/point_memory.hpp"

using namespace leadledger;

namespace {

using Blob = schema::LeadSubmissionsBlob;
using Double = schema::LeadSubmissionsDouble;

std::string memory_of(const datasets::LeadPoint& point) {
  std::string out;
  json::Writer writer(out);
  datasets::write_point_memory(writer, point);
  writer.finish();
  return out;
}

}  // namespace

TEST_CASE("Nothing known is nothing remembered", "[point]") {
  CHECK(memory_of({}) == R"({"dimensions":{},"flags":[],"reason":""})");
}

TEST_CASE("Texts are those of the point, by the names of dimensions", "[point]") {
  datasets::LeadPoint point;
  point.set_index("acme");
  point.set(Blob::referer_host, "O'Brien\\.uk");
  point.set(Blob::country, "INDIA");
  point.set(Blob::reason, "gibberish");
  point.set(Blob::event_type, "bot");
  point.set(Blob::lead_id, "lead_1");
  point.set(Double::vpn, 1);
  point.set(Double::suspicious, 0);
  point.set(Double::hot, 1);
  point.set(Double::lead_score, 80);
  CHECK(memory_of(point) ==
        "{\"dimensions\":{\"country\":\"IN\",\"referer\":\"O\u2019Brien\u29f5.uk\"},"
        "\"flags\":[\"vpn\",\"hot\"],\"reason\":\"gibberish\"}");
}
