#include "core/app/response.hpp"

#include "core/support/field_errors.hpp"
#include "core/support/json_writer.hpp"

namespace leadledger::app {

namespace {

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

int http_status(ErrorCode code) { return schema::info(code).status; }

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
  const schema::ProblemInfo& kind = schema::info(error.code);
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
