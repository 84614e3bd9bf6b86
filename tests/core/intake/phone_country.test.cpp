#include "core/intake/project_settings.hpp"

#include <catch2/catch.hpp>

using namespace leadledger::intake;

TEST_CASE("a number without a country code belongs to the project's country, else to the visitor's",
          "[intake]") {
  ProjectSettings settings;
  CHECK(phone_country(settings, "GB") == "GB");
  CHECK(phone_country(settings, "").empty());
  settings.default_country = "IN";
  CHECK(phone_country(settings, "GB") == "IN");
}
