#include "core/reports/corrections.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/datasets/canonical_text.hpp"
#include "core/support/json.hpp"
#include "core/support/text.hpp"
#include "core/time/civil.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::reports {

namespace {

/// The place of a name in a list of names.
template <class Names>
std::optional<std::size_t> place_of(const Names& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names.begin());
}

/// Reads corrections one by one.
class Reader {
 public:
  /// Nothing where the value is no correction of a submission that a point could stand for.
  std::optional<Correction> read(const json::Value& value) {
    Correction out;
    out.at_s = value["at"].integer(0);
    if (out.at_s <= 0 || value["project"].string().empty()) return std::nullopt;
    const bool whole = take_text(Dimension::project, value["project"], out) &&
                       take_dimensions(value["dimensions"], out) && take_flags(value["flags"], out) &&
                       take_verdict(value["from"], out.from) && take_verdict(value["to"], out.to);
    if (!whole) return std::nullopt;
    return out;
  }

 private:
  /// Whether a point could hold the text: it is written in canonical form, cut to what the dimension holds.
  [[nodiscard]] bool is_possible(Dimension dimension, const json::Value& value) {
    if (!value.is(json::Kind::string)) return false;
    canonical_.clear();
    datasets::append_canonical(canonical_, value.text(), schema::info(dimension).max_bytes);
    return canonical_ == value.text();
  }

  [[nodiscard]] bool take_text(Dimension dimension, const json::Value& value, Correction& out) {
    if (!is_possible(dimension, value)) return false;
    out.texts[static_cast<std::size_t>(dimension)] = value.text();
    return true;
  }

  [[nodiscard]] bool take_dimensions(const json::Value& value, Correction& out) {
    if (!value.is(json::Kind::none) && !value.is(json::Kind::object)) return false;
    for (const auto& [name, text] : value.members()) {
      for (std::size_t at = 0; at < schema::kDimensions.size(); ++at) {
        const auto dimension = static_cast<Dimension>(at);
        // These three are said elsewhere.
        const bool is_other = dimension == Dimension::project || dimension == Dimension::event_type ||
                              dimension == Dimension::reason;
        if (is_other || schema::kDimensions[at].name != name) continue;
        if (!take_text(dimension, text, out)) return false;
      }
    }
    return true;
  }

  [[nodiscard]] static bool take_flags(const json::Value& value, Correction& out) {
    if (!value.is(json::Kind::none) && !value.is(json::Kind::array)) return false;
    for (const json::Value item : value.items()) {
      if (const auto flag = place_of(schema::kFlagNames, item.string())) out.flags[*flag] = true;
    }
    return true;
  }

  [[nodiscard]] bool take_verdict(const json::Value& value, Verdict& out) {
    const auto type = place_of(schema::kEventTypeNames, value["event_type"].string());
    if (!type || !is_possible(Dimension::reason, value["reason"])) return false;
    out = {static_cast<schema::EventType>(*type), value["reason"].text()};
    return true;
  }

  std::string canonical_;
};

bool holds(const Filter& filter, std::string_view text) {
  const auto is_met = [&](const std::string& value) {
    return filter.contains ? text::contains_ignoring_case(text, value) : text == value;
  };
  return std::any_of(filter.values.begin(), filter.values.end(), is_met) != filter.negated;
}

/// The submission as a row of an answer has it; no point was read for it.
Row row_of(const Correction& correction, const Verdict& verdict, std::span<const Dimension> dimensions) {
  Row row;
  const std::size_t count = std::min(dimensions.size(), row.texts.size());
  for (std::size_t n = 0; n < count; ++n) row.texts[n] = correction.text(dimensions[n], verdict);
  row.counts.types[static_cast<std::size_t>(verdict.event_type)] = 1;
  for (std::size_t at = 0; at < correction.flags.size(); ++at) {
    row.counts.flags[at] = correction.flags[at] ? 1 : 0;
  }
  row.submissions = 1;
  return row;
}

}  // namespace

std::string_view Correction::text(Dimension dimension, const Verdict& verdict) const {
  if (dimension == Dimension::event_type) return schema::to_text(verdict.event_type);
  if (dimension == Dimension::reason) return verdict.reason;
  return texts[static_cast<std::size_t>(dimension)];
}

std::string corrections_key(std::int64_t instant_s) {
  const time::Date date = time::date_of(time::floor_div(instant_s, time::kSecondsPerDay));
  std::string key = "corrections/";
  text::append_number(key, date.year);
  key += date.month < 10 ? "-0" : "-";
  text::append_number(key, date.month);
  return key;
}

Result<Corrections> read_corrections(char* text, std::size_t size) {
  // An honest correction has some 60 tokens.
  constexpr std::size_t kTokensOfOne = 128;
  const json::Limits limits{8, kTokensOfOne * schema::kMaxCorrections, true};
  const auto document = json::Document::parse(text, size, limits);
  if (!document) return tl::unexpected<Error>(document.error());
  const json::Value list = document->root()["corrections"];
  if (!list.is(json::Kind::array)) return fail(ErrorCode::internal, "There is no list of corrections.");
  Corrections out;
  Reader reader;
  std::size_t count = 0;
  for (const json::Value item : list.items()) {
    if (++count > schema::kMaxCorrections) {
      out.missing = true;
      break;
    }
    if (const auto correction = reader.read(item)) {
      out.list.push_back(*correction);
    } else {
      out.missing = true;
    }
  }
  return out;
}

Move move_of(const Correction& correction, const Query& query, const Scope& scope) {
  const std::string_view project = correction.texts[static_cast<std::size_t>(Dimension::project)];
  const bool in_reach = scope.all_projects || place_of(scope.projects, project);
  const bool has_flags = std::all_of(query.flags.begin(), query.flags.end(), [&](const FlagFilter& filter) {
    return correction.flags[static_cast<std::size_t>(filter.flag)] == filter.value;
  });
  const auto is_asked_for = [&](const Verdict& verdict) {
    return std::all_of(query.filters.begin(), query.filters.end(), [&](const Filter& filter) {
      return holds(filter, correction.text(filter.dimension, verdict));
    });
  };
  if (!in_reach || !has_flags) return {correction};
  return {correction, is_asked_for(correction.from), is_asked_for(correction.to)};
}

bool apply(const Move& move, std::span<const Spot> spots) {
  const Correction& correction = move.correction;
  const auto row_in = [&](const Spot& spot, const Verdict& verdict) {
    return row_of(correction, verdict, spot.dimensions);
  };
  std::size_t taken = 0;
  if (move.takes) {
    while (taken < spots.size() &&
           spots[taken].tally.take(spots[taken].bucket, row_in(spots[taken], correction.from))) {
      ++taken;
    }
  }
  if (move.takes && taken < spots.size()) {
    for (const Spot& spot : spots.first(taken)) spot.tally.add(spot.bucket, row_in(spot, correction.from));
    return false;
  }
  if (move.adds) {
    for (const Spot& spot : spots) spot.tally.add(spot.bucket, row_in(spot, correction.to));
  }
  return move.takes || move.adds;
}

Spot spot_of(Tally& tally, const Period& period, std::int64_t instant_s,
             std::span<const Dimension> dimensions) {
  const bool has_buckets = period.boundaries.count() > 0;
  return {tally, has_buckets ? period.boundaries.index_of(instant_s) : 0, dimensions};
}

bool apply(const Move& move, Tally& tally, const Period& period, std::span<const Dimension> dimensions) {
  return apply_within(period.range, move.correction, [&](std::int64_t instant_s) {
    return apply(move, spot_of(tally, period, instant_s, dimensions));
  });
}

}  // namespace leadledger::reports
