// What a browser on another site may read.
#pragma once

#include "core/app/response.hpp"

namespace leadledger::app {

/// Lets the page of `origin` read the response; nothing where `origin` is empty.
inline void share_with(Response& response, std::string_view origin) {
  response.with("vary", "Origin");
  if (origin.empty()) return;
  response.with("access-control-allow-origin", std::string(origin))
      .with("access-control-expose-headers", "Idempotency-Replayed, Retry-After, X-Request-Id");
}

}  // namespace leadledger::app
