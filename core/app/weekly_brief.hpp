// One brief: made from the same reports that HTTP answers, told in sentences, and worded by a language model
// where the deployment has one that keeps to the facts.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/app/ports.hpp"
#include "core/app/report_json.hpp"
#include "core/app/task.hpp"
#include "core/briefs/brief.hpp"
#include "core/support/result.hpp"

namespace leadledger::app {

/// Nothing in here keeps or sends anything.
struct BriefMakers {
  ReportPorts reports;
  ModelPort model;
};

/// Seven local days: `end_day` is the first that is not among them (days since 1970).
struct BriefWeek {
  std::int64_t end_day = 0;
  std::string timezone;
};

struct Brief {
  std::string scope;  // scope_text()
  std::int64_t generated_at_ms = 0;
  briefs::BriefText text;
  bool by_model = false;
  bool is_empty = false;  // nothing was counted in the week and the one before
  bool is_stale = false;  // made from a last good answer: Analytics Engine is in trouble
  std::string summary;    // the body of /analytics/lead-stats/summary
  std::string insights;   // the body of /analytics/insights
  std::string from;       // RFC 3339, as the summary has it
  std::string to;
  std::string timezone;
};

/// Errors: those of the two reports.
Task<Result<Brief>> make_brief(BriefMakers ports, Asker asker, BriefWeek week);

/// The whole brief as JSON, but for its deliveries; `brief_id` "" is null.
[[nodiscard]] std::string brief_document(const Brief& brief, std::string_view brief_id);

/// What a webhook is told of it: the brief with the week's totals in place of both reports.
[[nodiscard]] std::string brief_news(const Brief& brief, std::string_view brief_id);

/// The Monday of the week that contains the day.
[[nodiscard]] std::int64_t monday_of(std::int64_t day);

}  // namespace leadledger::app
