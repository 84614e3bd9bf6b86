#include "core/app/message.hpp"

#include <cstring>
#include <string>

namespace leadledger::app {

std::optional<std::vector<Part>> read_parts(char* data, std::size_t size, std::uint32_t expected) {
  constexpr std::size_t kWord = sizeof(std::uint32_t);
  const auto word = [&](std::size_t at) {
    std::uint32_t value = 0;
    std::memcpy(&value, data + at * kWord, kWord);
    return value;
  };
  const std::size_t head = kWord * (std::size_t{expected} + 1);
  if (size < head || word(0) != expected) return std::nullopt;
  std::vector<Part> parts;
  parts.reserve(expected);
  std::size_t at = head;
  for (std::uint32_t index = 0; index < expected; ++index) {
    const std::size_t part = word(index + 1);
    if (part > size - at) return std::nullopt;
    parts.push_back({data + at, part});
    at += part;
  }
  if (at != size) return std::nullopt;
  return parts;
}

std::string write_parts(const std::vector<std::string_view>& parts) {
  std::string out;
  const auto word = [&](std::size_t value) {
    const auto narrow = static_cast<std::uint32_t>(value);
    out.append(reinterpret_cast<const char*>(&narrow), sizeof narrow);  // NOLINT: bytes of a number
  };
  word(parts.size());
  for (const std::string_view part : parts) word(part.size());
  for (const std::string_view part : parts) out.append(part);
  return out;
}

}  // namespace leadledger::app
