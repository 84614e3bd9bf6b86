#include "core/app/report_material.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "core/app/config.hpp"
#include "core/reports/summary.hpp"
#include "core/support/json.hpp"
#include "core/support/json_writer.hpp"
#include "core/support/query_string.hpp"
#include "core/support/text.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::app {

namespace {

using reports::CacheState;

/// What lies in the cache: two parts, a head in JSON and the contents.
std::string pack(const Material& material) {
  std::string head;
  json::Writer writer(head);
  writer.begin_object();
  writer.member("generated_at", material.generated_at_s);
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
  std::string contents;
  material.contents->save(contents);
  return write_parts({head, contents});
}

/// False where the bytes are not a whole answer to what is asked: then it is as if there were none.
bool unpack(Part packed, const Asked& asked, MakeContents make, Material& material) {
  constexpr std::uint32_t kParts = 2;
  const auto parts = read_parts(packed.data, packed.size, kParts);
  if (!parts) return false;
  std::string head((*parts)[0].view());
  const auto document = json::Document::parse(head);
  if (!document) return false;
  const json::Value root = document->root();
  material.generated_at_s = root["generated_at"].integer(0);
  for (const json::Value item : root["ran"].items()) {
    reports::Ran ran;
    ran.sql = item["sql"].string();
    ran.rows = static_cast<std::uint64_t>(item["rows"].integer(0));
    ran.bytes = static_cast<std::uint64_t>(item["bytes"].integer(0));
    ran.milliseconds = item["milliseconds"].integer(0);
    ran.attempts = static_cast<std::uint32_t>(item["attempts"].integer(0));
    material.ran.push_back(std::move(ran));
  }
  auto plan = reports::make_plan(asked.query, asked.zone, material.generated_at_s);
  if (!plan) return false;
  material.plan = std::make_unique<reports::Plan>(std::move(*plan));
  material.contents = make(asked, *material.plan);
  return material.contents->restore((*parts)[1].view());
}

/// Runs the statements of the contents, all at once. An error where one of them came to nothing.
Task<std::optional<Error>> run(AnalyticsPort analytics, TimerPort timer, const Asked& asked,
                               Material& material) {
  const auto statements = material.contents->statements();
  if (!statements) co_return statements.error();
  std::vector<Task<Fetched>> tasks;
  tasks.reserve(statements->size());
  for (std::size_t at = 0; at < statements->size(); ++at) {
    tasks.push_back(
        fetch(analytics, timer, (*statements)[at], material.contents->collector(at), asked.random + at));
  }
  co_await Together<Fetched>(tasks);
  std::optional<Error> error;
  for (Task<Fetched>& task : tasks) {
    Fetched fetched = task.take();
    // What the caller can mend is said first.
    const bool tells_more = !error || (fetched.error && fetched.error->code == ErrorCode::bad_parameter);
    if (fetched.error && tells_more) error = std::move(fetched.error);
    material.no_data_yet = material.no_data_yet || fetched.no_data;
    material.ran.push_back(std::move(fetched.ran));
  }
  co_return error;
}

Task<std::optional<Material>> last_good(CachePort cache, const Asked& asked, MakeContents make) {
  std::optional<Material> found;
  const Reply kept = co_await cache.get(asked.stale_key);
  if (!kept.ok || kept.status != "hit") co_return found;
  Material material;
  if (!unpack(kept.body, asked, make, material)) co_return found;
  material.cache = CacheState::stale;
  found = std::move(material);
  co_return found;
}

std::uint64_t random_number(const Request& request) {
  std::uint64_t number = 0;
  for (const char c : request.random[1]) {
    number = number * 31 + static_cast<unsigned char>(c);
  }
  return number;
}

/// The first project that is asked for by name and that the key does not reach.
std::optional<std::string> foreign_project(const reports::Query& query, const Access& access) {
  for (const reports::Filter& filter : query.filters) {
    if (filter.dimension != schema::Dimension::project || filter.negated || filter.contains) continue;
    for (const std::string& project : filter.values) {
      if (!project.empty() && !access.reaches(project)) return project;
    }
  }
  return std::nullopt;
}

/// Answers of other layouts, or for other keys, must not be taken for this one.
std::string stale_key_of(const Asked& asked, reports::Kind kind) {
  std::string key = kind == reports::Kind::stats ? "1 lead-stats " : "1 lead-stats/summary ";
  if (asked.scope.all_projects) {
    key += '*';
  } else {
    for (const std::string& project : asked.scope.projects) {
      key += project;
      key += ',';
    }
  }
  key += ' ';
  key += asked.zone.name();
  key += ' ';
  key += reports::normalised(asked.query);
  return key;
}

std::string key_of(const Asked& asked) {
  std::string key = asked.stale_key + ' ';
  text::append_number(key, asked.plan.period.range.from_s);
  key += '-';
  text::append_number(key, asked.plan.period.range.to_s);
  return key;
}

Error unknown_zone(const std::string& name, bool of_deployment) {
  if (of_deployment) {
    return {ErrorCode::internal,
            "This deployment's REPORTING_TIMEZONE is no time zone that the runtime knows. Name one with "
            "timezone."};
  }
  return bad_parameter("timezone",
                       "There is no time zone " + name +
                           ". It is a name of the IANA time zone database, such as Asia/Kolkata or UTC.");
}

/// Not cryptographic: an entity tag tells versions of one answer apart.
std::uint64_t fingerprint(std::string_view bytes, std::uint64_t hash) {
  constexpr std::uint64_t kPrime = 0x9e37'79b9'7f4a'7c15U;
  while (!bytes.empty()) {
    std::uint64_t word = bytes.size();
    const std::size_t size = std::min(sizeof word, bytes.size());
    std::memcpy(&word, bytes.data(), size);
    bytes.remove_prefix(size);
    hash = (hash ^ word) * kPrime;
    hash ^= hash >> 32U;
  }
  return hash;
}

bool names_tag(std::string_view list, std::string_view tag) {
  while (!list.empty()) {
    const auto [item, rest] = text::split_once(list, ',');
    list = rest;
    std::string_view one = text::trim(item);
    if (one == "*") return true;
    if (one.starts_with("W/")) one.remove_prefix(2);
    if (one == tag) return true;
  }
  return false;
}

std::string_view cache_status(CacheState cache) {
  switch (cache) {
    case CacheState::miss: return "leadledger; fwd=uri-miss";
    case CacheState::hit: return "leadledger; hit";
    case CacheState::stale: return "leadledger; hit; detail=stale";
  }
  return {};
}

}  // namespace

