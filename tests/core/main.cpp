// The one main() of all native tests. Compiling Catch2's own part takes longest, so nothing else stands here.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
