#include "core/support/scope_words.hpp"

#include <cstdint>

#include "core/support/json.hpp"
#include "core/support/text.hpp"

namespace leadledger {

std::string scope_words(std::string_view scope) {
  constexpr std::int64_t kMostNamed = 10;
  std::string text(scope);
  const auto document = json::Document::parse(text);
  if (!document) return {};
  std::string out;
  std::int64_t projects = 0;
  for (const json::Value project : document->root().items()) {
    if (project.string() == "*") return "All projects";
    if (++projects > kMostNamed) continue;
    out += projects == 1 ? "Projects: " : ", ";
    out += project.string();
  }
  if (projects > kMostNamed) {
    out += " and ";
    text::append_number(out, projects - kMostNamed);
    out += " more";
  }
  return out;
}

}  // namespace leadledger
