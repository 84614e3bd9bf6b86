#include "core/app/request.hpp"

namespace leadledger::app {

namespace {

void split_url(std::string_view url, Request& request) {
  const std::size_t scheme = url.find("://");
  const std::size_t from = scheme == std::string_view::npos ? 0 : scheme + 3;
  const std::size_t slash = url.find_first_of("/?#", from);
  request.origin = url.substr(0, slash);
  std::string_view rest = slash == std::string_view::npos ? std::string_view("/") : url.substr(slash);
  rest = rest.substr(0, rest.find('#'));
  const std::size_t mark = rest.find('?');
  request.path = rest.substr(0, mark);
  request.query = mark == std::string_view::npos ? std::string_view{} : rest.substr(mark + 1);
}

/// Queues are called leadledger-leads and leadledger-deliveries, with -dead behind for their dead letters.
Occasion occasion_of_queue(std::string_view queue) {
  const bool is_dead = queue.ends_with("-dead");
  if (is_dead) queue.remove_suffix(std::string_view("-dead").size());
  if (queue.ends_with("-deliveries")) return is_dead ? Occasion::dead_delivery : Occasion::delivery;
  return is_dead ? Occasion::dead_letter : Occasion::queue;
}

Occasion read_occasion(const json::Value& root) {
  const std::string_view name = root["occasion"].string();
  if (name == "queue") return occasion_of_queue(root["queue"].string());
  if (name == "schedule") {
    const std::string_view cron = root["cron"].string();
    if (cron == schema::kWatchCron) return Occasion::watch;
    return cron == schema::kSweepCron ? Occasion::sweep : Occasion::unknown;
  }
  return Occasion::http;
}

}  // namespace

Request read_request(json::Document& document, Part config, Part body, Part header) {
  Request request;
  auto parsed = json::Document::parse(header.data, header.size);
  if (!parsed) __builtin_trap();  // only the shim writes this header
  document = std::move(*parsed);
  const json::Value root = document.root();
  request.occasion = read_occasion(root);
  request.now_ms = root["now"].integer(0);
  request.attempts = root["attempts"].integer(1);
  std::size_t at = 0;
  for (const json::Value item : root["random"].items()) {
    if (at < request.random.size()) request.random[at++] = item.string();
  }
  request.method = root["method"].string();
  split_url(root["url"].string(), request);
  request.key_digest = root["key_digest"].string();
  request.bot_user_agent = root["bot_user_agent"].is_true();
  request.body_complete = !root["body_partial"].is_true();
  request.headers = root["headers"];
  request.cf = root["cf"];
  request.body = body;
  request.config = config;
  return request;
}

std::string make_id(std::string_view prefix, std::string_view uuid) {
  std::string id(prefix);
  for (const char c : uuid) {
    if (c != '-') id.push_back(c);
  }
  return id;
}

}  // namespace leadledger::app
