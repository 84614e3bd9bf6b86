// Canonical dimension text: what is written to Analytics Engine and what filters compare with.
//
// Analytics Engine takes no ' and no \ inside a string literal, in any escaped form, so neither may ever be
// stored or asked for. One function makes the text of every dimension, on writing and on filtering alike; a
// filter for O'Brien then finds what a lead from O'Brien wrote, and no input can leave its literal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace leadledger::datasets {

/// Appends the canonical form of `any` bytes to `out`: well-formed UTF-8 of at most `max_bytes`, where
///   - what is no well-formed UTF-8 became U+FFFD, byte by byte,
///   - ' became U+2019 and \ became U+29F5,
///   - control characters (C0, DEL, C1, line and paragraph separators) and runs of spaces became one space,
///   with none
///     at either end,
///   - a base letter followed by a combining mark became their composed letter where Unicode has one (NFC for
///   Latin,
///     Greek and Cyrillic),
///   - the cut, if any, lies on a code-point boundary.
/// Canonical text is its own canonical form.
void append_canonical(std::string& out, std::string_view any, std::size_t max_bytes);

[[nodiscard]] std::string canonical_text(std::string_view any, std::size_t max_bytes);

}  // namespace leadledger::datasets
