// Parts and changes as decimal text: exact long division, so that native code and WebAssembly write the same
// bytes, and without the library's printing of doubles, which is large.
#pragma once

#include <cstdint>
#include <string>

namespace leadledger::reports {

/// Appends part / whole as a JSON number of at most six decimals, half up, without trailing zeros:
/// "0.333333", "1"; "0" where the whole is 0.
void append_ratio(std::string& out, std::uint64_t part, std::uint64_t whole);

/// Appends (now - then) / then in the same form, "-0.5"; the size is rounded half up, and nothing is "-0".
/// `then` must not be 0.
void append_change(std::string& out, std::uint64_t now, std::uint64_t then);

}  // namespace leadledger::reports
