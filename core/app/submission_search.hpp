// What a list of submissions is narrowed to, and the statement that reads it.
//
// Theory of operation. Submissions are read newest first, and most of what can be asked for has no index,
// which would cost a written row for every submission there is. So one page looks at a bounded window of
// rows; where it did not find enough, the cursor goes on below the window, and whoever asks decides whether
// that is worth it.
#pragma once

#include <cstdint>
#include <string>

#include "core/app/access.hpp"
#include "core/app/ledger_port.hpp"
#include "core/app/query.hpp"
#include "core/support/json.hpp"

namespace leadledger::app {

struct SubmissionSearch {
  std::string project;
  std::string event_type;
  std::string reachable;  // JSON array of projects, or "" for all
  std::string reason;     // a code
  std::string flag;       // a column
  std::string lead_id;
  std::int64_t from_ms = 0;
  std::int64_t to_ms = 0;
  std::string text;   // in lower case
  std::string exact;  // the same as it was given
  std::string phone;  // the same without what divides the digits of a phone number
};

/// From the parameters of a list of submissions. Errors: bad_parameter with what is allowed, key_forbidden
/// for a project out of reach.
[[nodiscard]] Result<SubmissionSearch> read_search(const Query& query, const Access& access);

/// How many statements add_select_found() adds.
inline constexpr std::size_t kSelectFoundStatements = 2;

/// Adds what reads at most `count` submissions whose id is less than `before`, and then {floor, more,
/// received_at}: the lowest id that was looked at, whether there are rows below it, and when it was received.
/// They are 0, 0 and null where no window bounded the reading.
void add_select_found(Batch& batch, const SubmissionSearch& search, std::int64_t before, std::uint32_t count);

}  // namespace leadledger::app
