#include "core/reports/accept.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

#include "core/support/text.hpp"

namespace leadledger::reports {

namespace {

using schema::ReportFormat;

/// How exactly a media range names a media type; none where it does not.
enum class Exactness : std::uint8_t { none, any_type, same_type, same };

struct Preference {
  int quality = -1;  // thousandths; -1 where nothing named it
  Exactness exactness = Exactness::none;
};

constexpr int kFullQuality = 1000;

/// The beginning of `rest` up to `separator`, which is taken away with it; one inside quotes separates
/// nothing.
std::string_view next_part(std::string_view& rest, char separator) {
  bool quoted = false;
  std::size_t at = 0;
  for (; at < rest.size(); ++at) {
    if (rest[at] == '"') quoted = !quoted;
    if (quoted && rest[at] == '\\') ++at;
    if (!quoted && rest[at] == separator) break;
  }
  const std::string_view part = rest.substr(0, at);
  rest.remove_prefix(at < rest.size() ? at + 1 : rest.size());
  return text::trim(part);
}

/// "0.5" in thousandths; -1 where it is no quality. Digits beyond the third are passed over.
int quality_of(std::string_view text) {
  if (text.empty() || (text[0] != '0' && text[0] != '1')) return -1;
  int quality = text[0] == '1' ? kFullQuality : 0;
  if (text.size() == 1) return quality;
  if (text[1] != '.') return -1;
  int unit = kFullQuality / 10;
  for (const char c : text.substr(2)) {
    if (!text::is_digit(c)) return -1;
    quality += (c - '0') * unit;
    unit /= 10;
  }
  return quality <= kFullQuality ? quality : -1;
}

Exactness match(std::string_view range, std::string_view media_type) {
  if (range == "*/*") return Exactness::any_type;
  if (text::equals_ignoring_case(range, media_type)) return Exactness::same;
  const std::string_view type = media_type.substr(0, media_type.find('/') + 1);
  const bool of_type = range.size() == type.size() + 1 && range.back() == '*' &&
                       text::equals_ignoring_case(range.substr(0, type.size()), type);
  return of_type ? Exactness::same_type : Exactness::none;
}

Exactness match(std::string_view range, ReportFormat format) {
  // The name without x- is as common in clients.
  const bool other_name =
      format == ReportFormat::ndjson && text::equals_ignoring_case(range, "application/ndjson");
  return other_name ? Exactness::same : match(range, info(format).media_type);
}

}  // namespace

ReportFormat accepted_format(std::string_view accept) {
  std::array<Preference, schema::kReportFormats.size()> preferences;
  while (!accept.empty()) {
    std::string_view parameters = next_part(accept, ',');
    const std::string_view range = next_part(parameters, ';');
    int quality = kFullQuality;
    while (!parameters.empty()) {
      const auto [name, value] = text::split_once(next_part(parameters, ';'), '=');
      if (text::equals_ignoring_case(text::trim(name), "q")) quality = quality_of(text::trim(value));
    }
    if (quality < 0) continue;
    for (std::size_t at = 0; at < preferences.size(); ++at) {
      Preference& known = preferences[at];
      const Exactness exactness = match(range, static_cast<ReportFormat>(at));
      if (exactness == Exactness::none || exactness < known.exactness) continue;
      if (exactness == known.exactness && quality <= known.quality) continue;
      known = {quality, exactness};
    }
  }
  std::size_t best = 0;
  for (std::size_t at = 1; at < preferences.size(); ++at) {
    const Preference& one = preferences[at];
    const Preference& other = preferences[best];
    if (one.quality <= 0 || one.quality < other.quality) continue;
    if (one.quality > other.quality || one.exactness > other.exactness) best = at;
  }
  return static_cast<ReportFormat>(best);
}

}  // namespace leadledger::reports
