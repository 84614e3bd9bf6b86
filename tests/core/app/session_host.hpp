// Sessions without WebCrypto: a stand-in for HMAC that depends on every byte of the key and the text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/support/text.hpp"
#include "tests/core/app/host.hpp"

namespace leadledger::tests {

inline std::string stand_in_hmac(std::string_view key, std::string_view text) {
  std::string bytes;
  for (std::uint64_t part = 0; part < 4; ++part) {
    std::uint64_t hash = 0xcbf2'9ce4'8422'2325U + part;
    for (const std::string_view piece : {key, std::string_view("\n"), text}) {
      for (const char c : piece) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100'0000'01b3U;
    }
    bytes.append(reinterpret_cast<const char*>(&hash), sizeof hash);
  }
  return text::to_hex(bytes);
}

inline constexpr std::string_view kHost = "https://leads.example";
inline constexpr std::string_view kSecureName = "__Host-leadledger_session";
inline const std::int64_t kNowS = Incoming{}.now_ms / 1000;

/// The digest of the tests' key of that letter.
inline std::string digest_of(char letter) { return std::string(64, letter); }

/// Keys a (admin), b (marketing), c (admin of acme), d (expired), e (ends in an hour), and some that no
/// session may come from: a digest that can be guessed, an id twice, an id of other characters, one that is
/// too long.
inline std::string session_config() {
  std::string out = R"({"reporting_timezone":"Asia/Kolkata","api_keys":[)";
  const auto add = [&](std::string_view id, std::string_view digest, std::string_view more) {
    if (!out.ends_with('[')) out += ',';
    out.append(R"({"id":")").append(id).append(R"(","digest":")").append(digest).append(R"(",)");
    out.append(more).append("}");
  };
  constexpr std::string_view kAll = R"("role":"admin","projects":["*"])";
  add("key_a", digest_of('a'),
      R"("name":"Ada","role":"admin","projects":["*"],"created_at":"2026-01-01T00:00:00Z","expires_at":null)");
  add("key_b", digest_of('b'), R"("name":"Agency","role":"marketing","projects":["acme","globex"])");
  add("key_c", digest_of('c'), R"("name":"Acme","role":"admin","projects":["acme"])");
  add("key_d", digest_of('d'), std::string(kAll) + R"(,"expires_at":"2026-11-21T08:00:00Z")");
  add("key_e", digest_of('e'), std::string(kAll) + R"(,"expires_at":"2026-11-21T09:00:00.900Z")");
  add("key_weak", "1234", kAll);
  add("key_twice", digest_of('1'), kAll);
  add("key_twice", digest_of('2'), kAll);
  add("key;3", digest_of('3'), kAll);
  add(std::string(65, 'k'), digest_of('4'), kAll);
  return out + "]}";
}

/// A signed session as the core would have made it.
inline std::string session_value(std::string_view id, std::string_view digest, std::int64_t ends_s,
                                 std::string_view origin = kHost) {
  const std::string ends = std::to_string(ends_s);
  std::string text = "leadledger session v1\n";
  text.append(origin).append("\n").append(id).append("\n").append(ends).append("\n");
  return "v1." + std::string(id) + "." + ends + "." + stand_in_hmac(digest, text);
}

/// A session of key a, b, c, ... that has an hour left.
inline std::string session_of(char letter, std::int64_t ends_s = kNowS + 3600) {
  return session_value(std::string("key_") + letter, digest_of(letter), ends_s);
}

inline Incoming by_cookie(std::string method, std::string path, std::string_view cookies) {
  Incoming incoming;
  incoming.method = std::move(method);
  incoming.url = std::string(kHost) + std::move(path);
  incoming.config = session_config();
  incoming.with("origin", "").with("content-type", "").with("cookie", cookies);
  return incoming;
}

inline Incoming by_session(std::string method, std::string path, char letter = 'a') {
  return by_cookie(std::move(method), std::move(path), std::string(kSecureName) + "=" + session_of(letter));
}

/// Answers every signature that is waited for.
inline void sign(Host& host) {
  while (host.kinds() == "hmac") {
    const Asked& asked = host.only("hmac");
    const std::string signature = stand_in_hmac(asked.member("key"), asked.member("text"));
    host.answer("hmac", "ok", signature);
  }
}

}  // namespace leadledger::tests
