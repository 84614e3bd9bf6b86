// Any bytes as a body of application/x-www-form-urlencoded.

#include "tests/fuzz/decode_and_understand.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {  // NOLINT: libFuzzer's name
  leadledger::fuzz::decode_and_understand("application/x-www-form-urlencoded", data, size);
  return 0;
}
