// Text for Slack's incoming webhooks, in which nothing that a stranger wrote becomes a link, a mention or a
// format: the only way into slack_body() (core/app/deliveries.hpp).
#pragma once

#include <string>
#include <string_view>

namespace leadledger {

/// The text with a space of no width behind each character by which chat programs find links, addresses,
/// mentions and formats: "evil.example" and "*x*" stay readable and are words. Numbers and clocks ("1.5",
/// "10:00") stay as they are, and so does what was treated already.
[[nodiscard]] std::string without_links(std::string_view text);

class SlackText {
 public:
  SlackText& plain(std::string_view words);
  SlackText& bold(std::string_view words);

  /// As Slack reads it: & < > escaped.
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace leadledger
