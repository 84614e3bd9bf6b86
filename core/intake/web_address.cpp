#include "core/intake/web_address.hpp"

#include <algorithm>

#include "core/intake/address.hpp"
#include "core/intake/clean_text.hpp"
#include "core/intake/field_names.hpp"
#include "core/support/text.hpp"

namespace leadledger::intake {

namespace {

constexpr std::size_t kMaxHostBytes = 253;

/// Takes `prefix` (lower case) from the front of `text`, ignoring case.
bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (!text::equals_ignoring_case(text.substr(0, prefix.size()), prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

/// Letters, digits, hyphens, underscores and anything beyond ASCII, in labels that are not empty.
bool is_host_name(std::string_view host) {
  if (host.empty() || host.size() > kMaxHostBytes) return false;
  if (host.front() == '.' || host.back() == '.' || host.find("..") != std::string_view::npos) return false;
  return std::all_of(host.begin(), host.end(), [](char c) {
    return text::is_letter(c) || text::is_digit(c) || c == '-' || c == '_' || c == '.' ||
           static_cast<unsigned char>(c) >= 0x80;
  });
}

/// Lower case, without a dot at the end; nothing where it is no host.
std::optional<std::string> read_host(std::string_view text) {
  if (text.starts_with('[')) {
    if (!text.ends_with(']')) return std::nullopt;
    const std::string_view inner = text.substr(1, text.size() - 2);
    const auto address = parse_address(inner);
    if (!address || inner.find(':') == std::string_view::npos) return std::nullopt;
    return "[" + print_address(*address) + "]";
  }
  if (text.ends_with('.')) text.remove_suffix(1);
  if (!is_host_name(text)) return std::nullopt;
  return text::lower(text);
}

/// `authority` is what stands between "//" and the path.
bool read_authority(std::string_view authority, std::string_view scheme, WebAddress& address) {
  if (const std::size_t user = authority.rfind('@'); user != std::string_view::npos) {
    authority.remove_prefix(user + 1);
  }
  std::string_view port;
  const std::size_t colon = authority.rfind(':');
  if (colon != std::string_view::npos && authority.find(']', colon) == std::string_view::npos) {
    port = authority.substr(colon + 1);
    authority = authority.substr(0, colon);
  }
  const auto host = read_host(authority);
  if (!host) return false;
  address.origin = std::string(scheme) + "://" + *host;
  if (!port.empty()) {
    const auto number = text::parse_unsigned(port);
    if (!number || *number > 65535) return false;
    if (*number != (scheme == "https" ? 443 : 80)) {
      address.origin += ':';
      text::append_number(address.origin, static_cast<std::int64_t>(*number));
    }
  }
  address.host = host->starts_with("www.") ? host->substr(4) : *host;
  return !address.host.empty();
}

}  // namespace

std::optional<WebAddress> parse_web_address(std::string_view text) {
  text = text::trim(text);
  std::string_view scheme = "https";
  bool has_host = true;
  if (take_prefix(text, "http://")) {
    scheme = "http";
  } else if (!take_prefix(text, "https://") && !take_prefix(text, "//")) {
    if (!text.starts_with('/')) return std::nullopt;
    has_host = false;
  }
  // Browsers read a backslash as a slash, so a host must end there too.
  const std::size_t path_at = has_host ? std::min(text.find_first_of("/\\?#"), text.size()) : 0;
  WebAddress address;
  if (has_host && !read_authority(text.substr(0, path_at), scheme, address)) return std::nullopt;
  text = text::split_once(text.substr(path_at), '#').head;
  const auto [path, query] = text::split_once(text, '?');
  address.path = path.empty() ? std::string_view("/") : path;
  address.query = query;
  return address;
}

std::string query_value(std::string_view query, std::string_view folded, std::size_t max_bytes) {
  while (!query.empty()) {
    const auto [pair, rest] = text::split_once(query, '&');
    const auto [name, raw] = text::split_once(pair, '=');
    query = rest;
    if (raw.empty() || fold_name(name).text() != folded) continue;
    std::string value(raw);
    value.resize(text::percent_decode(value.data(), value.size(), true));
    if (!text::is_utf8(value)) continue;
    value = clean_line(value);
    if (value.size() > max_bytes) value = text::trim(text::cut(value, max_bytes));
    if (!value.empty()) return value;
  }
  return {};
}

}  // namespace leadledger::intake
