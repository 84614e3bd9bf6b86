// Domains of throw-away e-mail addresses, as far as hashes can tell.
#pragma once

#include <string_view>

namespace leadledger::intake {

/// Whether the domain itself is listed, in lower case; its parents are not looked at. One honest domain in
/// half a million is taken for a listed one.
[[nodiscard]] bool is_listed_as_disposable(std::string_view domain);

}  // namespace leadledger::intake
