#include "core/datasets/lead_point.hpp"

#include <cmath>

#include "core/datasets/canonical_text.hpp"

namespace leadledger::datasets {

using schema::LeadSubmissionsBlob;
using schema::LeadSubmissionsDouble;

namespace {

/// JSON has no other form for whole numbers than digits, and most slots hold one.
void write_number(json::Writer& writer, double value) {
  constexpr double kLargestExact = 9007199254740992;  // 2^53
  const bool whole = value == std::floor(value) && std::fabs(value) < kLargestExact;
  if (whole) {
    writer.number(static_cast<std::int64_t>(value));
  } else {
    writer.real(value);
  }
}

}  // namespace

LeadPoint::LeadPoint() {
  constexpr std::size_t kUsualTextBytes = 512;
  text_.reserve(kUsualTextBytes);
  set(LeadSubmissionsDouble::schema_version, schema::LeadSubmissions::kSchemaVersion);
}

void LeadPoint::set_index(std::string_view project) {
  index_ = canonical_text(project, schema::LeadSubmissions::kIndexMaxBytes);
}

void LeadPoint::set(LeadSubmissionsBlob slot, std::string_view any) {
  const auto at = static_cast<std::size_t>(slot);
  const auto from = static_cast<std::uint32_t>(text_.size());
  append_canonical(text_, any, schema::kLeadSubmissionsBlobs[at].max_bytes);
  blobs_[at] = {from, static_cast<std::uint32_t>(text_.size()) - from};
}

void LeadPoint::set(LeadSubmissionsDouble slot, double value) {
  doubles_[static_cast<std::size_t>(slot)] = std::isfinite(value) ? value : 0;
}

std::string_view LeadPoint::blob(LeadSubmissionsBlob slot) const {
  const Slice slice = blobs_[static_cast<std::size_t>(slot)];
  return std::string_view(text_).substr(slice.from, slice.size);
}

void LeadPoint::write(json::Writer& writer) const {
  writer.begin_object();
  writer.key("indexes");
  writer.begin_array();
  writer.text(index_);
  writer.end_array();
  writer.key("blobs");
  writer.begin_array();
  for (std::size_t at = 0; at < blobs_.size(); ++at) writer.text(blob(static_cast<LeadSubmissionsBlob>(at)));
  writer.end_array();
  writer.key("doubles");
  writer.begin_array();
  for (const double value : doubles_) write_number(writer, value);
  writer.end_array();
  writer.end_object();
}

}  // namespace leadledger::datasets
