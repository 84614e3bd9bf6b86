#include <catch2/catch.hpp>
#include <string>

#include "core/intake/form.hpp"

using namespace leadledger;

TEST_CASE("a number too large for any use is refused by the name of its field", "[intake]") {
  const std::string digits(500, '9');
  for (const std::string& value : {digits, "[1, " + digits + "]", std::string("1e999")}) {
    std::string body = R"({"email": "a@b.co", "time_on_page": )" + value + "}";
    CAPTURE(value);
    const auto form = intake::decode("application/json", body);
    REQUIRE_FALSE(form.has_value());
    CHECK(form.error().code == ErrorCode::malformed_body);
    REQUIRE(form.error().fields.size() == 1);
    CHECK(form.error().fields[0].name == "time_on_page");
    CHECK(form.error().fields[0].code == "number_too_large");
  }
}
