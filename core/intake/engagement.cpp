#include "core/intake/engagement.hpp"

#include <algorithm>

#include "core/support/text.hpp"
#include "leadledger/rules.hpp"

namespace leadledger::intake {

namespace {

std::optional<double> read_measure(const Selection& fields, Field field) {
  const FormValue value = fields[field];
  if (value.kind != ValueKind::number && value.kind != ValueKind::text) return std::nullopt;
  const auto number = text::parse_number(text::trim(value.text));
  // Written so that a NaN is refused too.
  if (!number || !(*number >= 0)) return std::nullopt;
  return std::min(*number, schema::info(field).max_value) + 0.0;  // -0 becomes 0
}

double measure_of(const Engagement& engagement, Field field) {
  switch (field) {
    case Field::time_on_page: return engagement.time_on_page.value_or(0);
    case Field::scroll_depth: return engagement.scroll_depth.value_or(0);
    case Field::pages_viewed: return engagement.pages_viewed.value_or(0);
    case Field::form_seconds: return engagement.form_seconds.value_or(0);
    default: return 0;  // no other field is a measure
  }
}

}  // namespace

Engagement read_engagement(const Selection& fields) {
  return {read_measure(fields, Field::time_on_page), read_measure(fields, Field::scroll_depth),
          read_measure(fields, Field::pages_viewed), read_measure(fields, Field::form_seconds)};
}

int engagement_points(const Engagement& engagement) {
  int sum = 0;
  for (const schema::EngagementPoints& step : schema::kEngagementPoints) {
    if (measure_of(engagement, step.measure) >= step.at_least) sum += step.points;
  }
  return sum;
}

schema::Engagement engagement_level(const Engagement& engagement) {
  const int points = engagement_points(engagement);
  if (points >= schema::kEngagementHighFrom) return schema::Engagement::high;
  if (points >= schema::kEngagementMediumFrom) return schema::Engagement::medium;
  return points > 0 ? schema::Engagement::low : schema::Engagement::none;
}

}  // namespace leadledger::intake
