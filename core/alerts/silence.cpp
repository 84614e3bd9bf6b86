#include "core/alerts/silence.hpp"

#include "core/reports/filter_value.hpp"
#include "core/support/text.hpp"
#include "leadledger/insights.hpp"

namespace leadledger::alerts {

namespace {

/// Whatever is no letter or digit becomes %XX.
void append_encoded(std::string& out, std::string_view any) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  for (const char c : any) {
    if (text::is_letter(c) || text::is_digit(c)) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kDigits[byte >> 4U];
    out += kDigits[byte & 0x0FU];
  }
}

}  // namespace

std::string since_query(const Subject& subject, std::string_view insight) {
  std::string text(insight);
  const auto document = json::Document::parse(text);
  const std::string_view from = document ? document->root()["from"].string() : std::string_view{};
  if (from.empty()) return {};
  std::string out = "from=";
  append_encoded(out, from);
  if (subject.dimension.empty() && subject.value.empty()) return out;
  for (const schema::Dimension dimension : schema::kSilenceDimensions) {
    const std::string_view name = schema::info(dimension).name;
    if (name != subject.dimension || subject.value.empty()) continue;
    reports::Filter filter;
    filter.dimension = dimension;
    filter.values.emplace_back(subject.value);
    out.append("&").append(name).append("=");
    append_encoded(out, reports::filter_text(filter));
    return out;
  }
  return {};
}

SinceThen read_since(std::string& body) {
  const auto document = json::Document::parse(body);
  if (!document || document->root()["meta"]["cache"].string() == "stale") return SinceThen::not_known;
  const json::Value totals = document->root()["totals"];
  constexpr std::int64_t kNone = -1;
  const std::int64_t first = totals["primary"].integer(kNone);
  const std::int64_t again = totals["follow_up"].integer(kNone);
  if (first < 0 || again < 0) return SinceThen::not_known;
  return first + again == 0 ? SinceThen::none_came : SinceThen::some_came;
}

}  // namespace leadledger::alerts
