#include "core/intake/address.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>

#include "core/support/text.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::intake {

namespace {

constexpr int kMappedBits = 96;  // what stands before the IPv4 part of a mapped address
constexpr std::size_t kMappedBytes = kMappedBits / 8;
constexpr std::size_t kGroups = 8;

bool is_mapped(const Address& address) {
  return std::all_of(address.bytes.begin(), address.bytes.begin() + 10,
                     [](std::uint8_t byte) { return byte == 0; }) &&
         address.bytes[10] == 0xFF && address.bytes[11] == 0xFF;
}

/// Writes four octets at `out`.
bool read_ipv4(std::string_view text, std::uint8_t* out) {
  for (int part = 0; part < 4; ++part) {
    const std::size_t end = part < 3 ? text.find('.') : text.size();
    if (end == std::string_view::npos || end > 3) return false;
    const std::string_view digits = text.substr(0, end);
    const auto value = text::parse_unsigned(digits);
    // A leading zero means octal to some readers and nothing to others.
    if (!value || *value > 255 || (digits.size() > 1 && digits.front() == '0')) return false;
    out[part] = static_cast<std::uint8_t>(*value);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return true;
}

bool read_group(std::string_view text, std::uint8_t* out) {
  unsigned value = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value, 16);
  if (text.empty() || text.size() > 4 || error != std::errc{} || stopped != end) return false;
  out[0] = static_cast<std::uint8_t>(value >> 8U);
  out[1] = static_cast<std::uint8_t>(value & 0xFFU);
  return true;
}

/// Reads groups divided by colons, the last of which may be an IPv4 address. Returns the bytes written, or
/// nothing.
std::optional<std::size_t> read_groups(std::string_view text, std::array<std::uint8_t, 16>& out) {
  std::size_t size = 0;
  if (text.empty()) return size;
  for (;;) {
    const std::size_t end = text.find(':');
    const std::string_view group = text.substr(0, end);
    if (end == std::string_view::npos && group.find('.') != std::string_view::npos) {
      if (size + 4 > out.size() || !read_ipv4(group, out.data() + size)) return std::nullopt;
      return size + 4;
    }
    if (size + 2 > out.size() || !read_group(group, out.data() + size)) return std::nullopt;
    size += 2;
    if (end == std::string_view::npos) return size;
    text.remove_prefix(end + 1);
  }
}

std::optional<Address> read_ipv6(std::string_view text) {
  Address address;
  const std::size_t gap = text.find("::");
  if (gap == std::string_view::npos) {
    const auto size = read_groups(text, address.bytes);
    return size == address.bytes.size() ? std::optional(address) : std::nullopt;
  }
  std::array<std::uint8_t, 16> tail = {};
  const auto head_size = read_groups(text.substr(0, gap), address.bytes);
  const auto tail_size = read_groups(text.substr(gap + 2), tail);
  // The gap stands for at least one group. An IPv4 address may only end the text.
  if (!head_size || !tail_size || *head_size + *tail_size > address.bytes.size() - 2) return std::nullopt;
  if (text.substr(0, gap).find('.') != std::string_view::npos) return std::nullopt;
  std::copy_n(tail.begin(), *tail_size, address.bytes.end() - static_cast<std::ptrdiff_t>(*tail_size));
  return address;
}

void append_hex(std::string& out, unsigned value) {
  std::array<char, 8> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, 16).ptr;
  out.append(digits.data(), end);
}

std::string print_ipv4(const Address& address) {
  std::string out;
  for (std::size_t at = kMappedBytes; at < address.bytes.size(); ++at) {
    if (!out.empty()) out += '.';
    text::append_number(out, address.bytes[at]);
  }
  return out;
}

}  // namespace

bool AddressRange::contains(const Address& address) const {
  return first.bytes <= address.bytes && address.bytes <= last.bytes;
}

std::optional<Address> parse_address(std::string_view text) {
  if (text.find(':') != std::string_view::npos) return read_ipv6(text);
  Address address;
  address.bytes[10] = 0xFF;
  address.bytes[11] = 0xFF;
  if (!read_ipv4(text, address.bytes.data() + kMappedBytes)) return std::nullopt;
  return address;
}

