// E-mail addresses as forms send them.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace leadledger::intake {

/// Why a text is no e-mail address: a sentence for the person who typed it.
struct EmailFault {
  std::string_view reason;
};

/// The address trimmed, in lower case (ASCII), its parts checked: `local@domain` with one @, a local part of
/// up to 64 characters without spaces and quotes, a domain of at least two labels; UTF-8 is allowed in both
/// (RFC 6531). A `mailto:` before it is dropped. At most 254 characters. What it returns it accepts
/// unchanged.
[[nodiscard]] tl::expected<std::string, EmailFault> parse_email(std::string_view text);

}  // namespace leadledger::intake
