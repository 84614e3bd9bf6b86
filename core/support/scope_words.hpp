// Whose an alert or a brief is, in words.
#pragma once

#include <string>
#include <string_view>

namespace leadledger {

/// Of a scope, a JSON array of projects: "All projects", "Projects: acme, beta", and of more than ten
/// "Projects: a, ..., j and 2 more". "" where it has none.
[[nodiscard]] std::string scope_words(std::string_view scope);

}  // namespace leadledger
