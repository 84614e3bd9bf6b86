// One data point of lead_submissions, filled by name. It can hold nothing that Analytics Engine refuses.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/support/json_writer.hpp"
#include "leadledger/datasets.hpp"

namespace leadledger::datasets {

class LeadPoint {
 public:
  LeadPoint();

  /// The project's slug.
  void set_index(std::string_view project);
  /// Makes `any` canonical and cuts it to the slot's limit. A slot that is set again takes the new text.
  void set(schema::LeadSubmissionsBlob slot, std::string_view any);
  /// What is not finite becomes 0, since Analytics Engine may lose the whole point for it.
  void set(schema::LeadSubmissionsDouble slot, double value);

  [[nodiscard]] std::string_view index() const { return index_; }
  [[nodiscard]] std::string_view blob(schema::LeadSubmissionsBlob slot) const;
  [[nodiscard]] double number(schema::LeadSubmissionsDouble slot) const {
    return doubles_[static_cast<std::size_t>(slot)];
  }

  /// Writes {"indexes": [...], "blobs": [...], "doubles": [...]}, all slots of the schema in order.
  void write(json::Writer& writer) const;

 private:
  struct Slice {
    std::uint32_t from = 0;
    std::uint32_t size = 0;
  };
  std::string index_;
  std::string text_;  // of all blobs, one after the other
  std::array<Slice, schema::kLeadSubmissionsBlobs.size()> blobs_ = {};
  std::array<double, schema::kLeadSubmissionsDoubles.size()> doubles_ = {};
};

}  // namespace leadledger::datasets
