// The port to the ledger: D1. It lies apart from the others, so that a handler of reports cannot even name
// it.
#pragma once

#include <cstdint>

#include "core/app/operation.hpp"
#include "core/ledger/batch.hpp"

namespace leadledger::app {

using ledger::Batch;
using ledger::TextOrNull;

/// How long an answer of the ledger may be reused inside this isolate.
struct LedgerCache {
  std::uint32_t rows_s = 0;   // where it has rows
  std::uint32_t empty_s = 0;  // where it has none
};

class LedgerPort {
 public:
  explicit LedgerPort(Operation& operation) : operation_(&operation) {}
  /// Runs the statements in one transaction. Reply: a JSON array with the rows of each statement.
  [[nodiscard]] Effect run(Batch& batch, LedgerCache cache = {}) const;
  /// The same; afterwards nothing that was cached is used any more.
  [[nodiscard]] Effect run_and_forget_cache(Batch& batch) const;

 private:
  Operation* operation_;
};

}  // namespace leadledger::app
