#include "core/app/session.hpp"

#include <algorithm>
#include <optional>

#include "core/app/facts.hpp"
#include "core/support/json.hpp"
#include "core/support/text.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::app {

namespace {

constexpr std::string_view kVersion = "v1";
constexpr std::size_t kHexBytes = 64;
constexpr std::int64_t kMsPerSecond = 1000;

bool is_secure(const Request& request) { return request.origin.starts_with("https://"); }

/// The prefix has browsers take it from this very host only, by https, for all paths.
std::string_view cookie_name(const Request& request) {
  return is_secure(request) ? "__Host-leadledger_session" : "leadledger_session";
}

/// The cookie under our name; "" where it cannot be told which one it is. A quoted value is not ours.
std::optional<std::string_view> find_cookie(const Request& request) {
  std::string_view list = request.header("cookie");
  if (list.size() > schema::kMaxCookieBytes) return std::string_view{};
  const std::string_view ours = cookie_name(request);
  std::optional<std::string_view> found;
  while (!list.empty()) {
    const auto [pair, rest] = text::split_once(list, ';');
    list = rest;
    const auto [name, value] = text::split_once(text::trim(pair), '=');
    if (name != ours || value.starts_with('"')) continue;
    if (found && *found != value) return std::string_view{};
    found = value;
  }
  return found;
}

bool is_key_id(std::string_view id) {
  return !id.empty() && id.size() <= schema::kMaxKeyIdBytes && std::all_of(id.begin(), id.end(), [](char c) {
    return text::is_letter(c) || text::is_digit(c) || c == '_' || c == '-';
  });
}

/// 32 bytes in hexadecimal digits: a key's digest, or a signature.
bool is_sha256(std::string_view text) { return text.size() == kHexBytes && text::is_hex(text); }

struct Token {
  std::string_view key_id;
  std::string_view ends;
  std::string_view signature;
  std::int64_t ends_s = 0;
};

std::optional<Token> read_token(std::string_view value) {
  const auto [version, claims] = text::split_once(value, '.');
  const auto [key_id, after_id] = text::split_once(claims, '.');
  const auto [ends, signature] = text::split_once(after_id, '.');
  constexpr std::size_t kMostDigits = 12;
  if (version != kVersion || !is_key_id(key_id) || ends.size() > kMostDigits || !is_sha256(signature)) {
    return std::nullopt;
  }
  const auto ends_s = text::parse_unsigned(ends);
  if (!ends_s) return std::nullopt;
  return Token{key_id, ends, signature, static_cast<std::int64_t>(*ends_s)};
}

/// The key that signs for an id, or none: the id must be one key's alone, and its digest one that nobody can
/// guess, which what somebody wrote into the list by hand may not be.
json::Value signing_key(const KeyList& list, std::string_view key_id) {
  json::Value found;
  for (const json::Value key : list.keys()) {
    if (key["id"].string() != key_id) continue;
    if (!found.is(json::Kind::none)) return {};
    found = key;
  }
  return is_sha256(found["digest"].string()) ? found : json::Value();
}

std::string signed_text(const Request& request, std::string_view key_id, std::string_view ends) {
  std::string out = "leadledger session ";
  for (const std::string_view part : {kVersion, request.origin, key_id, ends}) {
    out.append(part);
    out += '\n';
  }
  return out;
}

std::string set_cookie(const Request& request, std::string_view value, std::int64_t max_age_s) {
  std::string out(cookie_name(request));
  out.append("=").append(value).append("; Path=/; Max-Age=");
  text::append_number(out, max_age_s);
  out += "; HttpOnly; SameSite=Strict";
  if (is_secure(request)) out += "; Secure";
  return out;
}

/// A change that is asked for through a session has to come from our own pages: browsers add the cookie
/// whoever has made them send the request, as far as SameSite lets them. That takes another host of the same
/// site for the same.
bool is_foreign_change(const Request& request) {
  const std::string_view method = request.method;
  if (method == "GET" || method == "HEAD" || method == "OPTIONS") return false;
  const std::string_view site = request.header("sec-fetch-site");
  return site.empty() ? request.header("origin") != request.origin : site != "same-origin";
}

}  // namespace