std::optional<AddressRange> parse_cidr(std::string_view text) {
  const std::size_t slash = text.find('/');
  const std::string_view address_text = text.substr(0, slash);
  const auto address = parse_address(address_text);
  if (!address) return std::nullopt;
  AddressRange range{*address, *address, 128};
  if (slash == std::string_view::npos) return range;

  const std::string_view digits = text.substr(slash + 1);
  const auto bits = text::parse_unsigned(digits);
  const int offset = address_text.find(':') == std::string_view::npos ? kMappedBits : 0;
  if (!bits || digits.size() > 3 || (digits.size() > 1 && digits.front() == '0')) return std::nullopt;
  if (*bits > static_cast<std::uint64_t>(128 - offset)) return std::nullopt;
  range.prefix_bits = static_cast<int>(*bits) + offset;
  for (int at = 0; at < 16; ++at) {
    const int kept = std::clamp(range.prefix_bits - at * 8, 0, 8);
    const auto rest = static_cast<std::uint8_t>(0xFFU >> static_cast<unsigned>(kept));
    const auto index = static_cast<std::size_t>(at);
    range.first.bytes[index] = static_cast<std::uint8_t>(range.first.bytes[index] & ~rest);
    range.last.bytes[index] = static_cast<std::uint8_t>(range.last.bytes[index] | rest);
  }
  return range;
}

bool is_too_wide_to_block(const AddressRange& range) {
  const bool ipv4 = is_mapped(range.first) || range.contains(*parse_address("0.0.0.0"));
  const auto bits = static_cast<std::uint32_t>(range.prefix_bits);
  return bits < (ipv4 ? kMappedBits + schema::kWidestBlockIpv4Bits : schema::kWidestBlockIpv6Bits);
}

std::string address_hex(const Address& address) {
  std::string bytes;
  for (const std::uint8_t byte : address.bytes) bytes += static_cast<char>(byte);
  return text::to_hex(bytes);
}

std::optional<std::string> address_hex(std::string_view text) {
  const auto address = parse_address(text);
  if (!address) return std::nullopt;
  return address_hex(*address);
}

std::string print_address(const Address& address) {
  if (is_mapped(address)) return print_ipv4(address);
  std::array<unsigned, kGroups> groups = {};
  for (std::size_t at = 0; at < kGroups; ++at) {
    groups[at] = static_cast<unsigned>(address.bytes[2 * at]) << 8U | address.bytes[2 * at + 1];
  }
  // The longest run of two or more zeros, the first of equals.
  std::size_t gap = kGroups;
  std::size_t gap_size = 1;
  for (std::size_t at = 0; at < kGroups; ++at) {
    std::size_t end = at;
    while (end < kGroups && groups[end] == 0) ++end;
    if (end - at > gap_size) {
      gap = at;
      gap_size = end - at;
    }
    at = std::max(at, end);
  }
  std::string out;
  for (std::size_t at = 0; at < kGroups; ++at) {
    if (at == gap) {
      out += "::";
      at += gap_size - 1;
      continue;
    }
    if (!out.empty() && out.back() != ':') out += ':';
    append_hex(out, groups[at]);
  }
  return out;
}

std::string print_cidr(const AddressRange& range) {
  const bool ipv4 = range.prefix_bits >= kMappedBits && is_mapped(range.first);
  std::string out = print_address(range.first) + "/";
  text::append_number(out, ipv4 ? range.prefix_bits - kMappedBits : range.prefix_bits);
  return out;
}

std::string canonical_address(std::string_view text) {
  const auto address = parse_address(text);
  return address ? print_address(*address) : std::string();
}

bool cidr_contains(std::string_view cidr, std::string_view address) {
  const auto range = parse_cidr(cidr);
  const auto wanted = parse_address(address);
  return range && wanted && range->contains(*wanted);
}

}  // namespace leadledger::intake
