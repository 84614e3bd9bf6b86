// GET /analytics/lead-stats
#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "core/app/report_material.hpp"
#include "core/reports/rendering.hpp"
#include "core/reports/tally.hpp"
#include "core/reports/timeline.hpp"
#include "core/support/rfc3339.hpp"
#include "core/support/text.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::app {

namespace {

/// What rows are counted into.
struct Counted {
  explicit Counted(const Asked& asked, const reports::Plan& plan) : asked_(asked), plan_(plan) {
    begin_period();
    begin_comparison();
  }
  void begin_period() {
    period.emplace(plan_.period.boundaries.count(), asked_.query.group_by.size(), asked_.random);
    if (asked_.query.hour_of_week) hours.emplace(reports::kHoursOfWeek, 0, asked_.random);
  }
  void begin_comparison() {
    if (plan_.comparison) comparison.emplace(plan_.comparison->boundaries.count(), 0, asked_.random);
  }

  std::optional<reports::Tally> period;
  std::optional<reports::Tally> comparison;  // where the plan has one
  std::optional<reports::Tally> hours;       // of the week, where they were asked for

 private:
  const Asked& asked_;
  const reports::Plan& plan_;
};

/// Rows of one statement, each to where its stretch of time belongs.
class TimelineCollector final : public Collector {
 public:
  TimelineCollector(reports::Timeline timeline, Counted& counted)
      : timeline_(std::move(timeline)), counted_(counted) {}
  void begin() override {
    if (timeline_.has_period()) counted_.begin_period();
    if (timeline_.has_comparison()) counted_.begin_comparison();
  }
  [[nodiscard]] bool full() const override {
    // Only the period has groups, whose texts take memory.
    return timeline_.has_period() && counted_.period->memory_bytes() > schema::kMaxReportBytes;
  }
  [[nodiscard]] bool take(const reports::Row& row) override {
    if (full()) return false;
    const reports::Place* const place = timeline_.place_of(row.cell);
    if (place == nullptr) return false;  // no such cell was asked for
    if (place->period) counted_.period->add(*place->period, row);
    if (place->comparison) counted_.comparison->add(*place->comparison, row);
    if (place->hour_of_week) counted_.hours->add(*place->hour_of_week, row);
    return true;
  }
  [[nodiscard]] const reports::Timeline& timeline() const { return timeline_; }

 private:
  reports::Timeline timeline_;
  Counted& counted_;
};

class StatsContents final : public Contents {
 public:
  StatsContents(const Asked& asked, const reports::Plan& plan)
      : asked_(asked), plan_(plan), counted_(std::make_unique<Counted>(asked, plan)) {}

  [[nodiscard]] Result<std::vector<reports::Statement>> statements() const override {
    const bool in_one = asked_.query.group_by.empty();
    auto out = statements_of(reports::timelines_of(plan_, in_one));
    // Filters that leave no room for the edges of both periods may leave it for those of each.
    if (!out && collectors_.size() == 1 && collectors_.front()->timeline().has_comparison()) {
      return statements_of(reports::timelines_of(plan_, false));
    }
    return out;
  }
  [[nodiscard]] Collector& collector(std::size_t statement) override { return *collectors_[statement]; }
  void save(std::string& out) const override {
    counted_->period->save(out);
    if (counted_->comparison) counted_->comparison->save(out);
    if (counted_->hours) counted_->hours->save(out);
  }
  [[nodiscard]] bool restore(std::string_view bytes) override {
    const std::size_t dimensions = asked_.query.group_by.size();
    return restore(counted_->period, plan_.period.boundaries.count(), dimensions, bytes) &&
           (!plan_.comparison ||
            restore(counted_->comparison, plan_.comparison->boundaries.count(), 0, bytes)) &&
           (!asked_.query.hour_of_week || restore(counted_->hours, reports::kHoursOfWeek, 0, bytes)) &&
           bytes.empty();
  }
  [[nodiscard]] bool correct(const reports::Move& move) override {
    const bool is_now =
        reports::apply_within(plan_.period.range, move.correction,
                              [&](std::int64_t instant_s) { return correct_at(instant_s, move); });
    const bool is_then =
        plan_.comparison && reports::apply(move, *counted_->comparison, *plan_.comparison, {});
    return is_now || is_then;
  }

  [[nodiscard]] const reports::Tally& tally() const { return *counted_->period; }
  [[nodiscard]] const reports::Tally* comparison() const {
    return counted_->comparison ? &*counted_->comparison : nullptr;
  }
  [[nodiscard]] const std::vector<reports::Counts>* hour_of_week() const {
    return counted_->hours ? &counted_->hours->bucket_counts() : nullptr;
  }

 private:
  [[nodiscard]] Result<std::vector<reports::Statement>> statements_of(
      std::vector<reports::Timeline> timelines) const {
    collectors_.clear();
    std::vector<reports::Statement> out;
    for (reports::Timeline& timeline : timelines) {
      const auto& dimensions =
          timeline.has_period() ? asked_.query.group_by : std::vector<schema::Dimension>();
      auto statement = reports::count_statement(asked_.query, asked_.scope, timeline.stretches(), dimensions,
                                                schema::kMaxReportRows, timeline.gap());
      collectors_.push_back(std::make_unique<TimelineCollector>(std::move(timeline), *counted_));
      if (!statement) return tl::unexpected<Error>(std::move(statement.error()));
      out.push_back(std::move(*statement));
    }
    return out;
  }
  /// In the period and its hours of the week, which are sums of the same rows.
  [[nodiscard]] bool correct_at(std::int64_t instant_s, const reports::Move& move) {
    const reports::Spot in_period =
        reports::spot_of(*counted_->period, plan_.period, instant_s, asked_.query.group_by);
    if (!counted_->hours) return reports::apply(move, in_period);
    const auto& [at, of_week] = plan_.hours;
    const auto next = std::upper_bound(at.begin(), at.end(), instant_s);
    if (next == at.begin()) return false;
    const std::size_t hour = of_week[static_cast<std::size_t>(next - at.begin()) - 1];
    const std::array spots = {in_period, reports::Spot{*counted_->hours, hour, {}}};
    return reports::apply(move, spots);
  }
  [[nodiscard]] bool restore(std::optional<reports::Tally>& tally, std::size_t buckets,
                             std::size_t dimensions, std::string_view& bytes) const {
    auto restored = reports::Tally::restore(bytes, buckets, dimensions, asked_.random);
    if (!restored) return false;
    tally.emplace(std::move(*restored));
    return true;
  }

