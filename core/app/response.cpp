#include "core/app/response.hpp"

#include "core/support/field_errors.hpp"
#include "core/support/json_writer.hpp"

namespace leadledger::app {

namespace {

struct ProblemKind {
  int status;
  std::string_view code;
  std::string_view title;
};

ProblemKind kind_of(ErrorCode code) {
  switch (code) {  // no default: a new code has to choose
    case ErrorCode::malformed_body: return {400, "malformed_body", "The body cannot be read"};
    case ErrorCode::unsupported_media_type:
      return {415, "unsupported_media_type", "This kind of body is not taken"};
    case ErrorCode::body_too_large: return {413, "body_too_large", "The body is too large"};
    case ErrorCode::validation_failed:
      return {422, "validation_failed", "Some fields are not as they should be"};
    case ErrorCode::unknown_project: return {422, "unknown_project", "There is no such project"};
    case ErrorCode::bad_parameter: return {400, "bad_parameter", "A query parameter is not allowed"};
    case ErrorCode::key_missing: return {401, "key_missing", "An API key is needed"};
    case ErrorCode::key_unknown: return {401, "key_unknown", "The API key is not known"};
    case ErrorCode::key_forbidden: return {403, "key_forbidden", "The API key does not reach that far"};
    case ErrorCode::session_ended: return {401, "session_ended", "The session has ended"};
    case ErrorCode::insecure_transport: return {403, "insecure_transport", "This is possible by https only"};
    case ErrorCode::cross_site: return {403, "cross_site", "The request comes from another site"};
    case ErrorCode::not_found: return {404, "not_found", "There is nothing here"};
    case ErrorCode::method_not_allowed: return {405, "method_not_allowed", "The method is not allowed here"};
    case ErrorCode::conflict: return {409, "conflict", "It is there already"};
    case ErrorCode::not_possible: return {409, "not_possible", "This cannot be done to it now"};
    case ErrorCode::key_reused:
      return {422, "idempotency_key_reused", "The Idempotency-Key came with other content"};
    case ErrorCode::origin_not_allowed: return {403, "origin_not_allowed", "The submission was not accepted"};
    case ErrorCode::address_blocked: return {403, "address_blocked", "The submission was not accepted"};
    case ErrorCode::rate_limited: return {429, "rate_limited", "Too many submissions"};
    case ErrorCode::rejected_as_bot: return {422, "rejected", "The submission was not accepted"};
    case ErrorCode::analytics_unavailable:
      return {502, "analytics_unavailable", "Analytics Engine gave no usable answer"};
    case ErrorCode::analytics_timeout:
      return {504, "analytics_timeout", "Analytics Engine did not answer in time"};
    case ErrorCode::ledger_unavailable:
      return {503, "ledger_unavailable", "The submission could not be kept"};
    case ErrorCode::internal: return {500, "internal", "Something went wrong here"};
  }
  return {500, "internal", "Something went wrong here"};
}

void write_head(json::Writer& writer, const Response& response, std::string_view request_id) {
  writer.member("status", response.status);
  writer.key("headers");
  writer.begin_array();
  const auto pair = [&](std::string_view name, std::string_view value) {
    writer.begin_array();
    writer.text(name);
    writer.text(value);
    writer.end_array();
  };
  for (const auto& [name, value] : response.headers) pair(name, value);
  // Texts of strangers are in answers; none of them is to be guessed to be a page.
  pair("x-content-type-options", "nosniff");
  pair("x-request-id", request_id);
  writer.end_array();
}

}  // namespace

int http_status(ErrorCode code) { return kind_of(code).status; }

Response json_response(int status, std::string body) {
  Response response{status, {}, std::move(body)};
  response.with("content-type", "application/json; charset=utf-8").with("cache-control", "no-store");
  return response;
}

Response empty_response(int status) {
  Response response{status, {}, {}};
  response.with("cache-control", "no-store");
  return response;
}

Response problem(const Error& error, std::string_view instance, std::string_view request_id) {
  const ProblemKind kind = kind_of(error.code);
  std::string body;
  json::Writer writer(body);
  writer.begin_object();
  writer.member("type", "urn:leadledger:problem:" + std::string(kind.code));
  writer.member("title", kind.title);
  writer.member("status", kind.status);
  writer.member("detail", error.detail);
  writer.member("instance", instance);
  writer.member("code", kind.code);
  writer.member("request_id", request_id);
  if (!error.fields.empty()) {
    writer.key("invalid_params");
    write_field_errors(writer, error.fields);
  }
  writer.end_object();
  writer.finish();
  Response response{kind.status, {}, std::move(body)};
  response.with("content-type", "application/problem+json").with("cache-control", "no-store");
  if (kind.status == 401) response.with("www-authenticate", "Bearer realm=\"leadledger\"");
  return response;
}

void send(Operation& operation, Response response, std::string_view request_id) {
  json::Writer& writer = operation.begin_effect("respond", 0);
  write_head(writer, response, request_id);
  if (!response.body.empty()) operation.attach_body(std::move(response.body));
  operation.end_effect();
}

void send_head(Operation& operation, const Response& response, std::string_view request_id) {
  json::Writer& writer = operation.begin_effect("respond", 0);
  write_head(writer, response, request_id);
  writer.member("streamed", true);
  operation.end_effect();
}

}  // namespace leadledger::app
