// GET /analytics/lead-stats
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "core/app/report_material.hpp"
#include "core/reports/rendering.hpp"
#include "core/reports/tally.hpp"
#include "core/support/rfc3339.hpp"
#include "core/support/text.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::app {

namespace {

/// Rows of one statement into one tally.
class TallyCollector final : public Collector {
 public:
  TallyCollector(const reports::Period& period, std::size_t dimensions, std::uint64_t seed)
      : period_(period), dimensions_(dimensions), seed_(seed) {
    begin();
  }
  void begin() override { tally_.emplace(period_.boundaries.count(), dimensions_, seed_); }
  [[nodiscard]] bool full() const override { return tally_->memory_bytes() > schema::kMaxReportBytes; }
  [[nodiscard]] bool take(const reports::Row& row) override {
    if (full()) return false;
    std::size_t bucket = 0;
    if (period_.boundaries.count() > 0) {
      const auto found = period_.grid.bucket_of(row.cell, period_.boundaries);
      if (!found) return false;  // no such cell was asked for
      bucket = *found;
    }
    tally_->add(bucket, row);
    return true;
  }
  [[nodiscard]] const reports::Tally& tally() const { return *tally_; }
  void save(std::string& out) const { tally_->save(out); }
  [[nodiscard]] bool restore(std::string_view& bytes) {
    auto restored = reports::Tally::restore(bytes, period_.boundaries.count(), dimensions_, seed_);
    if (!restored) return false;
    tally_.emplace(std::move(*restored));
    return true;
  }

 private:
  const reports::Period& period_;
  std::size_t dimensions_;
  std::uint64_t seed_;
  std::optional<reports::Tally> tally_;
};

class StatsContents final : public Contents {
 public:
  StatsContents(const Asked& asked, const reports::Plan& plan)
      : asked_(asked), plan_(plan), period_(plan.period, asked.query.group_by.size(), asked.random) {
    if (plan.comparison) comparison_.emplace(*plan.comparison, 0, asked.random);
  }

  [[nodiscard]] Result<std::vector<reports::Statement>> statements() const override {
    std::vector<reports::Statement> out;
    auto first = reports::count_statement(asked_.query, asked_.scope, plan_.period, asked_.query.group_by,
                                          schema::kMaxReportRows);
    if (!first) return tl::unexpected<Error>(first.error());
    out.push_back(std::move(*first));
    if (!comparison_) return out;
    auto second =
        reports::count_statement(asked_.query, asked_.scope, *plan_.comparison, {}, schema::kMaxReportRows);
    if (!second) return tl::unexpected<Error>(second.error());
    out.push_back(std::move(*second));
    return out;
  }
  [[nodiscard]] Collector& collector(std::size_t statement) override {
    return statement == 0 ? period_ : *comparison_;
  }
  void save(std::string& out) const override {
    period_.save(out);
    if (comparison_) comparison_->save(out);
  }
  [[nodiscard]] bool restore(std::string_view bytes) override {
    return period_.restore(bytes) && (!comparison_ || comparison_->restore(bytes)) && bytes.empty();
  }

  [[nodiscard]] const reports::Tally& tally() const { return period_.tally(); }
  [[nodiscard]] const reports::Tally* comparison() const {
    return comparison_ ? &comparison_->tally() : nullptr;
  }

 private:
  const Asked& asked_;
  const reports::Plan& plan_;
  TallyCollector period_;
  std::optional<TallyCollector> comparison_;
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
}

}  // namespace

Task<Response> lead_stats(ReportPorts ports, Call call) {
  const Request& request = call.request;
  const auto asked = co_await read_asked(ports.zones, request, reports::Kind::stats);
  if (!asked) co_return refuse_report(call, asked.error());
  const auto material = co_await obtain(ports, *asked, make_contents);
  if (!material) co_return refuse_report(call, material.error());

  const auto& contents = static_cast<const StatsContents&>(*material->contents);
  reports::Report report({asked->query, asked->zone, *material->plan, contents.tally(), contents.comparison(),
                          material->generated_at_s, material->cache, material->no_data_yet,
                          asked->query.explain ? &material->ran : nullptr, only_project_of(asked->scope)});
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

}  // namespace leadledger::app