bool comes_from_here(const Request& request) {
  const std::string_view site = request.header("sec-fetch-site");
  const std::string_view origin = request.header("origin");
  return (site.empty() || site == "same-origin") && (origin.empty() || origin == request.origin);
}

bool is_private_line(const Request& request) {
  if (is_secure(request)) return true;
  std::string_view host = text::split_once(request.origin, '/').tail;  // "/host:port"
  host.remove_prefix(std::min<std::size_t>(host.size(), 1));
  if (host == "[::1]" || host.starts_with("[::1]:")) return true;
  host = text::split_once(host, ':').head;
  return host == "localhost" || host.ends_with(".localhost") || host == "127.0.0.1";
}

bool brings_session(const Request& request, SessionUse use) {
  if (use == SessionUse::never || !request.key_digest.empty() || request.header("cookie").empty()) {
    return false;
  }
  return (use == SessionUse::always || asks_for_test(request)) && find_cookie(request).has_value();
}

Task<Result<bool>> resolve_session(SignaturePort signature, Request& request, std::string& digest) {
  request.session_ended = true;  // until it is shown to be good
  const auto token = read_token(find_cookie(request).value_or(std::string_view{}));
  if (!token || token->ends_s * kMsPerSecond <= request.now_ms) co_return false;
  std::optional<std::int64_t> key_expires_ms;
  {
    const KeyList list(request.config);
    const json::Value key = signing_key(list, token->key_id);
    if (key.is(json::Kind::none) || has_expired(key, request.now_ms)) co_return false;
    digest = key["digest"].string();
    key_expires_ms = read_access(key).expires_ms;
  }
  const Reply reply =
      co_await signature.hmac_sha256(digest, signed_text(request, token->key_id, token->ends));
  if (!reply.ok) {
    co_return fail(ErrorCode::internal, "The session could not be checked. Please try again.");
  }
  if (!same_secret(reply.body.view(), token->signature)) co_return false;
  if (is_foreign_change(request)) {
    co_return fail(ErrorCode::cross_site,
                   "A session can change things only from the dashboard's own pages. Elsewhere, send an API "
                   "key as Authorization: Bearer <key>.");
  }
  request.key_digest = digest;
  request.by_session = true;
  request.session_ended = false;
  request.session_expires_s = token->ends_s;
  // A key's own end may have been drawn nearer since.
  if (key_expires_ms) {
    request.session_expires_s = std::min(request.session_expires_s, *key_expires_ms / kMsPerSecond);
  }
  co_return true;
}

Task<Result<std::string>> sign_session(SignaturePort signature, const Request& request,
                                       std::string_view key_id, std::int64_t ends_s) {
  const KeyList list(request.config);
  if (!is_key_id(key_id) || signing_key(list, key_id).is(json::Kind::none)) {
    co_return fail(
        ErrorCode::internal,
        "This key cannot carry a session: its id on the key list must be 1 to 64 of A-Z, a-z, 0-9, "
        "- and _, and the id of no other key. Sign in with a key that `npm run keys` made.");
  }
  std::string ends;
  text::append_number(ends, ends_s);
  const Reply reply = co_await signature.hmac_sha256(request.key_digest, signed_text(request, key_id, ends));
  if (!reply.ok || !is_sha256(reply.body.view())) {
    co_return fail(ErrorCode::internal, "The session could not be signed. Please try again.");
  }
  std::string value(kVersion);
  for (const std::string_view part : {key_id, std::string_view(ends), reply.body.view()}) {
    value.append(".").append(part);
  }
  co_return set_cookie(request, value, ends_s - request.now_ms / kMsPerSecond);
}

std::string cleared_cookie(const Request& request) { return set_cookie(request, {}, 0); }

}  // namespace leadledger::app
