// GET /analytics/lead-stats/summary
#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "core/app/report_material.hpp"
#include "core/reports/summary.hpp"
#include "core/reports/tally.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::app {

namespace {

using reports::Row;
using reports::SummaryHours;
using reports::Tally;

/// Hours of both ranges: those of the summarised one by hour, those before it in all.
class HoursCollector final : public Collector {
 public:
  HoursCollector(const SummaryHours& hours, std::uint64_t seed) : hours_(hours), seed_(seed) { begin(); }
  void begin() override {
    current_.emplace(hours_.current_count(), 0, seed_);
    previous_.emplace(0, 0, seed_);
  }
  [[nodiscard]] bool take(const Row& row) override {
    const auto bucket = hours_.period.grid.bucket_of(row.cell, hours_.period.boundaries);
    if (!bucket) return false;
    const auto current = hours_.current(*bucket);
    if (current) {
      current_->add(*current, row);
    } else if (hours_.is_previous(*bucket)) {
      previous_->add(0, row);
    }
    return true;
  }
  /// In one of the two ranges, which end at boundaries.
  [[nodiscard]] bool correct(const reports::Move& move) {
    const reports::Range& all = hours_.period.range;
    const reports::Range current{hours_.split_s, all.to_s};
    const reports::Range previous{all.from_s, hours_.previous_end_s};
    if (reports::is_within(previous, move.correction.at_s)) return reports::apply(move, {*previous_, 0, {}});
    return reports::apply_within(current, move.correction, [&](std::int64_t instant_s) {
      const auto hour = hours_.current(hours_.period.boundaries.index_of(instant_s));
      return hour && reports::apply(move, {*current_, *hour, {}});
    });
  }
  [[nodiscard]] const Tally& current() const { return *current_; }
  [[nodiscard]] const Tally& previous() const { return *previous_; }
  void save(std::string& out) const {
    current_->save(out);
    previous_->save(out);
  }
  [[nodiscard]] bool restore(std::string_view& bytes) {
    auto current = Tally::restore(bytes, hours_.current_count(), 0, seed_);
    if (!current) return false;
    auto previous = Tally::restore(bytes, 0, 0, seed_);
    if (!previous) return false;
    current_.emplace(std::move(*current));
    previous_.emplace(std::move(*previous));
    return true;
  }

 private:
  const SummaryHours& hours_;
  std::uint64_t seed_;
  std::optional<Tally> current_;
  std::optional<Tally> previous_;
};

/// Combinations of the top lists' dimensions, counted for each dimension on its own.
class TopCollector final : public Collector {
 public:
  static constexpr std::size_t kLists = schema::kSummaryTop.size();

  explicit TopCollector(std::uint64_t seed) : seed_(seed) { begin(); }
  void begin() override {
    for (auto& list : lists_) list.emplace(0, 1, seed_);
    combinations_ = 0;
    is_full_ = false;
  }
  [[nodiscard]] bool take(const Row& row) override {
    ++combinations_;
    // Top lists may go without the smallest; their memory is bounded as that of any report is.
    is_full_ = is_full_ || memory_bytes() > schema::kMaxReportBytes;
    if (is_full_) return true;
    for (std::size_t at = 0; at < kLists; ++at) {
      Row one = row;
      one.texts[0] = row.texts[at];
      lists_[at]->add(0, one);
    }
    return true;
  }
  /// A list that does not have it goes without.
  void correct(const reports::Move& move) {
    for (std::size_t at = 0; at < kLists; ++at) {
      [[maybe_unused]] const bool is_in =
          reports::apply(move, {*lists_[at], 0, std::span(&schema::kSummaryTop[at], 1)});
    }
  }
  [[nodiscard]] std::array<const Tally*, kLists> lists() const {
    std::array<const Tally*, kLists> out = {};
    for (std::size_t at = 0; at < kLists; ++at) out[at] = &*lists_[at];
    return out;
  }
  /// Those that did not fit are missing from the lists.
  [[nodiscard]] bool incomplete() const { return is_full_ || combinations_ >= reports::kMostCombinations; }
  void save(std::string& out) const {
    out += incomplete() ? '1' : '0';
    for (const auto& list : lists_) list->save(out);
  }
  [[nodiscard]] bool restore(std::string_view& bytes) {
    if (bytes.empty()) return false;
    is_full_ = bytes.front() == '1';
    bytes.remove_prefix(1);
    for (auto& list : lists_) {
      auto restored = Tally::restore(bytes, 0, 1, seed_);
      if (!restored) return false;
      list.emplace(std::move(*restored));
    }
    return true;
  }

