// What files made of an answer begin with: its JSON, and the sentences that refuse it.
#pragma once

#include <string>

#include "core/support/json.hpp"
#include "core/support/result.hpp"

namespace leadledger::reports {

/// What is wrong with an answer, and where: "groups[3].buckets[0]", or "" for the answer itself.
struct Fault {
  std::string where;
  std::string what;
};

/// The error of what is JSON but no answer of lead-stats.
[[nodiscard]] tl::unexpected<Error> no_answer(const Fault& fault);
[[nodiscard]] tl::unexpected<Error> no_answer(std::string what);

/// Reads an answer within schema::kMaxExportBytes, rewriting it in place.
[[nodiscard]] Result<json::Document> parse_answer(std::string& answer);

/// Whether it is a moment as the server writes it; its text needs no escape.
[[nodiscard]] bool is_time(const json::Value& value);

}  // namespace leadledger::reports
