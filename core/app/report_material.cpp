#include "core/app/report_material.hpp"

#include <optional>
#include <string>
#include <utility>

#include "core/app/report_corrections.hpp"
#include "core/support/json.hpp"
#include "core/support/json_writer.hpp"
#include "core/support/query_string.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::app {

namespace {

using reports::CacheState;

/// What is kept has two parts, a head in JSON and the contents.
constexpr std::uint32_t kParts = 2;

std::string head_of(const Material& material) {
  std::string head;
  json::Writer writer(head);
  writer.begin_object();
  writer.member("generated_at", material.generated_at_s);
  writer.member("stale", material.cache == CacheState::stale);
  writer.member("no_data_yet", material.no_data_yet);
  writer.key("ran");
  writer.begin_array();
  for (const reports::Ran& ran : material.ran) {
    writer.begin_object();
    writer.member("sql", ran.sql);
    writer.member("rows", static_cast<std::int64_t>(ran.rows));
    writer.member("bytes", static_cast<std::int64_t>(ran.bytes));
    writer.member("milliseconds", ran.milliseconds);
    writer.member("attempts", static_cast<std::int64_t>(ran.attempts));
    writer.end_object();
  }
  writer.end_array();
  writer.end_object();
  writer.finish();
  return head;
}

std::string pack(const Material& material) {
  std::string contents;
  material.contents->save(contents);
  return write_parts({head_of(material), contents});
}

/// False where the bytes are not a whole answer to what is asked: then it is as if there were none.
bool unpack(Part packed, const Asked& asked, MakeContents make, Material& material) {
  material.fingerprint = fingerprint(packed.view(), 0);
  const auto parts = read_parts(packed.data, packed.size, kParts);
  if (!parts) return false;
  std::string head((*parts)[0].view());
  const auto document = json::Document::parse(head);
  if (!document) return false;
  const json::Value root = document->root();
  material.generated_at_s = root["generated_at"].integer(0);
  material.cache = root["stale"].is_true() ? CacheState::stale : CacheState::hit;
  material.no_data_yet = root["no_data_yet"].is_true();
  for (const json::Value item : root["ran"].items()) {
    reports::Ran ran;
    ran.sql = item["sql"].string();
    ran.rows = static_cast<std::uint64_t>(item["rows"].integer(0));
    ran.bytes = static_cast<std::uint64_t>(item["bytes"].integer(0));
    ran.milliseconds = item["milliseconds"].integer(0);
    ran.attempts = static_cast<std::uint32_t>(item["attempts"].integer(0));
    material.ran.push_back(std::move(ran));
  }
  // Stale or not, it is an answer of its own moment.
  auto plan = plan_at(asked.kind, asked.query, asked.zone, material.generated_at_s, asked.retention_days);
  if (!plan) return false;
  material.plan = std::make_unique<reports::Plan>(std::move(*plan));
  material.contents = make(asked, *material.plan);
  return material.contents->restore((*parts)[1].view());
}

/// Two questions that mean one range now may have meant two when the answer was made.
bool is_of_same_time(const reports::Plan& one, const reports::Plan& other) {
  const auto same = [](const reports::Range& a, const reports::Range& b) {
    return a.from_s == b.from_s && a.to_s == b.to_s;
  };
  if (!same(one.period.range, other.period.range) ||
      one.comparison.has_value() != other.comparison.has_value()) {
    return false;
  }
  return !one.comparison || same(one.comparison->range, other.comparison->range);
}

/// Why there is no answer, for those who wait for the same one: they need not find out for themselves.
std::string pack_failure(const Error& error) {
  std::string head;
  json::Writer writer(head);
  writer.begin_object();
  writer.member("failure", static_cast<std::int64_t>(error.code));
  writer.member("detail", error.detail);
  writer.member("retry_after_s", static_cast<std::int64_t>(error.retry_after_s));
  writer.member("parameter", error.fields.empty() ? std::string() : error.fields.front().name);
  writer.member("reason", error.fields.empty() ? std::string() : error.fields.front().reason);
  writer.end_object();
  writer.finish();
  return write_parts({head, {}});
}

std::optional<Error> unpack_failure(Part packed) {
  const auto parts = read_parts(packed.data, packed.size, kParts);
  if (!parts) return std::nullopt;
  std::string head((*parts)[0].view());
  const auto document = json::Document::parse(head);
  if (!document) return std::nullopt;
  const json::Value root = document->root();
  for (const ErrorCode code :
       {ErrorCode::bad_parameter, ErrorCode::analytics_unavailable, ErrorCode::analytics_timeout}) {
    if (root["failure"].integer(-1) != static_cast<std::int64_t>(code)) continue;
    if (code == ErrorCode::bad_parameter) {
      return bad_parameter(root["parameter"].string(), std::string(root["reason"].string()));
    }
    const std::int64_t retry_after_s = root["retry_after_s"].integer(0);
    return Error{code, std::string(root["detail"].string()), {}, static_cast<std::uint32_t>(retry_after_s)};
  }
  return std::nullopt;
}

/// Runs the statements of the contents, all at once. An error where one of them came to nothing.
Task<std::optional<Error>> run(AnalyticsPort analytics, TimerPort timer, const Asked& asked,
                               Material& material) {
  const auto statements = material.contents->statements();
  if (!statements) co_return statements.error();
  FetchGroup group;
  std::vector<Task<Fetched>> tasks;
  tasks.reserve(statements->size());
  for (std::size_t at = 0; at < statements->size(); ++at) {
    // Waits of their own, lest they try again at the same moment.
    const std::uint64_t jitter = asked.random >> (at * 4);
    tasks.push_back(
        fetch(analytics, timer, (*statements)[at], material.contents->collector(at), jitter, group));
  }
  co_await Together<Fetched>(tasks);
  std::optional<Error> error;
  material.no_data_yet = true;
  for (Task<Fetched>& task : tasks) {
    Fetched fetched = task.take();
    // What the caller can mend is said first.
    const bool tells_more = !error || (fetched.error && fetched.error->code == ErrorCode::bad_parameter);
    if (fetched.error && tells_more) error = std::move(fetched.error);
    // Where one has found columns, the other was asked before the first point came.
    material.no_data_yet = material.no_data_yet && fetched.no_data;
    material.ran.push_back(std::move(fetched.ran));
  }
  co_return error;
}

/// Keeps the answer for those who ask next, or at least gives it to those who wait for it now.
void keep(CachePort cache, const Asked& asked, Material& material) {
  std::string packed = pack(material);
  material.fingerprint = fingerprint(packed, 0);
  if (material.no_data_yet) return cache.put({{asked.key, 0}}, std::move(packed));
  const std::uint32_t fresh_s = reports::fresh_for_s(*material.plan, material.generated_at_s);
  cache.put({{asked.key, fresh_s}, {asked.stale_key, schema::kReportStaleS}}, std::move(packed));
}

/// `leads`: nobody else is about to have a better one.
Task<std::optional<Material>> last_good(CachePort cache, const Asked& asked, MakeContents make, bool leads) {
  std::optional<Material> found;
  const Reply kept = co_await cache.get(asked.stale_key);
  if (!kept.ok || kept.status != "hit") co_return found;
  Material material;
  if (!unpack(kept.body, asked, make, material)) co_return found;
  material.cache = CacheState::stale;
  std::string packed = pack(material);
  material.fingerprint = fingerprint(packed, 0);
  // Whoever asks in the next moments need not find out anew that there is no better answer.
  if (leads) cache.put({{asked.key, schema::kReportStaleAgainS}}, std::move(packed));
  found = std::move(material);
  co_return found;
}

/// What the points say, whoever corrected it since.
Task<Result<Material>> counted(const ReportPorts& ports, const Asked& asked, MakeContents make) {
  const Reply kept = co_await ports.cache.get_or_lead(asked.key);
  const bool is_hit = kept.ok && kept.status == "hit";
  if (is_hit) {
    Material material;
    const bool is_whole = unpack(kept.body, asked, make, material);
    if (is_whole && (material.cache == CacheState::stale || is_of_same_time(*material.plan, asked.plan))) {
      co_return material;
    }
  }
  std::optional<Error> error;
  if (is_hit) error = unpack_failure(kept.body);
  const bool is_shared = error.has_value();
  const bool is_late = kept.ok && kept.status == "late";
  if (is_late) {
    error = {ErrorCode::analytics_timeout,
             "The same request is being answered already, and takes too long. Please try again."};
  }
  if (!error) {
    Material material;
    material.generated_at_s = asked.now_s;
    material.plan = std::make_unique<reports::Plan>(asked.plan);
    material.contents = make(asked, *material.plan);
    error = co_await run(ports.analytics, ports.timer, asked, material);
    if (!error) {
      keep(ports.cache, asked, material);
      co_return material;
    }
  }
  if (error->code != ErrorCode::bad_parameter) {
    auto stale = co_await last_good(ports.cache, asked, make, !is_late && !is_shared);
    if (stale) co_return std::move(*stale);
  }
  if (!is_shared && !is_late) ports.cache.put({{asked.key, 0}}, pack_failure(*error));
  co_return tl::unexpected<Error>(std::move(*error));
}

}  // namespace

Task<Result<Material>> obtain(ReportPorts ports, const Asked& asked, MakeContents make) {
  CorrectionLists corrections(ports.corrections, asked);
  corrections.ask_for(asked.plan, asked.now_s);
  auto material = co_await counted(ports, asked, make);
  if (material) co_await corrections.apply(*material);
  co_return material;
}

}  // namespace leadledger::app