 private:
  [[nodiscard]] std::size_t memory_bytes() const {
    std::size_t bytes = 0;
    for (const auto& list : lists_) bytes += list->memory_bytes();
    return bytes;
  }

  std::uint64_t seed_;
  std::array<std::optional<Tally>, kLists> lists_;
  std::uint32_t combinations_ = 0;
  bool is_full_ = false;
};

class SummaryContents final : public Contents {
 public:
  SummaryContents(const Asked& asked, const reports::Plan& plan)
      : asked_(asked), plan_(plan), hours_(reports::summary_hours(asked.zone, plan)), top_(asked.random) {
    if (hours_) by_hour_.emplace(*hours_, asked.random);
  }

  [[nodiscard]] Result<std::vector<reports::Statement>> statements() const override {
    if (!hours_) return tl::unexpected<Error>(hours_.error());
    auto hours =
        reports::count_statement(asked_.query, asked_.scope, hours_->period, {}, schema::kMaxReportRows);
    if (!hours) return tl::unexpected<Error>(hours.error());
    auto top = reports::top_statement(asked_.query, asked_.scope, plan_.period.range,
                                      {schema::kSummaryTop.begin(), schema::kSummaryTop.end()},
                                      reports::kMostCombinations);
    if (!top) return tl::unexpected<Error>(top.error());
    std::vector<reports::Statement> out;
    out.push_back(std::move(*hours));
    out.push_back(std::move(*top));
    return out;
  }
  [[nodiscard]] Collector& collector(std::size_t statement) override {
    if (statement == 0) return *by_hour_;
    return top_;
  }
  void save(std::string& out) const override {
    by_hour_->save(out);
    top_.save(out);
  }
  [[nodiscard]] bool restore(std::string_view bytes) override {
    return by_hour_ && by_hour_->restore(bytes) && top_.restore(bytes) && bytes.empty();
  }

  [[nodiscard]] bool correct(const reports::Move& move) override {
    if (!by_hour_->correct(move)) return false;
    // Both come from statements of their own, but shall agree on what was corrected.
    if (reports::is_within(plan_.period.range, move.correction.at_s)) top_.correct(move);
    return true;
  }

  [[nodiscard]] std::string render(const reports::Source& source) const {
    return reports::render_summary(
        source, {*hours_, by_hour_->current(), by_hour_->previous(), top_.lists(), top_.incomplete()});
  }
  [[nodiscard]] const HoursCollector& by_hour() const { return *by_hour_; }

 private:
  const Asked& asked_;
  const reports::Plan& plan_;
  Result<SummaryHours> hours_;
  std::optional<HoursCollector> by_hour_;
  TopCollector top_;
};

std::unique_ptr<Contents> make_contents(const Asked& asked, const reports::Plan& plan) {
  return std::make_unique<SummaryContents>(asked, plan);
}

std::string body_of(const Asked& asked, const Material& material) {
  const auto& contents = static_cast<const SummaryContents&>(*material.contents);
  return contents.render({asked.query,
                          asked.zone,
                          *material.plan,
                          contents.by_hour().current(),
                          &contents.by_hour().previous(),
                          material.generated_at_s,
                          material.cache,
                          material.no_data_yet,
                          asked.query.explain ? &material.ran : nullptr,
                          {},
                          material.corrected,
                          material.corrections_missing});
}

}  // namespace

Task<Response> lead_stats_summary(ReportPorts ports, Call call) {
  const Request& request = call.request;
  const auto asked = co_await read_asked(ports.zones, request, reports::Kind::summary);
  if (!asked) co_return refuse_report(call, asked.error());
  const auto material = co_await obtain(ports, *asked, make_contents);
  if (!material) co_return refuse_report(call, material.error());

  Response response{200, {}, {}};
  const std::string_view variant = asked->query.explain ? "explain" : "";
  if (add_report_headers(response, request, *asked, *material, variant)) {
    response.status = 304;
    co_return response;
  }
  response.with("content-type", "application/json; charset=utf-8");
  if (request.method != "HEAD") response.body = body_of(*asked, *material);
  co_return response;
}

Task<Result<std::string>> summary_json(ReportPorts ports, Asker asker, std::string query) {
  const auto asked = co_await read_asked(ports.zones, asker, query, reports::Kind::summary);
  if (!asked) co_return tl::unexpected<Error>(asked.error());
  const auto material = co_await obtain(ports, *asked, make_contents);
  if (!material) co_return tl::unexpected<Error>(material.error());
  co_return body_of(*asked, *material);
}

}  // namespace leadledger::app
