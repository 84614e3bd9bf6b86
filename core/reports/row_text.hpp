// The text of a report's buckets, as it stands in rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/reports/page.hpp"
#include "core/reports/report.hpp"
#include "core/reports/row_parts.hpp"

namespace leadledger::reports {

/// The text of every bucket of a period, made once: a report of buckets and groups writes each many times.
class BucketTexts {
 public:
  BucketTexts(const Report& report, const Period& period, const BucketFrame& frame);

  [[nodiscard]] std::size_t count() const { return ends_.size(); }
  [[nodiscard]] std::string_view of(std::size_t bucket) const {
    const std::size_t begin = bucket == 0 ? 0 : ends_[bucket - 1];
    return {text_.data() + begin, ends_[bucket] - begin};
  }

 private:
  std::string text_;
  std::vector<std::uint32_t> ends_;
};

}  // namespace leadledger::reports
