#include "core/app/body.hpp"

#include "leadledger/limits.hpp"

namespace leadledger::app {

Task<Result<std::string>> read_body(StreamPort stream, const Request& request) {
  const auto too_large = [] {
    return fail(ErrorCode::body_too_large,
                "The body is longer than 65,536 bytes, which is all that is taken.");
  };
  static_assert(schema::kMaxBodyBytes == 65536, "the sentence above names the limit");
  std::string body(request.body.view());
  bool complete = request.body_complete;
  while (!complete && body.size() <= schema::kMaxBodyBytes) {
    Reply more = co_await stream.read(schema::kInlineBodyBytes);
    if (!more.ok) co_return fail(ErrorCode::malformed_body, "The body ended before it was complete.");
    body.append(more.body.view());
    complete = more.status == "end";
  }
  if (body.size() > schema::kMaxBodyBytes) co_return too_large();
  co_return body;
}

Task<Result<json::Document>> read_json_object(StreamPort stream, const Request& request, std::string& text) {
  const std::string_view type = request.header("content-type");
  if (!type.starts_with("application/json")) {
    co_return fail(ErrorCode::unsupported_media_type, "Send the body as application/json.");
  }
  auto body = co_await read_body(stream, request);
  if (!body) co_return tl::unexpected<Error>(std::move(body.error()));
  text = std::move(*body);
  auto document = json::Document::parse(text, {.whole_characters = true});
  if (document && !document->root().is(json::Kind::object)) {
    co_return fail(ErrorCode::malformed_body, "The body must be a JSON object.");
  }
  co_return document;
}

}  // namespace leadledger::app
