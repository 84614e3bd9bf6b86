#include "core/reports/query.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "core/reports/accept.hpp"
#include "core/reports/filter_value.hpp"
#include "core/reports/parameters.hpp"
#include "core/support/text.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::reports {

namespace {

constexpr std::size_t kShownNameBytes = 100;
/// A query of 16 KB can name 8,000 unknown parameters; whoever sent it is not helped by all of them.
constexpr std::size_t kMostFaults = 50;

class Reader {
 public:
  Reader(Kind kind, std::string_view accept) : kind_(kind), accept_(accept) {}

  Result<Query> read(const std::vector<Parameter>& parameters) {
    for (const Parameter& parameter : parameters) take(parameter);
    if (kind_ == Kind::insights) {
      read_window();
    } else {
      read_range();
    }
    query_.timezone = value_of(Single::timezone, read_timezone).value_or("");
    read_flags();
    query_.explain = value_of(Single::explain, yes_or_no).value_or(false);
    query_.limit = schema::kReportGroupsDefault;
    if (kind_ == Kind::stats) {
      read_shape();
      read_format();
    } else if (kind_ == Kind::summary) {
      query_.bucket = Bucket::minutes_60;
      query_.compare = CompareWith::previous;
    } else {
      read_kinds_and_limit();
    }
    read_conditions();
    if (!faults_.empty()) return refusal();
    std::sort(query_.filters.begin(), query_.filters.end());
    query_.filters.erase(std::unique(query_.filters.begin(), query_.filters.end()), query_.filters.end());
    return std::move(query_);
  }

 private:
  /// A parameter that comes once: where it stood, and whether it came again.
  struct Given {
    const Parameter* parameter = nullptr;
    bool repeated = false;
  };

  void fault(std::string_view name, std::string_view code, std::string reason) {
    const std::string_view shown = name.empty() ? "?" : text::cut(name, kShownNameBytes);
    // Only dimensions may come twice, so only they can be wrong in two ways.
    const bool once = !find_dimension(name);
    for (const FieldError& known : faults_) {
      if (known.name == shown && (once || known.reason == reason)) return;
    }
    if (faults_.size() < kMostFaults)
      faults_.push_back({std::string(shown), std::string(code), std::move(reason)});
  }

  static std::size_t index(Single single) { return static_cast<std::size_t>(single); }

  void take(const Parameter& parameter) {
    const std::string_view name = parameter.name;
    if (const auto dimension = find_dimension(name)) {
      auto filter = read_filter(*dimension, name, parameter.value);
      if (filter) {
        query_.filters.push_back(std::move(*filter));
      } else {
        const FieldError& field = filter.error().fields.front();
        fault(name, field.code, field.reason);
      }
      return;
    }
    if (const auto flag = one_of<schema::Flag>(schema::kFlagNames, name)) {
      return note(flags_[static_cast<std::size_t>(*flag)], parameter);
    }
    const auto single = one_of<Single>(kSingles, name);
    if (single && is_taken(kind_, info(*single))) {
      return note(singles_[index(*single)], parameter);
    }
    // The list of all names is told once, however many are unknown.
    fault(name, "unknown", named_all_ ? "There is no such parameter either." : all_names(kind_));
    named_all_ = true;
  }

  void note(Given& given, const Parameter& parameter) {
    if (given.parameter == nullptr) {
      given.parameter = &parameter;
    } else if (!given.repeated) {
      given.repeated = true;
      fault(parameter.name, "repeated", "It may come only once.");
    }
  }

  /// Its text, or null where it was not given or was refused.
  const std::string* text_of(const Given& given, const std::string& may_be) {
    if (given.parameter == nullptr || given.repeated) return nullptr;
    if (!given.parameter->value.empty()) return &given.parameter->value;
    fault(given.parameter->name, "empty", "It has no value. " + may_be);
    return nullptr;
  }
  const std::string* text_of(Single single) {
    const Given& given = singles_[index(single)];
    return given.parameter == nullptr ? nullptr : text_of(given, allowed(kind_, single));
  }
  [[nodiscard]] bool is_given(Single single) const { return singles_[index(single)].parameter != nullptr; }

  /// What `parse` reads from a parameter's text; nothing where it was not given or was refused.
  template <class Parse>
  auto value_of(Single single, Parse parse) -> decltype(parse(std::string())) {
    const std::string* text = text_of(single);
    if (text == nullptr) return std::nullopt;
    auto value = parse(*text);
    if (!value) fault(info(single).name, "not_allowed", allowed(kind_, single));
    return value;
  }
  /// The number from 1 to `most`, or 0.
  std::uint32_t number_of(Single single, std::uint32_t most) {
    return value_of(single, [most](std::string_view text) { return whole_number(text, most); }).value_or(0);
  }
  template <class Enum, class List>
  std::optional<Enum> choice_of(Single single, const List& list) {
    return value_of(single, [&list](std::string_view text) { return one_of<Enum>(list, text); });
  }

  void read_range() {
    const bool placed = is_given(Single::from) || is_given(Single::to);
    if (placed && is_given(Single::days)) {
      fault("days", "not_allowed", "It is given alone, or from and to are given in its place.");
    } else if (is_given(Single::days)) {
      query_.days = static_cast<int>(number_of(Single::days, schema::kReportDaysMax));
    } else if (!placed) {
      query_.days = static_cast<int>(schema::kReportDaysDefault);
    }
    query_.from = value_of(Single::from, read_moment);
    query_.to = value_of(Single::to, read_moment);
    if (is_given(Single::to) && !is_given(Single::from)) {
      fault("to", "not_allowed", "It is given together with from.");
    }
  }