Task<Result<Asked>> read_asked(ZonePort zones, const Request& request, reports::Kind kind) {
  using Fail = tl::unexpected<Error>;
  auto access = require_access(request, Role::marketing);
  if (!access) co_return Fail(access.error());
  const auto parameters = read_query_string(request.query);
  if (!parameters) co_return Fail(parameters.error());
  auto query = reports::read_query(kind, *parameters, request.header("accept"));
  if (!query) co_return Fail(query.error());
  if (query->explain && access->role != Role::admin) {
    co_return fail(ErrorCode::key_forbidden,
                   "explain needs an admin key; the key that came is a marketing key.");
  }
  if (const auto foreign = foreign_project(*query, *access)) co_return Fail(out_of_reach(*foreign));

  const bool of_deployment = query->timezone.empty();
  std::string timezone = of_deployment ? read_config(request.config).reporting_timezone : query->timezone;
  constexpr std::int64_t kMsPerSecond = 1000;
  const std::int64_t now_s = request.now_ms / kMsPerSecond;
  const time::Span span = reports::zone_span(*query, now_s);
  Reply reply = co_await zones.transitions(timezone, span.from_s, span.to_s);
  if (!reply.ok || reply.status == "unknown") co_return Fail(unknown_zone(timezone, of_deployment));
  auto zone = time::Zone::read(std::move(timezone), reply.body.data, reply.body.size);
  if (!zone) co_return Fail(zone.error());
  auto plan = reports::make_plan(*query, *zone, now_s);
  if (!plan) {
    // The hours that a summary counts in are not the caller's to change.
    const bool too_long = kind == reports::Kind::summary && plan.error().fields.front().name == "bucket";
    co_return Fail(too_long ? reports::summary_too_long() : plan.error());
  }

  reports::Scope scope{access->all_projects, std::move(access->projects)};
  std::sort(scope.projects.begin(), scope.projects.end());
  Asked asked{std::move(*query),     std::move(scope), std::move(*zone), std::move(*plan), {}, {},
              random_number(request)};
  asked.stale_key = stale_key_of(asked, kind);
  asked.key = key_of(asked);
  co_return asked;
}

