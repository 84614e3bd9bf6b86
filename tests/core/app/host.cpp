#include "tests/core/app/host.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <cstring>

#include "core/app/message.hpp"
#include "core/support/json_writer.hpp"
#include "core/support/text.hpp"

namespace leadledger::tests {

namespace {

/// The N of the highest ?N in a statement.
std::size_t highest_placeholder(std::string_view sql) {
  std::size_t highest = 0;
  for (std::size_t at = 0; at < sql.size(); ++at) {
    if (sql[at] != '?') continue;
    std::size_t end = at + 1;
    while (end < sql.size() && text::is_digit(sql[end])) ++end;
    const auto number = text::parse_unsigned(sql.substr(at + 1, end - at - 1));
    CHECK(number.has_value());  // never a bare ?
    if (number) highest = std::max<std::size_t>(highest, *number);
  }
  return highest;
}

std::string shown(const json::Value& value) {
  if (value.is(json::Kind::none)) return "(none)";
  return value.is(json::Kind::null) ? "NULL" : std::string(value.text());
}

void read_statements(const json::Value& effect, Asked& asked) {
  for (const json::Value statement : effect["statements"].items()) {
    asked.sql.emplace_back(statement["sql"].string());
    std::vector<std::string>& params = asked.params.emplace_back();
    for (const json::Value param : statement["params"].items()) params.push_back(shown(param));
    CAPTURE(asked.sql.back());
    CHECK(highest_placeholder(asked.sql.back()) == params.size());
  }
}

}  // namespace

app::Buffer make_buffer(std::string_view bytes) {
  auto* data = static_cast<char*>(std::malloc(bytes.size() + 1));  // NOLINT: the buffer frees it
  if (!bytes.empty()) std::memcpy(data, bytes.data(), bytes.size());
  return {data, bytes.size()};
}

Incoming& Incoming::with(std::string_view name, std::string_view value) {
  std::erase_if(headers, [&](const auto& header) { return header.first == name; });
  if (!value.empty()) headers.emplace_back(name, value);
  return *this;
}

std::string Incoming::message() const {
  std::string header;
  json::Writer writer(header);
  writer.begin_object();
  writer.member("occasion", occasion);
  writer.member("queue", queue);
  writer.member("cron", cron);
  writer.member("now", now_ms);
  writer.key("random");
  writer.begin_array();
  for (const std::string_view uuid :
       {"00000000-0000-4000-8000-00000000000a", "00000000-0000-4000-8000-00000000000b",
        "00000000-0000-4000-8000-00000000000c", "00000000-0000-4000-8000-00000000000d"}) {
    writer.text(uuid);
  }
  writer.end_array();
  writer.member("method", method);
  writer.member("url", url);
  writer.member("key_digest", key_digest);
  writer.member("bot_user_agent", bot_user_agent);
  writer.member("body_partial", body_partial);
  writer.key("headers");
  writer.begin_object();
  for (const auto& [name, value] : headers) writer.member(name, value);
  writer.end_object();
  writer.key("cf");
  writer.raw(cf);
  writer.end_object();
  writer.finish();
  return app::write_parts({config, body, header});
}

Incoming post(std::string body) {
  Incoming incoming;
  incoming.body = std::move(body);
  incoming.config = admin_config();
  return incoming;
}

std::string admin_config() {
  return R"({"api_keys":[
    {"id":"k1","digest":"aaaa","role":"admin","projects":["*"]},
    {"id":"k2","digest":"bbbb","role":"marketing","projects":["*"],"expires_at":null},
    {"id":"k3","digest":"cccc","role":"admin","projects":["acme"],"expires_at":"2030-01-01T00:00:00Z"},
    {"id":"k4","digest":"dddd","role":"admin","projects":["*"],"expires_at":"2026-11-21T08:00:00Z"},
    {"id":"k5","digest":"eeee","role":"admin","projects":["*"],"expires_at":1999999999},
    {"id":"k6","digest":"ffff","role":"admin","projects":["*"],"expires_at":"soon"},
    {"id":"k7","digest":"","role":"admin","projects":["*"]}
  ]})";
}

Incoming admin(std::string method, std::string path, std::string body) {
  Incoming incoming = post(std::move(body));
  incoming.method = std::move(method);
  incoming.url = "https://leads.example" + std::move(path);
  incoming.key_digest = kAdminDigest;
  return incoming;
}

std::string at_path(std::string_view document, std::string_view path) {
  std::string text(document);
  const auto parsed = json::Document::parse(text);
  if (!parsed) return "(broken)";
  json::Value value = parsed->root();
  while (!path.empty()) {
    const auto [step, rest] = text::split_once(path, '.');
    path = rest;
    json::Value next = value[step];
    if (value.is(json::Kind::array)) {
      std::size_t left = text::parse_unsigned(step).value_or(1'000'000);
      for (const json::Value item : value.items()) {
        if (left-- == 0) next = item;
      }
    }
    value = next;
  }
  return shown(value);
}