  const Asked& asked_;
  const reports::Plan& plan_;
  std::unique_ptr<Counted> counted_;
  // One for each statement, made together with them: an answer from the cache needs neither.
  mutable std::vector<std::unique_ptr<TimelineCollector>> collectors_;
};

std::unique_ptr<Contents> make_contents(const Asked& asked, const reports::Plan& plan) {
  return std::make_unique<StatsContents>(asked, plan);
}

/// What makes one representation of the same answer differ from another.
std::string variant_of(const reports::Query& query) {
  std::string variant(schema::info(query.format).name);
  variant += query.bom ? " bom " : " ";
  variant += query.explain ? "explain " : "";
  text::append_number(variant, query.limit);
  if (query.sort > 0) variant.append(" ").append(schema::kCountNames[query.sort]);
  return variant;
}

std::string_view only_project_of(const reports::Scope& scope) {
  if (scope.all_projects || scope.projects.size() != 1) return {};
  return scope.projects.front();
}

void add_content_headers(Response& head, const reports::Report& report) {
  const reports::Query& query = report.source().query;
  std::string type(schema::info(query.format).media_type);
  if (query.format == schema::ReportFormat::csv) type += "; header=present";
  head.with("content-type", type + "; charset=utf-8");
  if (query.format == schema::ReportFormat::json) return;
  head.with("content-disposition", "attachment; filename=\"" + reports::file_name(report) + '"');
  // What JSON says in its meta; rows have no place for it.
  std::string generated_at;
  const time::Zone& zone = report.source().zone;
  append_rfc3339_local(generated_at, report.source().generated_at_s,
                       zone.offset_at(report.source().generated_at_s));
  head.with("leadledger-generated-at", std::move(generated_at));
  std::string largest;
  text::append_number(largest, static_cast<std::int64_t>(std::max<std::uint64_t>(
                                   1, report.source().tally.sampling().largest_interval)));
  head.with("leadledger-sample-interval-max", std::move(largest));
  std::string warnings;
  for (const schema::ReportWarning warning : report.warnings()) {
    if (!warnings.empty()) warnings += ", ";
    warnings += schema::info(warning).code;
  }
  if (!warnings.empty()) head.with("leadledger-warnings", std::move(warnings));
  if (const std::uint64_t corrected = report.source().corrected; corrected > 0) {
    std::string number;
    text::append_number(number, static_cast<std::int64_t>(corrected));
    head.with("leadledger-corrections", std::move(number));
  }
}

/// Points into both.
reports::Source source_of(const Asked& asked, const Material& material) {
  const auto& contents = static_cast<const StatsContents&>(*material.contents);
  reports::Source source{asked.query,
                         asked.zone,
                         *material.plan,
                         contents.tally(),
                         contents.comparison(),
                         material.generated_at_s,
                         material.cache,
                         material.no_data_yet,
                         asked.query.explain ? &material.ran : nullptr,
                         only_project_of(asked.scope)};
  source.hour_of_week = contents.hour_of_week();
  source.corrected = material.corrected;
  source.corrections_missing = material.corrections_missing;
  return source;
}

}  // namespace

Task<Response> lead_stats(ReportPorts ports, Call call) {
  const Request& request = call.request;
  const auto asked = co_await read_asked(ports.zones, request, reports::Kind::stats);
  if (!asked) co_return refuse_report(call, asked.error());
  const auto material = co_await obtain(ports, *asked, make_contents);
  if (!material) co_return refuse_report(call, material.error());

  reports::Report report(source_of(*asked, *material));
  Response response{200, {}, {}};
  if (add_report_headers(response, request, *asked, *material, variant_of(asked->query))) {
    response.status = 304;
    co_return response;
  }
  add_content_headers(response, report);
  if (request.method == "HEAD") co_return response;
  const auto rendering = reports::render(report);
  bool more = rendering->next(response.body, schema::kReportPieceBytes);
  if (!more) co_return response;

  std::string piece = std::move(response.body);
  ports.head.send(response);
  Response end{200, {}, {}, true};
  while (!piece.empty()) {
    // A client that has gone away takes no more: the stream is broken off, never closed as if it were whole.
    if (!(co_await ports.stream.write(std::move(piece))).ok) {
      end.status = 499;
      co_return end;
    }
    piece.clear();
    if (more) more = rendering->next(piece, schema::kReportPieceBytes);
  }
  co_return end;
}

Task<Result<std::string>> stats_json(ReportPorts ports, Asker asker, std::string query) {
  const auto asked = co_await read_asked(ports.zones, asker, query, reports::Kind::stats);
  if (!asked) co_return tl::unexpected<Error>(asked.error());
  const auto material = co_await obtain(ports, *asked, make_contents);
  if (!material) co_return tl::unexpected<Error>(material.error());
  reports::Report report(source_of(*asked, *material));
  const auto rendering = reports::render(report);
  std::string body;
  while (rendering->next(body, schema::kReportPieceBytes)) {
  }
  co_return body;
}

}  // namespace leadledger::app
