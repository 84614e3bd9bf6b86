// Network addresses and ranges. IPv4 is kept as IPv4-mapped IPv6, so one order holds for both, and
// ::ffff:192.0.2.1 is the same address as 192.0.2.1.
//
//   auto range = parse_cidr("192.0.2.99/24");
//   address_hex(range->first);  // "00000000000000000000ffffc0000200"
//   print_cidr(*range);         // "192.0.2.0/24"
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace leadledger::intake {

struct Address {
  std::array<std::uint8_t, 16> bytes = {};

  bool operator==(const Address&) const = default;
};

/// A CIDR range, both ends included.
struct AddressRange {
  Address first;
  Address last;
  int prefix_bits = 128;  // of the 128; an IPv4 range has at least 96

  [[nodiscard]] bool contains(const Address& address) const;
};

/// An address as RFC 4291 and dotted decimals have it. Anything else is nothing: zone ids, ports, brackets,
/// spaces, octets with leading zeros.
[[nodiscard]] std::optional<Address> parse_address(std::string_view text);

/// "address/bits", or an address alone as the range of itself. Bits beyond the prefix are cleared.
[[nodiscard]] std::optional<AddressRange> parse_cidr(std::string_view text);

/// Whether blocking the range would shut out more than one holder's network (the widest_block limits). A
/// range of IPv6 that holds IPv4's is measured as IPv4 is.
[[nodiscard]] bool is_too_wide_to_block(const AddressRange& range);

/// 32 lower-case hexadecimal digits, which order as addresses do.
[[nodiscard]] std::string address_hex(const Address& address);
[[nodiscard]] std::optional<std::string> address_hex(std::string_view text);

/// Canonical text (RFC 5952): lower case, the longest run of zeros as `::`, mapped addresses as IPv4.
[[nodiscard]] std::string print_address(const Address& address);
[[nodiscard]] std::string print_cidr(const AddressRange& range);

/// Canonical text of an address, or "" where `text` is none.
[[nodiscard]] std::string canonical_address(std::string_view text);

/// Whether the range `cidr` holds `address`; false where either is no such thing.
[[nodiscard]] bool cidr_contains(std::string_view cidr, std::string_view address);

}  // namespace leadledger::intake
