#include "core/briefs/insight_lines.hpp"

#include <algorithm>

#include "core/support/text.hpp"

namespace leadledger::briefs {

namespace {

constexpr std::size_t kMostLines = 8;
constexpr std::size_t kMostLineBytes = 600;

/// The headline with its names marked: they stand between “ and ”, which no name has in it. Where there is a
/// name that is not found so, all of the line counts as text of others.
Line marked(std::string headline, std::string_view value) {
  constexpr std::string_view kOpening = "“";
  constexpr std::string_view kClosing = "”";
  for (char& c : headline) {
    if (static_cast<unsigned char>(c) < ' ') c = ' ';
  }
  Line line{std::move(headline), {}};
  const std::string_view words = line.text;
  std::size_t at = words.find(kOpening);
  while (at != std::string_view::npos) {
    const std::size_t closing = words.find(kClosing, at);
    const std::size_t end = closing == std::string_view::npos ? words.size() : closing + kClosing.size();
    line.names.push_back({at, end - at});
    at = words.find(kOpening, end);
  }
  if (line.names.empty() && !value.empty()) line.names.push_back({0, line.text.size()});
  return line;
}

}  // namespace

std::vector<Line> insight_lines(const json::Value& insights, std::initializer_list<std::string_view> kinds) {
  std::vector<Line> lines;
  for (const json::Value insight : insights["data"].items()) {
    if (std::find(kinds.begin(), kinds.end(), insight["kind"].string()) == kinds.end()) continue;
    const std::string_view headline = text::cut(insight["headline"].string(), kMostLineBytes);
    if (headline.empty()) continue;
    if (lines.size() == kMostLines) {
      lines.push_back({"There is more: the insights have all of it."});
      break;
    }
    lines.push_back(marked(std::string(headline), insight["value"].string()));
  }
  return lines;
}

}  // namespace leadledger::briefs
