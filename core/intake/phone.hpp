// Phone numbers into E.164, by the calling codes, prefixes and lengths of schema::kPhoneCountries.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace leadledger::intake {

struct Phone {
  std::string e164;               // "+442079460958"
  std::string_view calling_code;  // "44"; points into the table of numbering plans
};

/// Reads a number with + or an international prefix, or as it is dialled within `default_country` (ISO 3166-1
/// alpha-2; "" for none). Spaces, hyphens, dots, slashes and brackets divide digits; an extension (x12, ext.
/// 12, #12) is dropped. Nothing where other text is in it, or its length fits no plan: lengths are what is
/// checked, not whether the number was given out. What it returns it reads as the same, whatever the default
/// country.
[[nodiscard]] std::optional<Phone> parse_phone(std::string_view text, std::string_view default_country);

/// "91" for "IN"; "" for a country without a numbering plan. Points into a constant.
[[nodiscard]] std::string_view calling_code_of(std::string_view country);

}  // namespace leadledger::intake
