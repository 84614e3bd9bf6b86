// Any bytes as a body of multipart/form-data; boundary=x.

#include "tests/fuzz/decode_and_understand.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {  // NOLINT: libFuzzer's name
  leadledger::fuzz::decode_and_understand("multipart/form-data; boundary=x", data, size);
  return 0;
}
