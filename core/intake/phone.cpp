// How a number is read, in this order:
//   1. with + : calling code, then the national number;
//   2. with the default country's international prefix (00 where there is no default country): likewise;
//   3. with the default country's own calling code but no + ("91 98765 43210" in India);
//   4. as dialled within the default country, with or without its national prefix.
// The table knows possible lengths, not patterns, so where two readings have a possible length the order
// decides.
#include "core/intake/phone.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "core/intake/clean_text.hpp"
#include "core/support/text.hpp"
#include "leadledger/phone_countries.hpp"

namespace leadledger::intake {

namespace {

using schema::kPhoneCountries;
using schema::PhoneCountry;

constexpr std::size_t kMaxDigits = 15;  // E.164, with the calling code

bool is_possible(std::uint32_t lengths, std::size_t digits) {
  return digits < 32 && ((lengths >> digits) & 1U) != 0;
}

const PhoneCountry* find_country(std::string_view country) {
  const auto* const end = kPhoneCountries.data() + kPhoneCountries.size();
  const auto* const found =
      std::lower_bound(kPhoneCountries.data(), end, country,
                       [](const PhoneCountry& a, std::string_view b) { return a.country < b; });
  return found != end && found->country == country ? found : nullptr;
}

/// What the countries of one calling code have in common: +1 and +44 are several countries each.
struct Plan {
  std::string_view calling_code;
  std::string_view national_prefix;
  std::uint32_t lengths = 0;
};

/// The plan whose calling code begins `digits`. No code is the beginning of another, so at most one fits.
std::optional<Plan> find_plan(std::string_view digits) {
  Plan plan;
  for (const PhoneCountry& country : kPhoneCountries) {
    if (!digits.starts_with(country.calling_code)) continue;
    plan.calling_code = country.calling_code;
    plan.lengths |= country.lengths;
    if (plan.national_prefix.empty()) plan.national_prefix = country.national_prefix;
  }
  if (plan.lengths == 0) return std::nullopt;
  return plan;
}

/// The digits of a text that is a phone number and nothing else.
struct Digits {
  std::string text;
  bool plus = false;
  std::size_t bracketed_zero = std::string::npos;  // where the 0 of "(0)" stands in `text`
};

/// Whether an extension begins here: "x12", "ext. 12", "#12", ";ext=12", or the pauses that dial it.
bool begins_extension(std::string_view rest) {
  return rest.starts_with('x') || rest.starts_with("ext") || rest.starts_with('#') || rest.starts_with(';') ||
         rest.starts_with(',');
}

/// A dash or minus sign beyond ASCII, as word processors put; each has three bytes.
bool is_dash(std::string_view rest) {
  const std::uint32_t point = text::first_code_point(rest).value;
  return (point >= 0x2010 && point <= 0x2015) || point == 0x2212;
}

std::optional<Digits> read_digits(std::string_view raw) {
  constexpr std::string_view kDividers = " -./()\t";
  constexpr std::size_t kLeastBeforeExtension = 5;
  const std::string cleaned = text::lower(clean_token(raw));
  std::string_view rest = cleaned;
  if (rest.starts_with("tel:")) rest = text::trim(rest.substr(4));
  Digits digits;
  while (!rest.empty()) {
    const char c = rest.front();
    if (text::is_digit(c)) {
      digits.text += c;
    } else if (c == '+' && digits.text.empty() && !digits.plus) {
      digits.plus = true;
    } else if (digits.text.size() >= kLeastBeforeExtension && begins_extension(rest)) {
      break;
    } else if (kDividers.find(c) != std::string_view::npos) {
      if (rest.starts_with("(0)")) digits.bracketed_zero = digits.text.size();
    } else if (is_dash(rest)) {
      rest.remove_prefix(2);
    } else {
      return std::nullopt;
    }
    rest.remove_prefix(1);
  }
  // A national prefix, calling code and number have fewer digits than this in every plan.
  constexpr std::size_t kMostDigits = 24;
  if (digits.text.empty() || digits.text.size() > kMostDigits) return std::nullopt;
  return digits;
}

/// Without the national prefix, where one was dialled. A leading 0 is one wherever the plan has it as prefix;
/// a leading 1 or 8 only where the number is too long otherwise, since numbers begin with those too.
std::string_view without_national_prefix(std::string_view number, std::string_view prefix,
                                         std::uint32_t lengths) {
  if (prefix.empty()) return number;
  while (number.starts_with(prefix)) {
    const std::string_view rest = number.substr(prefix.size());
    if (!is_possible(lengths, rest.size())) break;
    if (prefix != "0" && is_possible(lengths, number.size())) break;
    number = rest;
  }
  return number;
}

/// `lengths` are those of one country or of the whole plan. The prefix is always judged by the plan, so that
/// the number composed here reads as itself wherever it is read again.
std::optional<Phone> compose(const Plan& plan, std::string_view number, std::uint32_t lengths) {
  number = without_national_prefix(number, plan.national_prefix, plan.lengths);
  if (!is_possible(lengths, number.size()) || plan.calling_code.size() + number.size() > kMaxDigits) {
    return std::nullopt;
  }
  Phone phone;
  phone.e164.reserve(1 + plan.calling_code.size() + number.size());
  phone.e164 += '+';
  phone.e164 += plan.calling_code;
  phone.e164 += number;
  phone.calling_code = plan.calling_code;
  return phone;
}

/// `digits` begin with a calling code.
std::optional<Phone> read_international(std::string_view digits) {
  const auto plan = find_plan(digits);
  if (!plan) return std::nullopt;
  return compose(*plan, digits.substr(plan->calling_code.size()), plan->lengths);
}

/// Where the national number begins in digits without + that are meant to begin with the country's own
/// calling code, also after a needless national 0; 0 where they are not. They are meant so where nothing else
/// has a possible length, or where a whole number follows the code: plans with wide lengths, such as India's
/// with 8 to 13 digits, would otherwise take any number with its code for a national one. By chance a
/// national number begins with a code of three digits seldom, with a shorter one often (55 is Brazil's code,
/// and an area there).
std::size_t end_of_own_code(const PhoneCountry& country, const Plan& plan, std::string_view digits) {
  const std::size_t zero = plan.national_prefix == "0" && digits.starts_with('0') ? 1 : 0;
  if (!digits.substr(zero).starts_with(country.calling_code)) return 0;
  const std::size_t end = zero + country.calling_code.size();
  const std::size_t rest = digits.size() - end;
  const std::size_t whole_number = country.calling_code.size() >= 3 ? 8 : 10;
  if (!is_possible(country.lengths, rest)) return 0;
  return rest >= whole_number || !is_possible(country.lengths, digits.size() - zero) ? end : 0;
}

}  // namespace

std::optional<Phone> parse_phone(std::string_view text, std::string_view default_country) {
  const auto read = read_digits(text);
  if (!read) return std::nullopt;
  std::string_view digits = read->text;
  const PhoneCountry* const country = find_country(default_country);
  const std::string_view international_prefix = country == nullptr ? "00" : country->international_prefix;

  std::string without_zero;
  const bool international = read->plus || digits.starts_with(international_prefix);
  if (international && read->bracketed_zero != std::string::npos && read->bracketed_zero > 0) {
    // "+44 (0)20 ...": the zero is for callers within the country. Italy has no such prefix and keeps its
    // zeros.
    const std::string_view start = read->plus ? digits : digits.substr(international_prefix.size());
    const auto plan = find_plan(start);
    if (plan && plan->national_prefix == "0") {
      without_zero = read->text;
      without_zero.erase(read->bracketed_zero, 1);
      digits = without_zero;
    }
  }
  if (read->plus) return read_international(digits);
  if (digits.starts_with(international_prefix)) {
    if (auto phone = read_international(digits.substr(international_prefix.size()))) return phone;
  }
  if (country != nullptr) {
    if (const auto plan = find_plan(country->calling_code)) {
      if (const std::size_t end = end_of_own_code(*country, *plan, digits); end != 0) {
        if (auto phone = compose(*plan, digits.substr(end), country->lengths)) return phone;
      }
      if (auto phone = compose(*plan, digits, country->lengths)) return phone;
    }
  }
  // 00 is what most of the world dials, and what people write for those abroad.
  return digits.starts_with("00") ? read_international(digits.substr(2)) : std::nullopt;
}

std::string_view calling_code_of(std::string_view country) {
  const PhoneCountry* const found = find_country(country);
  return found == nullptr ? std::string_view{} : found->calling_code;
}

}  // namespace leadledger::intake
