// Reading the values of headers that have parameters: `multipart/form-data; boundary="x"`.
#pragma once

#include <optional>
#include <string_view>

namespace leadledger::intake {

/// What stands before the first `;`, trimmed. Points into `header`.
[[nodiscard]] std::string_view header_value(std::string_view header);

/// The parameter `name` (lower case; names in the header are compared without case), without the quotes
/// around it and with its escapes as they are; nothing where it is missing. Points into `header`.
[[nodiscard]] std::optional<std::string_view> header_parameter(std::string_view header,
                                                               std::string_view name);

/// Whether the `charset` of a content type is one whose bytes are UTF-8, or is not given.
[[nodiscard]] bool has_utf8_charset(std::string_view content_type);

}  // namespace leadledger::intake