std::string Asked::member(std::string_view name) const { return at_path(json, name); }

std::string Answer::header(std::string_view name) const {
  for (const auto& [given, value] : headers) {
    if (given == name) return value;
  }
  return {};
}

std::string Answer::member(std::string_view path) const { return at_path(body, path); }

Host::Host(const Incoming& incoming)
    : operation_(std::make_unique<app::Operation>(make_buffer(incoming.message()))), kv_(incoming.kv) {
  operation_->start();
  collect();
}

void Host::collect() {
  app::Output output = operation_->take_output();
  REQUIRE_FALSE(output.parts.empty());
  std::string text = output.parts[0];
  const auto document = json::Document::parse(text);
  REQUIRE(document.has_value());
  for (const json::Value effect : document->root().items()) {
    Asked asked;
    asked.kind = effect["effect"].string();
    asked.id = static_cast<std::uint32_t>(effect["id"].integer(0));
    const auto body = static_cast<std::size_t>(effect["body"].integer(0));
    REQUIRE(body < output.parts.size());
    if (body > 0) asked.body = output.parts[body];
    read_statements(effect, asked);
    // Members are looked at by name, so what they were written from need not be kept in order.
    json::Writer writer(asked.json);
    writer.begin_object();
    for (const auto& [name, value] : effect.members()) {
      if (value.is(json::Kind::string)) writer.member(name, value.text());
      if (value.is(json::Kind::object)) {
        writer.key(name);
        writer.begin_object();
        for (const auto& [inner, text_of] : value.members()) writer.member(inner, text_of.text());
        writer.end_object();
      }
      if (value.is(json::Kind::number) || value.is(json::Kind::boolean))
        writer.key(name), writer.raw(value.text());
    }
    writer.end_object();
    writer.finish();
    history_.push_back(asked.kind);
    statements_.insert(statements_.end(), asked.sql.begin(), asked.sql.end());
    if (asked.kind == "respond") {
      REQUIRE_FALSE(response_.has_value());  // one request, one response
      Answer& answer = response_.emplace();
      answer.status = static_cast<int>(effect["status"].integer(0));
      answer.streamed = effect["streamed"].is_true();
      for (const json::Value header : effect["headers"].items()) {
        std::vector<std::string> pair;
        for (const json::Value part : header.items()) pair.emplace_back(part.string());
        REQUIRE(pair.size() == 2);
        answer.headers.emplace_back(pair[0], pair[1]);
      }
      answer.body = asked.body;
    } else if (asked.kind == "ae.write") {
      const std::string& whole = output.parts[0];
      const std::size_t from = whole.find("\"point\":") + 8;
      points_.push_back(whole.substr(from, whole.find("]}", from) + 2 - from));
    } else if (asked.kind == "cache.put") {
      for (const json::Value entry : effect["keep"].items()) {
        kept_.push_back({std::string(entry["key"].string()), entry["keep_s"].integer(-1), asked.body});
      }
    } else if (asked.kind == "end") {
      ended_complete_ = effect["complete"].is_true();
    } else {
      CHECK(asked.id != 0);
      waiting_.push_back(std::move(asked));
    }
  }
  answer_kv();
}

void Host::answer_kv() {
  const auto is_read = [](const Asked& asked) { return asked.kind == "kv.get"; };
  const auto found = std::find_if(waiting_.begin(), waiting_.end(), is_read);
  if (!kv_ || found == waiting_.end()) return;
  const std::string key = found->member("key");
  const auto value =
      std::find_if(kv_->begin(), kv_->end(), [&](const auto& each) { return each.first == key; });
  if (value == kv_->end()) {
    answer_id(found->id, "ok miss");
  } else {
    answer_id(found->id, "ok hit", value->second);
  }
}

std::string Host::kinds() const {
  std::string out;
  for (const Asked& asked : waiting_) out += (out.empty() ? "" : " ") + asked.kind;
  return out;
}

const Asked& Host::only(std::string_view kind) const {
  const auto found =
      std::find_if(waiting_.begin(), waiting_.end(), [&](const Asked& asked) { return asked.kind == kind; });
  INFO("waiting: " << kinds());
  CAPTURE(kind);
  REQUIRE(found != waiting_.end());
  return *found;
}

void Host::answer(std::string_view kind, std::string_view status, std::string_view body) {
  REQUIRE(answer_id(only(kind).id, status, body));
}

bool Host::answer_id(std::uint32_t id, std::string_view status, std::string_view body) {
  return answer_raw(id, app::write_parts({status, body}));
}

bool Host::answer_raw(std::uint32_t id, std::string_view reply) {
  const bool taken = operation_->resume(id, make_buffer(reply));
  if (taken) std::erase_if(waiting_, [&](const Asked& asked) { return asked.id == id; });
  collect();
  return taken;
}

const Answer& Host::response() const {
  INFO("waiting: " << kinds());
  REQUIRE(response_.has_value());
  return *response_;
}

}  // namespace leadledger::tests
