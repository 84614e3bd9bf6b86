#include "core/intake/phone.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

#include "core/support/text.hpp"
#include "leadledger/phone_countries.hpp"
#include "tests/core/hostile_text.hpp"

namespace {

using namespace leadledger;
using intake::calling_code_of;
using intake::parse_phone;

std::string e164(std::string_view text, std::string_view country) {
  const auto phone = parse_phone(text, country);
  return phone ? phone->e164 : "";
}

TEST_CASE("a phone number becomes E.164", "[intake][phone]") {
  auto [text, country, expected] = GENERATE(table<std::string, std::string, std::string>({
      // with a country code
      {"+91 98765 43210", "", "+919876543210"},
      {"+44 (0)20 7946 0958", "", "+442079460958"},
      {"+49 (0) 30 901820", "DE", "+4930901820"},
      {"+39 06 6982", "", "+39066982"},  // Italy keeps its zero
      {"+39 (0)6 6982", "", "+39066982"},
      {"0044 20 7946 0958", "IN", "+442079460958"},
      {"011 44 20 7946 0958", "US", "+442079460958"},
      {"0044 20 7946 0958", "US", "+442079460958"},
      {"0044 20 7946 0958", "", "+442079460958"},
      {"810 44 20 7946 0958", "RU", "+442079460958"},
      {"(+1) 415-555-2671", "", "+14155552671"},
      {"+1 (415) 555.2671", "IN", "+14155552671"},
      {"tel:+1-201-555-0123", "", "+12015550123"},
      {"+7 495 123-45-67", "", "+74951234567"},
      // within the country
      {"98765 43210", "IN", "+919876543210"},
      {"098765 43210", "IN", "+919876543210"},
      {"020 7946 0958", "GB", "+442079460958"},
      {"(415) 555-2671", "US", "+14155552671"},
      {"1 415 555 2671", "US", "+14155552671"},
      {"8 495 123-45-67", "RU", "+74951234567"},
      {"8005553535", "RU", "+78005553535"},
      {"06 30 123 4567", "HU", "+36301234567"},
      {"01 70 18 99 00", "FR", "+33170189900"},
      {"22 123 45 67", "PL", "+48221234567"},
      {"04941 12345", "DE", "+49494112345"},
      // the country's code without +
      {"91 98765 43210", "IN", "+919876543210"},
      {"919876543210", "IN", "+919876543210"},
      {"49 176 12345678", "DE", "+4917612345678"},
      {"091 98765 43210", "IN", "+919876543210"},
      {"971 50 123 4567", "AE", "+971501234567"},
      {"0 44 20 7946 0958", "GB", "+442079460958"},
      {"55 11 98765 4321", "BR", "+5511987654321"},
      {"55 99999 8888", "BR", "+5555999998888"},  // the area code 55, not the country's
      // extensions and dividers
      {"+1 415 555 2671 x123", "", "+14155552671"},
      {"+1 415 555 2671 ext. 9", "", "+14155552671"},
      {"415-555-2671 Ext 9", "US", "+14155552671"},
      {"+1-415-555-2671;ext=9", "", "+14155552671"},
      {"+1-415-555-2671#9", "", "+14155552671"},
      {"+44\u00A020\u20117946\u20130958", "", "+442079460958"},
      {"\u202A+44 20 7946 0958\u202C", "", "+442079460958"},
  }));
  CAPTURE(text, country);
  CHECK(e164(text, country) == expected);
}

TEST_CASE("what fits no numbering plan is nothing", "[intake][phone]") {
  auto [text, country] = GENERATE(table<std::string, std::string>({
      {"", "IN"},
      {"+", "IN"},
      {"call me", "IN"},
      {"12", "IN"},
      {"98765 43210", ""},  // of which country?
      {"98765 43210", "ZZ"},
      {"+999 12345678", "IN"},   // no such code
      {"+1 415 555 26711", ""},  // too long for its plan
      {"+44 20 79", ""},
      {"++44 20 7946 0958", ""},
      {"44+20 7946 0958", "GB"},
      {"1-800-FLOWERS", "US"},
      {"020 7946 0958 or 020 7946 0959", "GB"},
      {"1234567890123456789012345678901234567890", "IN"},
      {"x1234567", "IN"},
      {"\u0967\u0968\u0969", "IN"},
  }));
  CAPTURE(text, country);
  CHECK_FALSE(parse_phone(text, country).has_value());
}

TEST_CASE("a phone number tells its calling code", "[intake][phone]") {
  CHECK(parse_phone("+442079460958", "")->calling_code == "44");
  CHECK(parse_phone("98765 43210", "IN")->calling_code == "91");
  CHECK(calling_code_of("IN") == "91");
  CHECK(calling_code_of("US") == "1");
  CHECK(calling_code_of("CA") == "1");
  CHECK(calling_code_of("ZW") == "263");
  CHECK(calling_code_of("T1").empty());
  CHECK(calling_code_of("").empty());
  CHECK(calling_code_of("in").empty());
}

TEST_CASE("E.164 reads as itself, whatever the default country", "[intake][phone]") {
  tests::Random random(2);
  constexpr std::string_view kDigits = "0123456789";
  constexpr std::string_view kAny = "0123456789 -()+.x";
  int accepted = 0;
  for (int round = 0; round < 40000; ++round) {
    const auto& country = random.pick(schema::kPhoneCountries);
    const auto& other = random.pick(schema::kPhoneCountries);
    std::string text;
    switch (random.below(4)) {
      case 0: text = "+" + std::string(country.calling_code); break;
      case 1: text = std::string(country.international_prefix) + std::string(other.calling_code); break;
      case 2: text = std::string(country.national_prefix); break;
      default: break;
    }
    const bool plain = random.below(3) != 0;
    for (std::size_t left = random.below(15); left > 0; --left) text += random.pick(plain ? kDigits : kAny);
    const auto phone = parse_phone(text, country.country);
    if (!phone) continue;
    ++accepted;
    CAPTURE(text, country.country, phone->e164);
    REQUIRE(phone->e164.size() <= 16);
    REQUIRE(phone->e164.front() == '+');
    REQUIRE(std::all_of(phone->e164.begin() + 1, phone->e164.end(), text::is_digit));
    REQUIRE(std::string_view(phone->e164).substr(1).starts_with(phone->calling_code));
    for (const std::string_view default_country : {country.country, other.country, std::string_view("")}) {
      REQUIRE(e164(phone->e164, default_country) == phone->e164);
    }
  }
  CHECK(accepted > 5000);
}

TEST_CASE("no text breaks the reading of phone numbers", "[intake][phone]") {
  tests::Random random(3);
  for (int round = 0; round < 5000; ++round) {
    const std::string text = tests::hostile_text(random, 14);
    const auto phone = parse_phone(text, random.pick(schema::kPhoneCountries).country);
    if (phone) {
      CAPTURE(text);
      REQUIRE(std::all_of(phone->e164.begin() + 1, phone->e164.end(), text::is_digit));
    }
  }
  SUCCEED();
}

}  // namespace
