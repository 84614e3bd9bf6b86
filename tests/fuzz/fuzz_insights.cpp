// Any bytes as counts of windows and values: whatever is found in them is well made.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "tests/core/insights/seen.hpp"

namespace {

/// Numbers from the bytes, and 0 when they are used up.
struct Bytes {
  const std::uint8_t* data;
  std::size_t left;

  std::size_t below(std::size_t end) {
    std::size_t value = 0;
    for (std::size_t most = end; most > 1 && left > 0; most >>= 8U) value = value << 8U | *data++, --left;
    return value % end;
  }
  std::string text() {
    const std::size_t size = std::min(below(90), left);
    std::string out(reinterpret_cast<const char*>(data), size);
    data += size, left -= size;
    return out;
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace leadledger;
  Bytes bytes{data, size};
  const tests::Seen seen(bytes);
  for (const double least : {schema::kStrengthShown, schema::kStrengthAlertCloses}) {
    const std::string fault = tests::fault_of(seen, least);
    if (fault.empty()) continue;
    std::fputs(fault.c_str(), stderr);
    std::abort();
  }
  return 0;
}