Task<Result<Material>> obtain(ReportPorts ports, const Request& request, const Asked& asked,
                              MakeContents make) {
  const Reply kept = co_await ports.cache.get_or_lead(asked.key);
  if (kept.ok && kept.status == "hit") {
    Material material;
    if (unpack(kept.body, asked, make, material)) {
      material.cache = CacheState::hit;
      material.fingerprint = fingerprint(kept.body.view(), 0);
      co_return material;
    }
  }
  Error error{ErrorCode::analytics_timeout,
              "The same request is being answered already, and takes too long. Please try again."};
  if (kept.status != "late") {
    Material material;
    constexpr std::int64_t kMsPerSecond = 1000;
    material.generated_at_s = request.now_ms / kMsPerSecond;
    material.plan = std::make_unique<reports::Plan>(asked.plan);
    material.contents = make(asked, *material.plan);
    auto trouble = co_await run(ports.analytics, ports.timer, asked, material);
    if (!trouble) {
      std::string packed = pack(material);
      material.fingerprint = fingerprint(packed, 0);
      if (!material.no_data_yet && packed.size() <= schema::kMaxCachedReportBytes) {
        ports.cache.put(asked.key, schema::kReportCacheS, packed);
        ports.cache.put(asked.stale_key, schema::kReportStaleS, std::move(packed));
      }
      co_return material;
    }
    if (trouble->code == ErrorCode::bad_parameter) co_return tl::unexpected<Error>(std::move(*trouble));
    error = std::move(*trouble);
  }
  auto stale = co_await last_good(ports.cache, asked, make);
  if (!stale) co_return tl::unexpected<Error>(std::move(error));
  co_return std::move(*stale);
}

bool add_report_headers(Response& response, const Request& request, const Asked& asked,
                        const Material& material, std::string_view variant) {
  std::uint64_t hash = fingerprint(asked.key, material.fingerprint);
  hash = fingerprint(variant, hash);
  hash = fingerprint(cache_status(material.cache == CacheState::stale ? CacheState::stale : CacheState::hit),
                     hash);
  const std::string_view bytes(reinterpret_cast<const char*>(&hash), sizeof hash);
  const std::string tag = '"' + text::to_hex(bytes) + '"';
  // Weak: an answer from the cache says so in its meta, and is else the same.
  response.with("etag", "W/" + tag)
      .with("cache-control", "private, no-cache")
      .with("vary", "accept, authorization, x-api-key")
      .with("cache-status", std::string(cache_status(material.cache)));
  return names_tag(request.header("if-none-match"), tag);
}

Response refuse_report(const Call& call, const Error& error) {
  Response response = call.refuse(error);
  const bool may_pass =
      error.code == ErrorCode::analytics_unavailable || error.code == ErrorCode::analytics_timeout;
  constexpr const char* kRetryAfterS = "10";
  if (may_pass) response.with("retry-after", kRetryAfterS);
  return response;
}

}  // namespace leadledger::app
