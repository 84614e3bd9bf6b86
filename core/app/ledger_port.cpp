#include "core/app/ledger_port.hpp"

#include "core/app/ask.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::app {

namespace {

Effect run_batch(Operation& operation, Batch& batch, LedgerCache cache, bool forget) {
  return ask(operation, "d1.batch", [&](json::Writer& writer) {
    if (cache.rows_s > 0) {
      writer.member("cache_s", static_cast<std::int64_t>(cache.rows_s));
      writer.member("cache_empty_s", static_cast<std::int64_t>(cache.empty_s));
    }
    if (forget) writer.member("forget_cache", true);
    writer.member("timeout_ms", static_cast<std::int64_t>(schema::kLedgerTimeoutMs));
    writer.key("statements");
    writer.raw(batch.finish());
  });
}

}  // namespace

Effect LedgerPort::run(Batch& batch, LedgerCache cache) const {
  return run_batch(*operation_, batch, cache, false);
}

Effect LedgerPort::run_and_forget_cache(Batch& batch) const {
  return run_batch(*operation_, batch, {}, true);
}

}  // namespace leadledger::app
