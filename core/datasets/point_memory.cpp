#include "core/datasets/point_memory.hpp"

#include "leadledger/reports.hpp"

namespace leadledger::datasets {

namespace {

using schema::Dimension;
using schema::LeadSubmissionsBlob;
using schema::LeadSubmissionsDouble;

constexpr std::size_t kNoSlot = schema::kLeadSubmissionsBlobs.size();

/// Where the generated tables say that a dimension lies; kNoSlot for the project, which is the index.
constexpr std::array<std::size_t, schema::kDimensions.size()> kSlots = [] {
  std::array<std::size_t, schema::kDimensions.size()> slots = {};
  for (std::size_t at = 0; at < slots.size(); ++at) {
    std::size_t slot = 0;
    while (slot < kNoSlot && schema::kLeadSubmissionsBlobs[slot].column != schema::kDimensions[at].column) {
      ++slot;
    }
    slots[at] = slot;
  }
  return slots;
}();

constexpr bool is_remembered(std::size_t dimension) {
  const auto which = static_cast<Dimension>(dimension);
  return which != Dimension::project && which != Dimension::event_type && which != Dimension::reason;
}

constexpr bool all_have_slots() {
  for (std::size_t at = 0; at < kSlots.size(); ++at) {
    if (is_remembered(at) && kSlots[at] == kNoSlot) return false;
  }
  return true;
}
static_assert(all_have_slots(), "a dimension of reports lies in no text slot of the point");

}  // namespace

void write_point_memory(json::Writer& writer, const LeadPoint& point) {
  writer.begin_object();
  writer.key("dimensions");
  writer.begin_object();
  for (std::size_t at = 0; at < kSlots.size(); ++at) {
    if (!is_remembered(at)) continue;
    const std::string_view text = point.blob(static_cast<LeadSubmissionsBlob>(kSlots[at]));
    if (!text.empty()) writer.member(schema::kDimensions[at].name, text);
  }
  writer.end_object();
  writer.key("flags");
  writer.begin_array();
  const auto flag = [&](LeadSubmissionsDouble slot) {
    if (point.number(slot) != 0) {
      writer.text(schema::kLeadSubmissionsDoubles[static_cast<std::size_t>(slot)].name);
    }
  };
  flag(LeadSubmissionsDouble::vpn);
  flag(LeadSubmissionsDouble::suspicious);
  flag(LeadSubmissionsDouble::hot);
  writer.end_array();
  writer.member("reason", point.blob(LeadSubmissionsBlob::reason));
  writer.end_object();
}

}  // namespace leadledger::datasets
