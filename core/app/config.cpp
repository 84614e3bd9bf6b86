#include "core/app/config.hpp"

#include "core/support/json.hpp"

namespace leadledger::app {

Config read_config(Part part) {
  Config config;
  std::string text(part.view());
  const auto document = json::Document::parse(text);
  if (!document) return config;
  const std::string_view url = document->root()["turnstile_url"].string();
  if (!url.empty()) config.turnstile_url = url;
  config.reporting_timezone = document->root()["reporting_timezone"].string();
  return config;
}

}  // namespace leadledger::app
