// POST /mcp: the Model Context Protocol. Who may ask is decided here; a library speaks the protocol; each
// tool it runs comes back as a request of its own, with the same key.

#include "core/app/access.hpp"
#include "core/app/body.hpp"
#include "core/app/handlers.hpp"
#include "core/app/session.hpp"
#include "core/support/text.hpp"

namespace leadledger::app {

namespace {

/// The status of the library's answer; nothing where it is none that a response can have.
std::optional<int> read_status(std::string_view text) {
  constexpr std::uint64_t kLeast = 200;
  constexpr std::uint64_t kMost = 599;
  const auto number = text::parse_unsigned(text);
  if (!number || *number < kLeast || *number > kMost) return std::nullopt;
  return static_cast<int>(*number);
}

}  // namespace

Task<Response> mcp(McpPorts ports, Call call) {
  const Request& request = call.request;
  // The protocol asks servers to refuse foreign pages (DNS rebinding). The key is never a browser's to add,
  // so this is a second lock on the same door.
  if (!comes_from_here(request)) {
    co_return call.refuse({ErrorCode::cross_site, "A page of another site may not ask here."});
  }
  const auto access = require_access(request, Role::marketing);
  if (!access) co_return call.refuse(access.error());
  auto body = co_await read_body(ports.stream, request);
  if (!body) co_return call.refuse(body.error());
  Reply reply = co_await ports.mcp.answer(std::move(*body));
  const auto [status_text, media_type] = text::split_once(reply.status, ' ');
  const auto status = read_status(status_text);
  if (!reply.ok || !status) {
    co_return call.refuse({ErrorCode::internal, "The message could not be answered. Please try again."});
  }
  Response response = empty_response(*status);
  response.body = std::string(reply.body.view());
  if (!media_type.empty()) response.with("content-type", std::string(media_type));
  co_return response;
}

}  // namespace leadledger::app
