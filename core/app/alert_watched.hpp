// What checking alerts and telling of them have in common.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/app/admin.hpp"
#include "core/app/channels.hpp"
#include "core/reports/statements.hpp"

namespace leadledger::app {

/// What is checked together, and the channels that are told of it.
struct Watched {
  std::string scope;  // scope_text()
  reports::Scope projects;
  std::vector<const Channel*> channels;
};

/// Ids of one occasion: its UUID with a number in place of the last four digits.
class Ids {
 public:
  Ids(std::string_view prefix, std::string_view uuid) : first_(make_id(prefix, uuid)) {}
  std::string next() {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string id = first_;
    for (std::size_t at = 0; at < 4; ++at) id[id.size() - 1 - at] = kDigits[(count_ >> (4 * at)) & 0x0FU];
    ++count_;
    return id;
  }

 private:
  std::string first_;
  std::uint32_t count_ = 0;
};

}  // namespace leadledger::app
