#include "core/app/publish_corrections.hpp"

#include <optional>

#include "core/app/admin.hpp"
#include "core/ledger/corrections.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::app {

Task<bool> publish_corrections(PublishPorts ports, std::string month) {
  constexpr int kPuts = 4;
  constexpr std::uint32_t kBetweenWritesMs = 1100;  // KV takes one write of a key each second
  constexpr std::uint32_t kKeepS = schema::kCorrectionsKeepDays * 86'400;
  static_assert(schema::kCorrectionsKeepDays > schema::kRetentionDays, "a list outlives its points");
  const std::string key = ledger::month_key(month);
  std::optional<std::string> put;
  for (int puts = 0;; ++puts) {
    Batch batch;
    ledger::add_select_month(batch, month);
    const Rows rows(co_await ports.ledger.run(batch));
    if (!rows.ok()) co_return false;
    std::string list = ledger::write_month(rows.of(0));
    if (put && *put == list) co_return true;
    if (puts == kPuts) co_return false;
    Reply kept = co_await ports.archive.put(key, list, kKeepS);
    put.reset();
    if (kept.ok) {
      put = std::move(list);
    } else {
      co_await ports.timer.wait(kBetweenWritesMs);
    }
  }
}

}  // namespace leadledger::app
