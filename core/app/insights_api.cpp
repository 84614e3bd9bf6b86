// GET /analytics/insights
#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/app/report_material.hpp"
#include "core/insights/answer.hpp"
#include "core/insights/intervals.hpp"
#include "core/insights/windows.hpp"
#include "core/reports/tally.hpp"
#include "core/support/text.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::app {

namespace {

using insights::Frame;
using reports::Row;
using reports::Tally;

constexpr std::size_t kDimensions = schema::kInsightDimensions.size();

/// Values of one dimension by piece of the frame, those of which most came first.
class ValuesCollector final : public Collector {
 public:
  ValuesCollector(const Frame& frame, std::uint64_t seed) : frame_(frame), seed_(seed) { begin(); }
  void begin() override {
    tally_.emplace(frame_.pieces.boundaries.count(), 1, seed_);
    intervals_ = {};
    rows_ = 0;
    is_full_ = false;
  }
  [[nodiscard]] bool take(const Row& row) override {
    const auto piece = frame_.pieces.grid.bucket_of(row.cell, frame_.pieces.boundaries);
    if (!piece || !frame_.parts[*piece]) return false;  // no such cell was asked for
    ++rows_;
    // Of the five dimensions two hold what strangers write; these two fill what a report may take.
    is_full_ = is_full_ || tally_->memory_bytes() + intervals_.memory_bytes() > schema::kMaxReportBytes / 2;
    if (is_full_) return true;
    tally_->add(*piece, row);
    intervals_.add(row.texts[0], row.largest_interval);
    return true;
  }
  /// As many rows as the largest values have at most.
  [[nodiscard]] std::uint32_t most_rows() const {
    const std::size_t pieces = frame_.parts.size() - frame_.gaps.size();
    return static_cast<std::uint32_t>(
        std::min<std::size_t>(schema::kMaxReportRows, schema::kInsightValues * pieces));
  }
  [[nodiscard]] bool is_cut() const { return is_full_ || rows_ >= most_rows(); }
  [[nodiscard]] Tally& tally() { return *tally_; }
  [[nodiscard]] const Tally& tally() const { return *tally_; }
  [[nodiscard]] insights::Counted counted() const { return {*tally_, intervals_, is_cut()}; }
  void save(std::string& out) const {
    out += is_cut() ? '1' : '0';
    tally_->save(out);
    intervals_.save(out);
  }
  [[nodiscard]] bool restore(std::string_view& bytes) {
    if (bytes.empty()) return false;
    is_full_ = bytes.front() == '1';
    bytes.remove_prefix(1);
    auto restored = Tally::restore(bytes, frame_.pieces.boundaries.count(), 1, seed_);
    if (!restored) return false;
    tally_.emplace(std::move(*restored));
    return intervals_.restore(bytes);
  }

 private:
  const Frame& frame_;
  std::uint64_t seed_;
  std::optional<Tally> tally_;
  insights::Intervals intervals_;
  std::uint32_t rows_ = 0;
  bool is_full_ = false;
};

/// All submissions by hour of the local clock.
class HoursCollector final : public Collector {
 public:
  HoursCollector(const reports::Period& hours, std::uint64_t seed) : hours_(hours), seed_(seed) { begin(); }
  void begin() override { tally_.emplace(hours_.boundaries.count(), 0, seed_); }
  [[nodiscard]] bool take(const Row& row) override {
    const auto hour = hours_.grid.bucket_of(row.cell, hours_.boundaries);
    if (!hour) return false;
    tally_->add(*hour, row);
    return true;
  }
  [[nodiscard]] Tally& tally() { return *tally_; }
  [[nodiscard]] const Tally& tally() const { return *tally_; }
  [[nodiscard]] bool restore(std::string_view& bytes) {
    auto restored = Tally::restore(bytes, hours_.boundaries.count(), 0, seed_);
    if (!restored) return false;
    tally_.emplace(std::move(*restored));
    return true;
  }

 private:
  const reports::Period& hours_;
  std::uint64_t seed_;
  std::optional<Tally> tally_;
};

class InsightsContents final : public Contents {
 public:
  InsightsContents(const Asked& asked, const reports::Plan& plan)
      : asked_(asked),
        frame_(insights::frame_of(asked.query, asked.zone, plan.as_of_s, asked.retention_days)) {
    if (!frame_) return;
    for (auto& values : values_) values.emplace(*frame_, asked.random);
    if (frame_->hours) hours_.emplace(*frame_->hours, asked.random);
  }

