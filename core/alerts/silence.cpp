#include "core/alerts/silence.hpp"

#include <algorithm>

#include "core/reports/filter_value.hpp"
#include "core/support/query_string.hpp"
#include "core/support/text.hpp"
#include "leadledger/insights.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::alerts {

namespace {

std::string encoded(std::string_view any) {
  std::string out;
  append_encoded(out, any);
  return out;
}

bool is_of_all(const Subject& subject) { return subject.dimension.empty() && subject.value.empty(); }

/// That of the subject, where silence is looked for in it.
const schema::Dimension* dimension_of(const Subject& subject) {
  for (const schema::Dimension& dimension : schema::kSilenceDimensions) {
    if (schema::info(dimension).name == subject.dimension && !subject.value.empty()) return &dimension;
  }
  return nullptr;
}

/// A question whose filter is not written yet.
struct Draft {
  Question question;
  std::string from;
  std::string_view dimension;
  reports::Filter filter;
  std::size_t bytes = 0;

  [[nodiscard]] bool takes(const Silence& silence, std::string_view its_from, std::size_t its_bytes) const {
    return from == its_from && dimension == silence.subject.dimension && !is_of_all(silence.subject) &&
           filter.values.size() < schema::kAlertQuestionValues &&
           bytes + its_bytes <= schema::kAlertQuestionBytes;
  }
};

Question finish(Draft draft) {
  std::string& query = draft.question.query;
  query = "bucket=none&from=" + encoded(draft.from);
  if (!draft.dimension.empty()) {
    query.append("&group_by=").append(draft.dimension).append("&limit=");
    text::append_number(query, static_cast<std::int64_t>(draft.filter.values.size()));
    query.append("&").append(draft.dimension).append("=").append(encoded(filter_text(draft.filter)));
  }
  return std::move(draft.question);
}

SinceThen since(const json::Value& counts) {
  constexpr std::int64_t kNone = -1;
  const std::int64_t first = counts["primary"].integer(kNone);
  const std::int64_t again = counts["follow_up"].integer(kNone);
  if (first < 0 || again < 0) return SinceThen::not_known;
  return first + again == 0 ? SinceThen::none_came : SinceThen::some_came;
}

}  // namespace

std::vector<Question> questions_about(const std::vector<Silence>& silences) {
  std::vector<Draft> drafts;
  for (const Silence& silence : silences) {
    std::string text(silence.insight);
    const auto document = json::Document::parse(text);
    const std::string_view from = document ? document->root()["from"].string() : std::string_view{};
    const schema::Dimension* const dimension = dimension_of(silence.subject);
    if (from.empty() || (dimension == nullptr && !is_of_all(silence.subject))) continue;
    const std::size_t bytes = encoded(silence.subject.value).size() + 1;
    auto at = std::find_if(drafts.begin(), drafts.end(),
                           [&](const Draft& draft) { return draft.takes(silence, from, bytes); });
    if (at == drafts.end()) {
      if (drafts.size() == schema::kAlertQuestions) continue;
      at = drafts.emplace(drafts.end());
      at->from = from;
      at->dimension = silence.subject.dimension;
      if (dimension != nullptr) at->filter.dimension = *dimension;
    }
    at->question.about.push_back(silence);
    at->filter.values.emplace_back(silence.subject.value);
    at->bytes += bytes;
  }
  std::vector<Question> out;
  out.reserve(drafts.size());
  for (Draft& draft : drafts) out.push_back(finish(std::move(draft)));
  return out;
}

std::vector<SinceThen> read_since(std::string& body, const Question& question) {
  std::vector<SinceThen> out(question.about.size(), SinceThen::not_known);
  const auto document = json::Document::parse(body);
  if (!document) return out;
  const json::Value root = document->root();
  const SinceThen all = since(root["totals"]);
  if (all == SinceThen::not_known || root["meta"]["cache"].string() == "stale") return out;
  for (std::size_t at = 0; at < out.size(); ++at) {
    const Subject& subject = question.about[at].subject;
    if (is_of_all(subject)) {
      out[at] = all;
      continue;
    }
    out[at] = SinceThen::none_came;  // a value of which nothing came is no group
    for (const json::Value group : root["groups"].items()) {
      if (group["key"][subject.dimension].string() == subject.value) out[at] = since(group);
    }
  }
  return out;
}

}  // namespace leadledger::alerts
