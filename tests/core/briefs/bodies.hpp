// Bodies of the two reports that a brief is made of, as texts.
#pragma once

#include <string>
#include <string_view>

#include "core/briefs/brief.hpp"
#include "core/support/json.hpp"

namespace leadledger::tests {

inline const std::string kSummary = R"({
  "meta": {"from": "2026-11-09T00:00:00+05:30", "to": "2026-11-16T00:00:00+05:30", "timezone": "Asia/Kolkata",
    "sampled": false, "margin": null, "cache": "miss", "warnings": []},
  "totals": {"total": 1412, "primary": 312, "follow_up": 40, "test": 10, "blocked": 1020, "bot": 30,
    "hot_count": 25},
  "rates": {"actual": 0.220963, "hot": 0.017705, "bot": 0.021246, "blocked": 0.722380, "rejected": 0.743626},
  "change": {"total": 0.5, "primary": 0.118280, "hot_count": null},
  "previous": {"from": "2026-11-02T00:00:00+05:30", "to": "2026-11-09T00:00:00+05:30",
    "totals": {"total": 941, "primary": 279, "hot_count": 0}},
  "top": {
    "project": [{"key": "acme", "share": 1, "total": 1412, "primary": 312}],
    "country": [{"key": "IN", "share": 0.7, "total": 1000, "primary": 212}, {"key": "", "total": 412, "primary": 100}],
    "source": [{"key": "google", "total": 900, "primary": 200}, {"key": "newsletter", "total": 512, "primary": 112}],
    "utm_campaign": [{"key": "", "total": 1412, "primary": 312}]},
  "busiest_hour": {"hour": 10, "total": 90}
})";

inline const std::string kInsights = R"({
  "meta": {"warnings": []},
  "data": [
    {"id": "bot_share:source:google", "kind": "bot_share", "severity": "warning", "dimension": "source",
      "value": "google", "headline": "“google” (source): 14% of 900 submissions in 7 days were judged bot; 2% is usual."},
    {"id": "rise:source:newsletter", "kind": "rise", "severity": "notice", "dimension": "source",
      "value": "newsletter", "headline": "“newsletter” (source) brought 112 new leads in 7 days; 60 were usual."},
    {"id": "best_hours", "kind": "best_hours", "severity": "info", "dimension": null, "value": null,
      "headline": "25% of the new leads of 28 days came from 10:00 to 13:00; 13% would be an even share."}
  ]
})";

inline const std::string kNoInsights = R"({"meta": {"warnings": []}, "data": []})";

/// `text` with one part of it replaced.
[[nodiscard]] inline std::string with(std::string text, std::string_view part, std::string_view other) {
  const std::size_t at = text.find(part);
  return at == std::string::npos ? std::string("there is no such part")
                                 : text.replace(at, part.size(), other);
}

[[nodiscard]] inline briefs::BriefText brief_of(std::string summary, std::string insights,
                                                std::string_view scope = R"(["acme"])") {
  const auto counted = json::Document::parse(summary);
  const auto found = json::Document::parse(insights);
  if (!counted || !found) return {"unreadable", {}};
  return briefs::write_brief(counted->root(), found->root(), scope);
}

}  // namespace leadledger::tests
