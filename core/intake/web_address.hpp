// The parts of a web address that a lead is read by: where it points, which path, which query parameters.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace leadledger::intake {

/// A page or referer. `path` and `query` point into the text it was parsed from.
struct WebAddress {
  std::string
      host;  // lower case, without "www.", user and port; "[2001:db8::1]" for IPv6; "" for a path alone
  std::string origin;      // "https://www.acme.com:8080", default ports left out; "" for a path alone
  std::string_view path;   // "/pricing"; "/" where there is none
  std::string_view query;  // without ?; "" where there is none
};

/// Reads an http or https address, one without a scheme that begins with "//", or a path that begins with
/// "/". Nothing for any other text, and where the host or port is broken.
[[nodiscard]] std::optional<WebAddress> parse_web_address(std::string_view text);

/// The value of the first query parameter that is not blank and whose folded name (field_names.hpp) is
/// `folded`, such as "utmsource": decoded, one clean line, at most `max_bytes`. "" where there is none, or
/// where its bytes are no UTF-8.
[[nodiscard]] std::string query_value(std::string_view query, std::string_view folded, std::size_t max_bytes);

}  // namespace leadledger::intake