  [[nodiscard]] Result<std::vector<reports::Statement>> statements() const override {
    if (!frame_) return tl::unexpected<Error>(frame_.error());
    std::vector<reports::Statement> out;
    for (std::size_t at = 0; at < kDimensions; ++at) {
      auto statement = reports::pieces_statement(asked_.query, asked_.scope, frame_->pieces, frame_->gaps,
                                                 {schema::kInsightDimensions[at]}, values_[at]->most_rows());
      if (!statement) return tl::unexpected<Error>(std::move(statement.error()));
      out.push_back(std::move(*statement));
    }
    if (hours_) {
      auto statement =
          reports::count_statement(asked_.query, asked_.scope, *frame_->hours, {}, schema::kMaxReportRows);
      if (!statement) return tl::unexpected<Error>(std::move(statement.error()));
      out.push_back(std::move(*statement));
    }
    return out;
  }
  [[nodiscard]] Collector& collector(std::size_t statement) override {
    if (statement < kDimensions) return *values_[statement];
    return *hours_;
  }
  void save(std::string& out) const override {
    for (const auto& values : values_) values->save(out);
    if (hours_) hours_->tally().save(out);
  }
  [[nodiscard]] bool restore(std::string_view bytes) override {
    if (!frame_) return false;
    for (auto& values : values_) {
      if (!values->restore(bytes)) return false;
    }
    return (!hours_ || hours_->restore(bytes)) && bytes.empty();
  }
  [[nodiscard]] bool correct(const reports::Move& move) override {
    reports::Range all = frame_->pieces.range;
    if (hours_) {
      all.from_s = std::min(all.from_s, frame_->hours->range.from_s);
      all.to_s = std::max(all.to_s, frame_->hours->range.to_s);
    }
    return reports::apply_within(all, move.correction,
                                 [&](std::int64_t instant_s) { return correct_at(instant_s, move); });
  }

  [[nodiscard]] const Tally& whole() const { return values_[insights::kWholeDimension]->tally(); }
  [[nodiscard]] std::string render(const reports::Source& source, double least_strength) const {
    const auto counted = [this](std::size_t at) { return values_[at]->counted(); };
    return insights::render_insights(source,
                                     {*frame_,
                                      {counted(0), counted(1), counted(2), counted(3), counted(4)},
                                      hours_ ? &hours_->tally() : nullptr},
                                     least_strength);
  }
  static_assert(kDimensions == 5);

 private:
  /// In all that counts the instant, or in none of it, so that the statements still agree. Only a list that
  /// does not hold all of its values may go without.
  [[nodiscard]] bool correct_at(std::int64_t instant_s, const reports::Move& move) {
    std::vector<reports::Spot> spots;
    std::vector<reports::Spot> cut;
    for (std::size_t at = 0; at < kDimensions && frame_->part_at(instant_s); ++at) {
      auto& to = values_[at]->is_cut() ? cut : spots;
      to.push_back(reports::spot_of(values_[at]->tally(), frame_->pieces, instant_s,
                                    std::span(&schema::kInsightDimensions[at], 1)));
    }
    if (hours_ && reports::is_within(frame_->hours->range, instant_s)) {
      spots.push_back(reports::spot_of(hours_->tally(), *frame_->hours, instant_s, {}));
    }
    if (spots.empty() || !reports::apply(move, spots)) return false;
    for (const reports::Spot& spot : cut) {
      [[maybe_unused]] const bool is_in = reports::apply(move, spot);
    }
    return true;
  }

  const Asked& asked_;
  Result<Frame> frame_;
  std::array<std::optional<ValuesCollector>, kDimensions> values_;
  std::optional<HoursCollector> hours_;
};

std::unique_ptr<Contents> make_contents(const Asked& asked, const reports::Plan& plan) {
  return std::make_unique<InsightsContents>(asked, plan);
}

std::string body_of(const Asked& asked, const Material& material, double least_strength) {
  const auto& contents = static_cast<const InsightsContents&>(*material.contents);
  return contents.render({asked.query,
                          asked.zone,
                          *material.plan,
                          contents.whole(),
                          nullptr,
                          material.generated_at_s,
                          material.cache,
                          material.no_data_yet,
                          asked.query.explain ? &material.ran : nullptr,
                          {},
                          material.corrected,
                          material.corrections_missing},
                         least_strength);
}

/// What makes one representation of the same answer differ from another.
std::string variant_of(const reports::Query& query) {
  std::string variant = query.explain ? "explain " : "";
  text::append_number(variant, query.limit);
  for (const schema::InsightKind kind : query.kinds) variant.append(" ").append(schema::info(kind).name);
  return variant;
}

}  // namespace

Task<Response> get_insights(ReportPorts ports, Call call) {
  const Request& request = call.request;
  const auto asked = co_await read_asked(ports.zones, request, reports::Kind::insights);
  if (!asked) co_return refuse_report(call, asked.error());
  const auto material = co_await obtain(ports, *asked, make_contents);
  if (!material) co_return refuse_report(call, material.error());

  Response response{200, {}, {}};
  if (add_report_headers(response, request, *asked, *material, variant_of(asked->query))) {
    response.status = 304;
    co_return response;
  }
  response.with("content-type", "application/json; charset=utf-8");
  if (request.method != "HEAD") response.body = body_of(*asked, *material, schema::kStrengthShown);
  co_return response;
}

Task<Result<std::string>> insights_json(ReportPorts ports, Asker asker, std::string query,
                                        double least_strength) {
  const auto asked = co_await read_asked(ports.zones, asker, query, reports::Kind::insights);
  if (!asked) co_return tl::unexpected<Error>(asked.error());
  const auto material = co_await obtain(ports, *asked, make_contents);
  if (!material) co_return tl::unexpected<Error>(material.error());
  co_return body_of(*asked, *material, least_strength);
}

}  // namespace leadledger::app
