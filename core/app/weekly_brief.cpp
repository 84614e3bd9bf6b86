#include "core/app/weekly_brief.hpp"

#include <optional>
#include <utility>
#include <vector>

#include "core/app/config.hpp"
#include "core/app/deliveries.hpp"
#include "core/briefs/rewrite.hpp"
#include "core/support/json.hpp"
#include "core/support/rfc3339.hpp"
#include "core/time/civil.hpp"
#include "leadledger/insights.hpp"

namespace leadledger::app {

namespace {

constexpr std::int64_t kDaysOfWeek = 7;

std::string date_text(std::int64_t day) {
  constexpr std::size_t kDateSize = 10;
  std::string out;
  append_rfc3339_local(out, day * time::kSecondsPerDay, 0);
  out.resize(kDateSize);
  return out;
}

/// The name of a zone as a query's value: of what such a name has, only + means something else there.
std::string zone_parameter(std::string_view timezone) {
  std::string out = "&timezone=";
  for (const char c : timezone) c == '+' ? out += "%2B" : out += c;
  return out;
}

/// Parses a copy, since a document rewrites its text.
struct Parsed {
  std::string text;
  std::optional<json::Document> document;

  explicit Parsed(std::string body) : text(std::move(body)) {
    auto parsed = json::Document::parse(text);
    if (parsed) document = std::move(*parsed);
  }
  Parsed(const Parsed&) = delete;
  Parsed& operator=(const Parsed&) = delete;
  ~Parsed() = default;
};

bool is_stale(const json::Value& report) { return report["meta"]["cache"].string() == "stale"; }

void write_head(json::Writer& writer, const Brief& brief, std::string_view brief_id) {
  writer.member_or_null("brief_id", brief_id);
  writer.key("projects");
  writer.raw(brief.scope);
  writer.member("from", brief.from);
  writer.member("to", brief.to);
  writer.member("timezone", brief.timezone);
  writer.member("generated_at", format_rfc3339(brief.generated_at_ms));
  writer.member("title", brief.text.title);
  writer.member("written_by", brief.by_model ? "model" : "template");
  writer.member("text", briefs::plain_text(brief.text));
  writer.key("sections");
  briefs::write_sections(writer, brief.text);
}

void write_counts_of(json::Writer& writer, const json::Value& counts) {
  writer.begin_object();
  for (const auto& [name, value] : counts.members()) {
    writer.key(name);
    value.is(json::Kind::number) ? writer.raw(value.text()) : writer.null();
  }
  writer.end_object();
}

}  // namespace

std::int64_t monday_of(std::int64_t day) { return day - time::weekday_of(day); }

Task<Result<Brief>> make_brief(BriefMakers ports, Asker asker, BriefWeek week) {
  using Fail = tl::unexpected<Error>;
  const std::string to = date_text(week.end_day);
  const std::string zone = zone_parameter(week.timezone);
  std::vector<Task<Result<std::string>>> both;
  both.push_back(summary_json(ports.reports, asker,
                              "from=" + date_text(week.end_day - kDaysOfWeek) + "&to=" + to + zone));
  both.push_back(insights_json(ports.reports, asker, "days=7&to=" + to + zone, schema::kStrengthShown));
  co_await Together(both);
  auto summary = both[0].take();
  auto insights = both[1].take();
  if (!summary) co_return Fail(summary.error());
  if (!insights) co_return Fail(insights.error());

  const Parsed summary_read(*summary);
  const Parsed insights_read(*insights);
  if (!summary_read.document || !insights_read.document) {
    co_return fail(ErrorCode::internal, "A report of our own could not be read.");
  }
  const json::Value counted = summary_read.document->root();
  const json::Value found = insights_read.document->root();
  Brief brief;
  brief.scope = asker.scope.all_projects ? scope_text({"*"}) : scope_text(asker.scope.projects);
  brief.generated_at_ms = asker.now_ms;
  brief.text = briefs::write_brief(counted, found, brief.scope);
  brief.is_empty = briefs::is_empty_week(counted);
  brief.is_stale = is_stale(counted) || is_stale(found);
  brief.from = counted["meta"]["from"].string();
  brief.to = counted["meta"]["to"].string();
  brief.timezone = counted["meta"]["timezone"].string();
  brief.summary = std::move(*summary);
  brief.insights = std::move(*insights);

  const std::string model = read_config(asker.config).brief_model;
  std::string input = model.empty() || brief.is_empty ? std::string() : briefs::model_input(brief.text);
  if (!input.empty()) {
    const Reply reply = co_await ports.model.run(model, std::move(input));
    auto text = reply.ok ? briefs::rewritten(brief.text, reply.body.view()) : std::nullopt;
    if (text) {
      brief.text = std::move(*text);
      brief.by_model = true;
    }
  }
  co_return brief;
}

std::string brief_document(const Brief& brief, std::string_view brief_id) {
  std::string out;
  json::Writer writer(out);
  writer.begin_object();
  write_head(writer, brief, brief_id);
  writer.key("summary");
  writer.raw(brief.summary);
  writer.key("insights");
  writer.raw(brief.insights);
  writer.end_object();
  writer.finish();
  return out;
}

std::string brief_news(const Brief& brief, std::string_view brief_id) {
  const Parsed summary(brief.summary);
  std::string out;
  json::Writer writer(out);
  writer.begin_object();
  write_head(writer, brief, brief_id);
  writer.key("totals");
  write_counts_of(writer, summary.document ? summary.document->root()["totals"] : json::Value());
  writer.key("change");
  write_counts_of(writer, summary.document ? summary.document->root()["change"] : json::Value());
  writer.end_object();
  writer.finish();
  return out;
}

}  // namespace leadledger::app
