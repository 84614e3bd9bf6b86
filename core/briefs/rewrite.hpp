// A language model may word the sentences of a brief otherwise; it may not say anything else. Lines are
// rewritten one for one, names that visitors gave never reach the model, and a reply is taken only where
// every line keeps its numbers, names and terms in their order. Otherwise the template goes out.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/briefs/brief.hpp"

namespace leadledger::briefs {

/// What Workers AI is given: {"messages": [{"role", "content"}], "max_tokens", "temperature"}. "" where the
/// brief has nothing to rewrite.
[[nodiscard]] std::string model_input(const BriefText& brief);

/// The brief with the sentences of `reply`, or nothing where the reply is refused.
[[nodiscard]] std::optional<BriefText> rewritten(const BriefText& brief, std::string_view reply);

}  // namespace leadledger::briefs
