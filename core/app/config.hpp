// What the deployment says of itself, read from the configuration part of a request when a handler needs it.
#pragma once

#include <string>

#include "core/app/request.hpp"

namespace leadledger::app {

struct Config {
  std::string turnstile_url = "https://challenges.cloudflare.com/turnstile/v0/siteverify";
  std::string reporting_timezone;  // of reports that name none
};

[[nodiscard]] Config read_config(Part config);

}  // namespace leadledger::app
