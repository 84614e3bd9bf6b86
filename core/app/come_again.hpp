// What the consumer of a queue answers where the message should come again.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>

#include "core/app/request.hpp"
#include "core/app/response.hpp"
#include "core/support/text.hpp"

namespace leadledger::app {

/// A queue keeps a message for twelve hours at most; who must wait longer comes in between, and waits again.
[[nodiscard]] inline Response come_again_in(std::int64_t seconds) {
  constexpr int kUnavailable = 503;
  constexpr std::int64_t kLongest = 12 * 3600;
  std::string delay;
  text::append_number(delay, std::min(seconds, kLongest));
  return empty_response(kUnavailable).with("retry-after", std::move(delay));
}

/// The first wait is half a minute and each next one is twice as long, up to an hour: with the retries of
/// wrangler.toml, an outage of more than a day.
[[nodiscard]] inline Response come_again(const Request& request) {
  constexpr std::int64_t kLongest = 3600;
  std::int64_t seconds = 30;
  for (std::int64_t attempt = 1; attempt < request.attempts && seconds < kLongest; ++attempt) seconds *= 2;
  return come_again_in(std::min(seconds, kLongest));
}

}  // namespace leadledger::app
