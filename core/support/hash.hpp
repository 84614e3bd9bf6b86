// Hashes for tables made at build time. Not for anything that an attacker could profit from colliding.
#pragma once

#include <cstdint>
#include <string_view>

namespace leadledger {

/// FNV-1a, 32 bits (Fowler, Noll, Vo). The generator of schema/ uses the same.
[[nodiscard]] constexpr std::uint32_t fnv1a32(std::string_view text) {
  std::uint32_t hash = 0x811c9dc5U;
  for (const char byte : text) {
    hash ^= static_cast<std::uint8_t>(byte);
    hash *= 0x01000193U;
  }
  return hash;
}

}  // namespace leadledger
