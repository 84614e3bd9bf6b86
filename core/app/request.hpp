// A request as the shim hands it over: facts of the wire, the clock and the dice, nothing interpreted.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/app/message.hpp"
#include "core/support/json.hpp"
#include "leadledger/request_facts.hpp"

namespace leadledger::app {

/// What made the runtime call us.
enum class Occasion : std::uint8_t {
  http,
  queue,
  dead_letter,
  delivery,
  dead_delivery,
  sweep,
  watch,
  unknown
};

/// A name out of a generated list; any other does not compile, since the Worker would never send it.
template <const auto& List>
struct ListedName {
  std::string_view text;
  consteval ListedName(const char* name) : text(name) {  // NOLINT: names stand where they are used
    bool listed = false;
    for (const std::string_view item : List) listed = listed || item == text;
    if (!listed) __builtin_trap();  // "not a constant expression": add the name to schema/request.json
  }
};
using HeaderName = ListedName<schema::kRequestHeaders>;
using CfName = ListedName<schema::kRequestCf>;

struct Request {
  Occasion occasion = Occasion::http;
  std::int64_t now_ms = 0;
  std::int64_t attempts = 1;                    // deliveries of this queue message, this one included
  std::array<std::string_view, 4> random = {};  // UUIDs
  std::string_view method;
  std::string_view origin;             // of the Worker itself: "https://leads.example"
  std::string_view path;               // begins with /
  std::string_view query;              // without ?
  std::string_view key_digest;         // SHA-256 in hexadecimal of the API key that was presented, or ""
  bool by_session = false;             // the key came as a session's cookie (session.hpp)
  bool session_ended = false;          // a session's cookie came, and is not good
  std::int64_t session_expires_s = 0;  // Unix seconds, where by_session
  bool bot_user_agent = false;
  bool body_complete = true;  // false: more is to be had from the stream port
  json::Value headers;        // names in lower case; without the keys
  json::Value cf;             // Cloudflare's facts about the connection
  Part body;                  // its beginning
  Part config;                // the deployment's configuration, JSON, not parsed

  [[nodiscard]] std::string_view header(HeaderName name) const { return headers[name.text].string(); }
  [[nodiscard]] json::Value connection(CfName name) const { return cf[name.text]; }
};

/// `document` receives the parsed header and must outlive the request, as must the parts.
[[nodiscard]] Request read_request(json::Document& document, Part config, Part body, Part header);

/// An opaque id: the prefix and 32 hexadecimal digits of a UUID.
[[nodiscard]] std::string make_id(std::string_view prefix, std::string_view uuid);

}  // namespace leadledger::app
