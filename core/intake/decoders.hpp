// One decoder for each encoding; decode() in form.hpp chooses between them. Each rewrites `body` in place,
// and leaves `selected` and `encoded_as_form` of the form to decode(). Errors as decode() has them.
#pragma once

#include <string>
#include <string_view>

#include "core/intake/form.hpp"

namespace leadledger::intake {

[[nodiscard]] Result<Form> decode_json(std::string& body);
[[nodiscard]] Result<Form> decode_urlencoded(std::string& body);

/// `content_type` names the boundary.
[[nodiscard]] Result<Form> decode_multipart(std::string_view content_type, std::string& body);

}  // namespace leadledger::intake
