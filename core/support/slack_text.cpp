#include "core/support/slack_text.hpp"

#include <cstddef>

#include "core/support/text.hpp"

namespace leadledger {

namespace {

constexpr std::string_view kNothing = "\xE2\x80\x8B";

/// "1.5", but not the "1.2" of an address such as 1.2.3.4.
bool is_decimal_point(std::string_view text, std::size_t at) {
  std::size_t first = at;
  while (first > 0 && text::is_digit(text[first - 1])) --first;
  std::size_t end = at + 1;
  while (end < text.size() && text::is_digit(text[end])) ++end;
  const bool is_between = first < at && at + 1 < end;
  const bool is_alone = first == 0 || text[first - 1] != '.';
  // Behind the number: the end of a sentence, or no further part of a name.
  const bool ends = end == text.size() || (!text::is_letter(text[end]) && text[end] != '.') ||
                    (text[end] == '.' && (end + 1 == text.size() || text::is_space(text[end + 1])));
  return is_between && is_alone && ends;
}

bool is_clock(std::string_view text, std::size_t at) {
  return at > 0 && text::is_digit(text[at - 1]) && text::is_digit(text[at + 1]);
}

bool means_something(std::string_view text, std::size_t at) {
  const bool is_last = at + 1 == text.size();
  switch (text[at]) {
    case '*':
    case '_':
    case '~':
    case '`':
    case '@':
    case '#': return true;
    case '.': return !is_last && !text::is_space(text[at + 1]) && !is_decimal_point(text, at);
    case ':': return !is_last && !text::is_space(text[at + 1]) && !is_clock(text, at);
    case '/': return !is_last && !text::is_space(text[at + 1]);
    default: return false;
  }
}

// These three begin all that Slack reads as more than text: links, mentions, channels.
// https://docs.slack.dev/messaging/formatting-message-text, "Escaping text".
void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      default: out.push_back(c);
    }
  }
}

}  // namespace

std::string without_links(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    out += text[at];
    const bool is_broken = text.substr(at + 1).starts_with(kNothing);
    if (!is_broken && means_something(text, at)) out.append(kNothing);
  }
  return out;
}

SlackText& SlackText::plain(std::string_view words) {
  append_escaped(text_, without_links(words));
  return *this;
}

SlackText& SlackText::bold(std::string_view words) {
  text_ += '*';
  plain(words);
  text_ += '*';
  return *this;
}

}  // namespace leadledger
