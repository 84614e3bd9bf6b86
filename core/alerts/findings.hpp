// What insights say, as far as alerts need it: read from the answer of GET /analytics/insights.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/support/json.hpp"
#include "core/support/result.hpp"

namespace leadledger::alerts {

/// What an alert is about, within its scope. Of all submissions, dimension and value are "".
struct Subject {
  std::string_view kind;
  std::string_view dimension;
  std::string_view value;

  [[nodiscard]] friend bool operator==(const Subject& a, const Subject& b) {
    return a.kind == b.kind && a.dimension == b.dimension && a.value == b.value;
  }
};

/// One insight. It points into the text that was read.
struct Finding {
  Subject subject;
  double strength = 0;
  std::string insight;  // JSON, as it was answered
};

struct Findings {
  std::vector<Finding> list;  // in the order of the answer: the gravest first
  bool whole = true;          // false: there may be more than the answer had room for
  bool all_values = true;     // false: not every value of each dimension could be looked at
  bool stale = false;         // from before Analytics Engine was in trouble: says nothing of now
  std::int64_t to_ms = 0;     // the end of the window that was looked at
};

/// `body` is rewritten in place and outlives what is read. `limit` is the most insights that were asked for.
/// Errors (internal): it is not of that form.
[[nodiscard]] Result<Findings> read_findings(std::string& body, std::size_t limit);

/// Writes a value as it was read.
void append_json(std::string& out, const json::Value& value);

}  // namespace leadledger::alerts
