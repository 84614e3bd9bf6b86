#include <algorithm>

#include "core/intake/decoders.hpp"
#include "core/intake/entries.hpp"
#include "core/support/text.hpp"

namespace leadledger::intake {

namespace {

/// Decodes a part of the body where it stands.
std::string_view decode_part(char* data, std::size_t size) {
  return {data, text::percent_decode(data, size, true)};
}

}  // namespace

Result<Form> decode_urlencoded(std::string& body) {
  Form form;
  form.entries.reserve(16);
  char* const data = body.data();
  std::size_t at = 0;
  while (at < body.size()) {
    const std::size_t end = std::min(body.find('&', at), body.size());
    const std::size_t equals = std::min(body.find('=', at), end);
    const std::size_t value_at = std::min(equals + 1, end);
    // The pair's bounds are known before its bytes change, so a decoded & or = divides nothing.
    const std::string_view name = decode_part(data + at, equals - at);
    const std::string_view value = decode_part(data + value_at, end - value_at);
    if (auto added = add_entry(form, name, {ValueKind::text, value}); !added) {
      return tl::unexpected<Error>(std::move(added.error()));
    }
    at = end + 1;
  }
  return form;
}

}  // namespace leadledger::intake
