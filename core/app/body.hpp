// The body of a request: its beginning came with the message, the rest is asked for.
#pragma once

#include <string>

#include "core/app/handlers.hpp"

namespace leadledger::app {

/// The whole body. body_too_large beyond schema::kMaxBodyBytes, before more than that is held.
[[nodiscard]] Task<Result<std::string>> read_body(StreamPort stream, const Request& request);

/// The whole body as a JSON object, or why it is none. The document points into `text`.
[[nodiscard]] Task<Result<json::Document>> read_json_object(StreamPort stream, const Request& request,
                                                            std::string& text);

}  // namespace leadledger::app
