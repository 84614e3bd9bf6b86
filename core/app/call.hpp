// What every handler is called with.
#pragma once

#include <string_view>

#include "core/app/request.hpp"
#include "core/app/response.hpp"

namespace leadledger::app {

/// The request and the id outlive the handler.
struct Call {
  const Request& request;
  std::string_view request_id;
  std::string_view tail;  // what follows a route's prefix, such as an id

  [[nodiscard]] Response refuse(const Error& error) const { return problem(error, request.path, request_id); }
};

/// Begins a response whose body follows in pieces.
class HeadPort {
 public:
  HeadPort(Operation& operation, std::string_view request_id)
      : operation_(&operation), request_id_(request_id) {}
  void send(const Response& head) const { send_head(*operation_, head, request_id_); }

 private:
  Operation* operation_;
  std::string_view request_id_;
};

}  // namespace leadledger::app
