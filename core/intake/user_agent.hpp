// Kind of device and browser family, from a User-Agent header.
#pragma once

#include <string_view>

#include "leadledger/enums.hpp"

namespace leadledger::intake {

struct UserAgent {
  schema::Device device = schema::Device::other;  // never bot: who is one is judged elsewhere
  std::string_view browser = "other";  // family without version, such as "chrome"; points into a constant
};

/// Never fails; text that names no known device or browser is `other`.
[[nodiscard]] UserAgent read_user_agent(std::string_view text);

}  // namespace leadledger::intake
