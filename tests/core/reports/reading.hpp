// Reads report queries as they stand in a URL, and writes text so that it may stand there.
#pragma once

#include <string>
#include <string_view>

#include "core/reports/query.hpp"
#include "core/support/query_string.hpp"

namespace leadledger::tests {

inline Result<reports::Query> read(std::string_view url_query, std::string_view accept = "",
                                   reports::Kind kind = reports::Kind::stats) {
  const auto parameters = read_query_string(url_query);
  if (!parameters) return tl::unexpected<Error>(parameters.error());
  return reports::read_query(kind, *parameters, accept);
}

/// Every byte but letters and digits as %XX.
inline std::string encoded(std::string_view any) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (const char c : any) {
    const auto byte = static_cast<unsigned char>(c);
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
      out += c;
    } else {
      out += '%';
      out += kDigits[byte >> 4U];
      out += kDigits[byte & 0x0FU];
    }
  }
  return out;
}

/// "name code; name code; ..." of an error's fields.
inline std::string faults(const Result<reports::Query>& query) {
  if (query) return "none";
  std::string out;
  for (const FieldError& field : query.error().fields) {
    if (!out.empty()) out += "; ";
    out += field.name + " " + field.code;
  }
  return out;
}

inline std::string reason(const Result<reports::Query>& query) {
  return query || query.error().fields.empty() ? "" : query.error().fields.front().reason;
}

}  // namespace leadledger::tests
