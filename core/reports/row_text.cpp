#include "core/reports/row_text.hpp"

#include "core/support/rfc3339.hpp"

namespace leadledger::reports {

BucketTexts::BucketTexts(const Report& report, const Period& period, const BucketFrame& frame) {
  const std::size_t count = period.boundaries.count();
  if (count == 0) return;
  const time::Zone& zone = report.source().zone;
  constexpr std::size_t kMostBytes = 128;
  text_.reserve(count * kMostBytes);
  ends_.reserve(count);
  std::string start;
  std::string end;
  const auto write_boundary = [&](std::string& out, std::size_t at) {
    const std::int64_t instant = period.boundaries.at[at];
    out.clear();
    append_rfc3339_local(out, instant, zone.offset_at(instant));
  };
  write_boundary(start, 0);
  for (std::size_t bucket = 0; bucket < count; ++bucket) {
    write_boundary(end, bucket + 1);
    append_bucket(text_, frame, start, end, report.is_partial(period, bucket));
    ends_.push_back(static_cast<std::uint32_t>(text_.size()));
    start.swap(end);
  }
}

}  // namespace leadledger::reports
