#include "core/app/brief_job.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "core/app/access.hpp"
#include "core/app/admin.hpp"
#include "core/app/channels.hpp"
#include "core/app/config.hpp"
#include "core/app/deliveries.hpp"
#include "core/app/weekly_brief.hpp"
#include "core/support/hash.hpp"
#include "core/support/text.hpp"
#include "core/time/zone.hpp"
#include "leadledger/insights.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::app {

namespace {

constexpr std::int64_t kMsPerSecond = 1000;
constexpr std::int64_t kDaysOfWeek = 7;

/// The week whose brief is due: the last whole one for which the hour of briefs has come.
struct DueWeek {
  BriefWeek week;
  std::int64_t from_ms = 0;
  std::int64_t to_ms = 0;
};

DueWeek due_week(const time::Zone& zone, std::int64_t now_s) {
  constexpr std::int64_t kSecondsPerHour = 3600;
  std::int64_t monday = monday_of(zone.day_at(now_s));
  const std::int64_t due_local = monday * time::kSecondsPerDay + schema::kBriefHour * kSecondsPerHour;
  if (now_s < zone.first_at_local(due_local)) monday -= kDaysOfWeek;
  return {{monday, zone.name()},
          zone.start_of_day(monday - kDaysOfWeek) * kMsPerSecond,
          zone.start_of_day(monday) * kMsPerSecond};
}

/// Whose brief each week has: everybody's first, then those of channels, then those of keys.
std::vector<std::string> scopes_of(const std::vector<Channel>& channels, Part config, std::int64_t now_ms) {
  std::vector<std::string> scopes{scope_text({"*"})};
  const auto add = [&scopes](const std::vector<std::string>& projects) {
    if (projects.empty() || scopes.size() == schema::kBriefScopesMax) return;
    std::string scope = scope_text(projects);
    if (std::find(scopes.begin(), scopes.end(), scope) == scopes.end()) scopes.push_back(std::move(scope));
  };
  for (const Channel& channel : channels) {
    if (channel.usable() && channel.takes_briefs) add(channel.projects);
  }
  const KeyList keys(config);
  for (const json::Value key : keys.keys()) {
    if (!has_expired(key, now_ms)) add(read_access(key).projects);
  }
  return scopes;
}

/// Ids of one brief's deliveries: as random as the occasion's, and each channel's its own.
std::string delivery_id(std::string_view uuid, std::string_view brief_id, std::string_view channel) {
  constexpr std::size_t kHashDigits = 8;
  std::string salted(brief_id);
  const std::uint32_t hash = fnv1a32(salted.append("/").append(channel));
  std::string id = make_id(kDeliveryIdPrefix, uuid);
  std::string bytes;
  for (unsigned shift = 0; shift < 32; shift += 8) bytes += static_cast<char>((hash >> shift) & 0xFFU);
  return id.replace(id.size() - kHashDigits, kHashDigits, text::to_hex(bytes));
}

/// The same for everybody who makes the brief of this scope and week, so that of two at once one is kept, and
/// its deliveries with it.
Task<std::string> brief_id_of(DigestPort digest, std::string scope, const DueWeek& due) {
  std::string week;
  text::append_number(week, due.from_ms);
  week += '-';
  text::append_number(week, due.to_ms);
  const Reply reply = co_await digest.sha256_of(scope + " " + week, "");
  constexpr std::size_t kBytes = 16;
  if (!reply.ok || reply.body.size < kBytes) co_return std::string();
  co_return "brief_" + text::to_hex(reply.body.view().substr(0, kBytes));
}

struct KeptBrief {
  const Brief& brief;
  std::string_view brief_id;
  const DueWeek& due;
};

/// The row of a brief; of an empty week it has no document, and is shown nowhere.
void add_brief(Batch& batch, const KeptBrief& kept) {
  const Brief& brief = kept.brief;
  batch.add(
      "INSERT INTO briefs (brief_id, scope, from_at, to_at, timezone, generated_at, document) "
      "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
      kept.brief_id, brief.scope, kept.due.from_ms, kept.due.to_ms, brief.timezone, brief.generated_at_ms,
      brief.is_empty ? std::string() : brief_document(brief, kept.brief_id));
}

std::string body_for(const Channel& channel, const KeptBrief& kept) {
  if (channel.type == schema::ChannelType::slack) return slack_body(briefs::slack_text(kept.brief.text));
  return webhook_body(schema::kTopicBriefWeekly, kept.brief.generated_at_ms,
                      brief_news(kept.brief, kept.brief_id));
}

/// How making one brief went. What Analytics Engine or the ledger cannot do for one scope, it can for none:
/// every further brief would only cost its statements.
enum class Made : std::uint8_t { kept, failed, service_in_trouble };

/// Keeps a brief and what is to be delivered of it in one transaction; then the queue is told.
Task<Made> keep_brief(BriefPorts ports, Call call, KeptBrief kept, const std::vector<Channel>& channels) {
  Batch batch;
  add_brief(batch, kept);
  std::size_t deliveries = 0;
  for (const Channel& channel : channels) {
    if (kept.brief.is_empty || !channel.usable() || !channel.takes_briefs) continue;
    if (scope_text(channel.projects) != kept.brief.scope) continue;
    const std::string id = delivery_id(call.request.random[1], kept.brief_id, channel.id);
    add_delivery(
        batch,
        {id, channel.id, schema::kTopicBriefWeekly, kept.brief_id, kept.brief.scope, body_for(channel, kept)},
        kept.brief.generated_at_ms);
    ++deliveries;
  }
  const Rows rows(co_await ports.ledger.run(batch));
  if (!rows.ok()) co_return Made::service_in_trouble;
  for (std::size_t statement = 1; statement <= deliveries; ++statement) {
    const std::string_view id = rows.first(statement)["delivery_id"].string();
    // One whose message is lost is sent again as a stranded one.
    if (!id.empty()) co_await ports.deliveries.send(std::string(id));
  }
  co_return Made::kept;
}

Task<Made> make_one(BriefPorts ports, Call call, std::string scope, const DueWeek& due,
                    const std::vector<Channel>& channels) {
  reports::Scope projects{false, read_scope(scope)};
  projects.all_projects = projects.projects == std::vector<std::string>{"*"};
  const Asker asker{projects, call.request.config, call.request.now_ms, call.request.random};
  const auto brief = co_await make_brief({ports.reports, ports.model}, asker, due.week);
  const bool in_trouble = brief ? brief->is_stale
                                : brief.error().code == ErrorCode::analytics_unavailable ||
                                      brief.error().code == ErrorCode::analytics_timeout;
  if (in_trouble) co_return Made::service_in_trouble;
  if (!brief) co_return Made::failed;
  const std::string id = co_await brief_id_of(ports.digest, brief->scope, due);
  if (id.empty()) co_return Made::failed;
  co_return co_await keep_brief(ports, call, {*brief, id, due}, channels);
}

}  // namespace

