// Pages of a list: newest first, with an opaque cursor.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/app/query.hpp"

namespace leadledger::app {

struct Page {
  std::uint32_t limit = 0;
  std::int64_t before = 0;  // only rows whose id is less
};

/// From the parameters `limit` and `cursor`. A cursor that we did not issue is bad_parameter.
[[nodiscard]] Result<Page> read_page(const Query& query);

[[nodiscard]] std::string make_cursor(std::int64_t last_id);

}  // namespace leadledger::app
