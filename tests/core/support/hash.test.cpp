#include "core/support/hash.hpp"

#include <catch2/catch.hpp>
#include <string_view>

using namespace leadledger;

TEST_CASE("FNV-1a gives the published values", "[hash]") {
  // Test vectors of the algorithm's authors, http://www.isthe.com/chongo/src/fnv/test_fnv.c
  static_assert(fnv1a32("") == 0x811c9dc5U);
  CHECK(fnv1a32("a") == 0xe40c292cU);
  CHECK(fnv1a32("foobar") == 0xbf9cf968U);
  CHECK(fnv1a32(std::string_view("\0", 1)) == 0x050c5d1fU);
  CHECK(fnv1a32("\xFF") != fnv1a32("\x7F"));
}