  /// The window that insights look at.
  void read_window() {
    if (is_given(Single::hours) && is_given(Single::days)) {
      fault("hours", "not_allowed", "It is given alone, or days is given in its place.");
    } else if (is_given(Single::hours)) {
      query_.hours = static_cast<int>(value_of(Single::hours, read_hours).value_or(0));
    } else if (is_given(Single::days)) {
      query_.days = static_cast<int>(number_of(Single::days, schema::kInsightDaysMax));
    } else {
      query_.days = static_cast<int>(schema::kInsightDaysDefault);
    }
    query_.to = value_of(Single::to, read_day);
    if (is_given(Single::to) && is_given(Single::hours)) {
      fault("to", "not_allowed", "It is given with days; hours end with the last full hour.");
    }
  }

  void read_kinds_and_limit() {
    query_.bucket = Bucket::none;
    query_.kinds = value_of(Single::kind, read_kinds).value_or(std::vector<schema::InsightKind>());
    if (query_.kinds.empty()) {
      for (std::size_t at = 0; at < schema::kInsights.size(); ++at) {
        query_.kinds.push_back(static_cast<schema::InsightKind>(at));
      }
    }
    query_.limit = schema::kInsightsDefault;
    if (is_given(Single::limit)) query_.limit = number_of(Single::limit, schema::kInsightsMax);
  }

  void read_flags() {
    for (std::size_t at = 0; at < flags_.size(); ++at) {
      const std::string may_be = "It is true or false.";
      const std::string* text = text_of(flags_[at], may_be);
      if (text == nullptr) continue;
      if (*text != "true" && *text != "false") {
        fault(schema::kFlagNames[at], "not_allowed", may_be);
      } else {
        query_.flags.push_back({static_cast<schema::Flag>(at), *text == "true"});
      }
    }
  }

  void read_shape() {
    query_.bucket = choice_of<Bucket>(Single::bucket, schema::kBuckets).value_or(Bucket::day);
    query_.group_by = value_of(Single::group_by, read_group_by).value_or(std::vector<Dimension>());
    query_.compare =
        choice_of<CompareWith>(Single::compare, schema::kCompareWithNames).value_or(CompareWith::none);
    const auto included = value_of(Single::include, read_include).value_or(std::vector<schema::Include>());
    query_.hour_of_week =
        std::find(included.begin(), included.end(), schema::Include::hour_of_week) != included.end();
    if (query_.hour_of_week && !query_.group_by.empty()) {
      fault("include", "not_allowed", "hour_of_week is counted without groups; leave group_by out.");
    }
    query_.sort = value_of(Single::sort, read_count_name).value_or(0);
    if (is_given(Single::sort) && query_.group_by.empty()) {
      fault("sort", "not_allowed", "Only groups are sorted; give group_by too.");
    }
    if (is_given(Single::limit)) query_.limit = number_of(Single::limit, schema::kReportGroupsMax);
  }

  /// Alternatives of an exact filter are a list, and so one condition.
  void read_conditions() {
    const auto conditions_of = [](const Filter& filter) {
      return filter.contains ? filter.values.size() : 1;
    };
    std::size_t conditions = 0;
    const Filter* widest = nullptr;
    for (const Filter& filter : query_.filters) {
      conditions += conditions_of(filter);
      if (widest == nullptr || conditions_of(filter) > conditions_of(*widest)) widest = &filter;
    }
    if (conditions <= schema::kMaxReportConditions) return;
    std::string reason = "All filters together may have ";
    text::append_number(reason, schema::kMaxReportConditions);
    fault(schema::info(widest->dimension).name, "too_many",
          reason + " conditions; each parameter is one, and so is each alternative behind ~.");
  }

  void read_format() {
    const auto format = is_given(Single::format)
                            ? choice_of<ReportFormat>(Single::format, schema::kReportFormats)
                            : std::optional(accepted_format(accept_));
    query_.bom = value_of(Single::bom, yes_or_no).value_or(false);
    if (!format) return;
    query_.format = *format;
    if (query_.explain && format != ReportFormat::json) {
      fault("explain", "not_allowed", "Only JSON has room for it; ask for format=json.");
    }
    if (query_.hour_of_week && format != ReportFormat::json) {
      fault("include", "not_allowed", "Only JSON has room for hour_of_week; ask for format=json.");
    }
    if (query_.bom && format != ReportFormat::csv) {
      fault("bom", "not_allowed", "Only CSV can begin with a byte order mark; ask for format=csv.");
    }
  }

  tl::unexpected<Error> refusal() {
    const FieldError& first = faults_.front();
    Error error = bad_parameter(first.name, first.reason);
    if (faults_.size() > 1) error.detail += " Other parameters are not allowed either.";
    error.fields = std::move(faults_);
    return tl::unexpected<Error>(std::move(error));
  }

  Kind kind_;
  std::string_view accept_;
  Query query_;
  std::array<Given, kSingles.size()> singles_;
  std::array<Given, schema::kFlagNames.size()> flags_;
  std::vector<FieldError> faults_;
  bool named_all_ = false;
};

}  // namespace

Result<Query> read_query(Kind kind, const std::vector<Parameter>& parameters, std::string_view accept) {
  std::size_t bytes = 0;
  for (const Parameter& parameter : parameters) bytes += parameter.name.size() + parameter.value.size();
  if (bytes > schema::kMaxReportQueryBytes) {
    std::string reason = "All parameters together may have ";
    text::append_number(reason, schema::kMaxReportQueryBytes);
    reason += " bytes.";
    return fail(ErrorCode::bad_parameter, "The query is too long. " + reason, {{"?", "too_long", reason}});
  }
  return Reader(kind, accept).read(parameters);
}

}  // namespace leadledger::reports
