// The facts of a submission: read from a request, changed by a trusted server, kept in a queue message.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/app/request.hpp"
#include "core/intake/facts.hpp"

namespace leadledger::app {

using intake::Facts;

/// Whether the test header is set; only an admin key makes a test of it.
[[nodiscard]] bool asks_for_test(const Request& request);

[[nodiscard]] Facts read_facts(const Request& request, bool trusted);

/// Replaces what the connection tells by what a trusted server says of the visitor it posts for. Members of a
/// wrong kind are taken as absent. The user agent's library signal has to be asked for anew.
void apply_visitor(Facts& facts, const json::Value& visitor);

/// Facts and raw body as one queue message, and back.
[[nodiscard]] std::string pack(const Facts& facts, std::string_view body);
struct Unpacked {
  Facts facts;
  std::string body;
};
/// Nothing where the bytes are no such message.
[[nodiscard]] std::optional<Unpacked> unpack(Part message);

}  // namespace leadledger::app
