#include "core/reports/filter_value.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <utility>

#include "core/datasets/canonical_text.hpp"
#include "core/support/query_string.hpp"
#include "core/support/text.hpp"

namespace leadledger::reports {

namespace {

using schema::DimensionInfo;

/// Free text is cut on writing, so a filter for it is cut in the same way. What is shorter holds codes, of
/// which one that is cut would be another.
constexpr std::size_t kShortestCut = 100;

constexpr std::size_t kUncut = std::numeric_limits<std::size_t>::max();

bool takes(const DimensionInfo& dimension, std::string_view value) {
  return value.empty() || dimension.values.empty() ||
         std::find(dimension.values.begin(), dimension.values.end(), value) != dimension.values.end();
}

std::string fixed_values(const DimensionInfo& dimension) {
  std::string out = "Allowed are ";
  for (const std::string_view value : dimension.values) out.append(value).append(", ");
  return out + "and an empty value for what is not known.";
}

/// Takes the alternatives of one filter, as they were written.
class Alternatives {
 public:
  explicit Alternatives(Filter& filter) : filter_(filter), dimension_(info(filter.dimension)) {}

  /// The fault's code and reason are empty as long as all is well.
  struct Fault {
    std::string_view code;
    std::string reason;
  };

  [[nodiscard]] Fault add(std::string_view raw) {
    std::string value = datasets::canonical_text(raw, kUncut);
    if (value.empty() && !raw.empty()) {
      return {"empty", "It has only spaces. Leave the value empty to ask for what is not known."};
    }
    if (filter_.dimension == Dimension::country) {  // codes are kept in capitals
      for (char& c : value) c = text::to_upper(c);
    }
    if (filter_.contains) {
      value = text::lower(value);
      if (value.empty()) return {"empty", "There is no text behind ~, which asks for what contains it."};
      if (value.size() > dimension_.max_bytes) {
        std::string reason = "It holds at most ";
        text::append_number(reason, static_cast<std::int64_t>(dimension_.max_bytes));
        return {"too_long", reason + " bytes, so nothing in it contains that much."};
      }
    } else if (!takes(dimension_, value)) {
      return {"not_allowed", fixed_values(dimension_)};
    } else if (value.size() > dimension_.max_bytes && dimension_.max_bytes < kShortestCut) {
      std::string reason = "It holds at most ";
      text::append_number(reason, static_cast<std::int64_t>(dimension_.max_bytes));
      return {"too_long", reason + " bytes, so nothing is called that."};
    } else if (value.size() > dimension_.max_bytes) {
      value = datasets::canonical_text(raw, dimension_.max_bytes);
    }
    filter_.values.push_back(std::move(value));
    return {};
  }

 private:
  Filter& filter_;
  const DimensionInfo& dimension_;
};

bool take_sign(std::string_view& text, char sign) {
  if (text.empty() || text.front() != sign) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

Result<Filter> read_filter(Dimension dimension, std::string_view name, std::string_view text) {
  Filter filter;
  filter.dimension = dimension;
  filter.negated = take_sign(text, '-');
  filter.contains = take_sign(text, '~');
  const auto refuse = [&](Alternatives::Fault fault) {
    Error error = bad_parameter(name, std::move(fault.reason));
    error.fields.front().code = fault.code;
    return tl::unexpected<Error>(std::move(error));
  };
  Alternatives alternatives(filter);
  std::string value;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    if (at == text.size() || text[at] == ',') {
      if (auto fault = alternatives.add(value); !fault.code.empty()) return refuse(std::move(fault));
      value.clear();
      continue;
    }
    if (text[at] == '\\') ++at;
    if (at == text.size()) {
      return refuse({"not_allowed", "It ends with a lone backslash; write \\\\ for a backslash itself."});
    }
    value += text[at];
  }
  std::sort(filter.values.begin(), filter.values.end());
  filter.values.erase(std::unique(filter.values.begin(), filter.values.end()), filter.values.end());
  return filter;
}

std::string filter_text(const Filter& filter) {
  std::string out;
  if (filter.negated) out += '-';
  if (filter.contains) out += '~';
  bool first = true;
  for (const std::string& value : filter.values) {
    if (!first) out += ',';
    // Only in front of the first value would these two be taken for signs.
    if (first && !value.empty() && (value.front() == '-' || value.front() == '~')) out += '\\';
    for (const char c : value) {
      if (c == ',' || c == '\\') out += '\\';
      out += c;
    }
    first = false;
  }
  return out;
}

}  // namespace leadledger::reports
