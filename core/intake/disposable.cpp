#include "core/intake/disposable.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "core/support/hash.hpp"
#include "leadledger/disposable_domains.hpp"

namespace leadledger::intake {

bool is_listed_as_disposable(std::string_view domain) {
  const std::uint32_t wanted = fnv1a32(domain);
  const auto& firsts = schema::kDisposableFirsts;
  const auto after = std::upper_bound(firsts.begin(), firsts.end(), wanted);
  if (after == firsts.begin()) return false;
  const auto block = static_cast<std::size_t>(after - firsts.begin()) - 1;
  const std::size_t begin = block * schema::kDisposablePerBlock;
  const std::size_t end = std::min(begin + schema::kDisposablePerBlock, schema::kDisposableUpper.size());
  std::uint32_t hash = firsts[block];
  for (std::size_t at = begin + 1; at < end && hash < wanted; ++at) {
    hash += (std::uint32_t{schema::kDisposableUpper[at]} << 16U) + schema::kDisposableLower[at];
  }
  return hash == wanted;
}

}  // namespace leadledger::intake
