// One submission as it is read, corrected and moved back.
#pragma once

#include <optional>
#include <string_view>

#include "core/app/admin.hpp"
#include "core/ledger/corrections.hpp"

namespace leadledger::app {

[[nodiscard]] inline ledger::OneSubmission one_of(const Rows& rows, std::size_t first_statement) {
  return {rows.of(first_statement), rows.of(first_statement + 1)};
}

/// Whether it is there and the key reaches it, which are not told apart.
[[nodiscard]] inline bool is_in_reach(const ledger::OneSubmission& one, const Access& access) {
  return one.found() && access.reaches(one.row["project"].string());
}

[[nodiscard]] inline Error no_such_submission() {
  return {ErrorCode::not_found, "There is no such submission that the key reaches."};
}

/// 200 with the whole submission; after a correction also whether `reports` are "applied" or "pending".
[[nodiscard]] Response submission_response(const ledger::OneSubmission& one, std::string_view reports = {});

}  // namespace leadledger::app
