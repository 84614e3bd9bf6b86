// What a handler answers, and how an error becomes problem+json.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/app/operation.hpp"
#include "core/support/result.hpp"

namespace leadledger::app {

struct Response {
  int status = 200;
  std::vector<std::pair<std::string_view, std::string>> headers;
  std::string body;
  bool streamed = false;  // already sent in pieces

  Response& with(std::string_view name, std::string value) {
    headers.emplace_back(name, std::move(value));
    return *this;
  }
};

[[nodiscard]] Response json_response(int status, std::string body);
[[nodiscard]] Response empty_response(int status);

/// RFC 9457. `instance` is the path that was asked for.
[[nodiscard]] Response problem(const Error& error, std::string_view instance, std::string_view request_id);

[[nodiscard]] int http_status(ErrorCode code);

/// Writes the response as the operation's last effect.
void send(Operation& operation, Response response, std::string_view request_id);
/// Begins a response whose body follows through the stream port.
void send_head(Operation& operation, const Response& response, std::string_view request_id);

}  // namespace leadledger::app