// A brief is due until the next one is: whatever was down, the first watch that finds it up again makes it. A
// scope that fails for itself keeps no other from its brief; trouble of Analytics Engine or the ledger is
// everybody's.
Task<bool> make_due_briefs(BriefPorts ports, Call call) {
  const Request& request = call.request;
  const std::int64_t now_s = request.now_ms / kMsPerSecond;
  constexpr std::int64_t kSpan = 4 * kDaysOfWeek * time::kSecondsPerDay;
  std::string timezone = read_config(request.config).reporting_timezone;
  Reply reply = co_await ports.reports.zones.transitions(timezone, now_s - kSpan, now_s + kSpan);
  if (!reply.ok || reply.status == "unknown") co_return false;
  const auto zone = time::Zone::read(std::move(timezone), reply.body.data, reply.body.size);
  if (!zone) co_return false;
  const DueWeek due = due_week(*zone, now_s);

  Batch batch;
  batch.add("SELECT scope FROM briefs WHERE from_at = ?1 AND to_at = ?2", due.from_ms, due.to_ms);
  const Rows made(co_await ports.ledger.run(batch));
  if (!made.ok()) co_return false;
  const std::vector<Channel> channels = read_channels(request.config);
  std::vector<std::string> scopes = scopes_of(channels, request.config, request.now_ms);
  for (const json::Value row : made.of(0).items()) std::erase(scopes, row["scope"].string());

  bool done = true;
  std::uint32_t kept = 0;
  for (const std::string& scope : scopes) {
    if (kept == schema::kBriefsPerWatch) break;
    const Made outcome = co_await make_one(ports, call, scope, due, channels);
    if (outcome == Made::kept) ++kept;
    done = done && outcome == Made::kept;
    if (outcome == Made::service_in_trouble) break;
  }
  co_return done;
}

}  // namespace leadledger::app
