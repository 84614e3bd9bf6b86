#include "core/intake/email.hpp"

#include <algorithm>
#include <cstddef>

#include "core/intake/clean_text.hpp"
#include "core/support/text.hpp"

namespace leadledger::intake {

namespace {

constexpr std::size_t kMaxChars = 254;  // RFC 5321: a path of 256 with its angle brackets
constexpr std::size_t kMaxLocalChars = 64;
constexpr std::size_t kMaxLabelChars = 63;

bool is_beyond_ascii(char c) { return static_cast<unsigned char>(c) >= 0x80; }

bool fits_local(char c) {
  constexpr std::string_view kMarks = "!#$%&'*+-/=?^_`{|}~.";
  return text::is_letter(c) || text::is_digit(c) || is_beyond_ascii(c) ||
         kMarks.find(c) != std::string_view::npos;
}

bool fits_label(char c) { return text::is_letter(c) || text::is_digit(c) || is_beyond_ascii(c) || c == '-'; }

bool has_stray_dot(std::string_view text) {
  return text.starts_with('.') || text.ends_with('.') || text.find("..") != std::string_view::npos;
}

bool is_label(std::string_view label) {
  return !label.empty() && text::count_code_points(label) <= kMaxLabelChars && label.front() != '-' &&
         label.back() != '-' && std::all_of(label.begin(), label.end(), fits_label);
}

/// The last label of a domain: no number, or else it would be an address or a slip of the keyboard.
bool is_top_level(std::string_view label) {
  return text::count_code_points(label) >= 2 && !std::all_of(label.begin(), label.end(), text::is_digit);
}

tl::unexpected<EmailFault> fault(std::string_view reason) {
  return tl::unexpected<EmailFault>(EmailFault{reason});
}

}  // namespace

tl::expected<std::string, EmailFault> parse_email(std::string_view text) {
  std::string email = text::lower(clean_token(text));
  constexpr std::string_view kScheme = "mailto:";
  while (email.starts_with(kScheme)) email = text::trim(std::string_view(email).substr(kScheme.size()));
  if (email.empty()) return fault("It is empty.");
  if (text::count_code_points(email) > kMaxChars) return fault("It is longer than 254 characters.");
  if (email.find(' ') != std::string::npos) return fault("It has a space in it.");

  const std::size_t at = email.find('@');
  if (at == std::string::npos) return fault("It has no @; write it like name@company.com.");
  if (email.find('@', at + 1) != std::string::npos) return fault("It has more than one @.");
  const std::string_view local = std::string_view(email).substr(0, at);
  const std::string_view domain = std::string_view(email).substr(at + 1);
  if (local.empty()) return fault("Nothing stands before its @.");
  if (domain.empty()) return fault("Nothing stands after its @.");
  if (text::count_code_points(local) > kMaxLocalChars)
    return fault("It has more than 64 characters before its @.");
  if (has_stray_dot(local)) return fault("It has a dot too many before its @.");
  if (!std::all_of(local.begin(), local.end(), fits_local)) {
    return fault("It has a character before its @ that no e-mail address has.");
  }

  if (domain.find('.') == std::string_view::npos)
    return fault("The name after its @ is not complete: it has no dot.");
  if (has_stray_dot(domain)) return fault("It has a dot too many after its @.");
  std::string_view label;
  for (std::string_view rest = domain; !rest.empty();) {
    const auto [head, tail] = text::split_once(rest, '.');
    if (!is_label(head)) return fault("The name after its @ is not the name of a mail server.");
    label = head;
    rest = tail;
  }
  if (!is_top_level(label)) return fault("The name after its @ has no ending such as .com.");
  return email;
}

}  // namespace leadledger::intake
