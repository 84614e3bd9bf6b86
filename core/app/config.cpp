#include "core/app/config.hpp"

#include <algorithm>

#include "core/support/json.hpp"
#include "core/support/text.hpp"

namespace leadledger::app {

Config read_config(Part part) {
  Config config;
  std::string text(part.view());
  const auto document = json::Document::parse(text);
  if (!document) return config;
  const std::string_view url = document->root()["turnstile_url"].string();
  if (!url.empty()) config.turnstile_url = url;
  config.reporting_timezone = document->root()["reporting_timezone"].string();
  config.brief_model = document->root()["brief_model"].string();
  const auto days = text::parse_unsigned(document->root()["retention_days"].string());
  constexpr std::uint64_t kMostDays = 100'000;
  if (days && *days > 0) config.retention_days = static_cast<std::int64_t>(std::min(*days, kMostDays));
  return config;
}

}  // namespace leadledger::app
