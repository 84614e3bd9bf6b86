// What the deployment says of itself, read from the configuration part of a request when a handler needs it.
#pragma once

#include <cstdint>
#include <string>

#include "core/app/request.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::app {

struct Config {
  std::string turnstile_url = "https://challenges.cloudflare.com/turnstile/v0/siteverify";
  std::string reporting_timezone;                        // of reports that name none
  std::int64_t retention_days = schema::kRetentionDays;  // more where AE_SQL_URL is a store of one's own
  std::string brief_model;                               // of Workers AI, which rewrites briefs; "" for none
};

[[nodiscard]] Config read_config(Part config);

}  // namespace leadledger::app
