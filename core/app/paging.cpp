#include "core/app/paging.hpp"

#include <limits>

#include "core/support/hash.hpp"
#include "core/support/text.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::app {

namespace {

// "c1", the id in decimal, a dot, and a checksum that tells our cursors from typing errors.
constexpr std::string_view kPrefix = "c1";

std::string checksum(std::string_view text) {
  std::string out;
  text::append_number(out, fnv1a32(text) % 100'000);
  return out;
}

}  // namespace

std::string make_cursor(std::int64_t last_id) {
  std::string out(kPrefix);
  text::append_number(out, last_id);
  const std::string sum = checksum(out);
  return out + "." + sum;
}

Result<Page> read_page(const Query& query) {
  Page page{schema::kPageSizeDefault, std::numeric_limits<std::int64_t>::max()};
  if (const std::string_view limit = query.get("limit"); !limit.empty()) {
    const auto number = text::parse_unsigned(limit);
    if (!number || *number < 1 || *number > schema::kPageSizeMax) {
      return tl::unexpected<Error>(bad_parameter("limit", "It is a whole number from 1 to 200."));
    }
    page.limit = static_cast<std::uint32_t>(*number);
  }
  static_assert(schema::kPageSizeMax == 200, "the sentence above names the limit");
  if (const std::string_view cursor = query.get("cursor"); !cursor.empty()) {
    const auto [head, sum] = text::split_once(cursor, '.');
    const auto id =
        head.starts_with(kPrefix) ? text::parse_unsigned(head.substr(kPrefix.size())) : std::nullopt;
    if (!id || *id > static_cast<std::uint64_t>(page.before) || sum != checksum(head)) {
      return tl::unexpected<Error>(
          bad_parameter("cursor", "Give the next_cursor of the page before, unchanged."));
    }
    page.before = static_cast<std::int64_t>(*id);
  }
  return page;
}

}  // namespace leadledger::app
