// What is looked for without being asked: kinds of insights, where they are looked for, and their limits.
import { camel, cppArray, cppString, header, readSchema } from "./io.mjs";

const insights = () => readSchema("insights.json");

/** The limits of insights.json, which are limits like all others. */
export const insightLimits = () => Object.entries(insights().limits);

export function cppInsights() {
  const { kinds, severities, dimensions, strength, alerts, briefs } = insights();
  const { dimensions: known } = readSchema("reports.json");
  const names = Object.keys(kinds);
  const list = (of) => {
    for (const name of of) {
      if (!known.some((dimension) => dimension.name === name)) {
        throw new Error(`schema/insights.json: there is no dimension ${name}`);
      }
    }
    return of.map((name) => `Dimension::${name}`).join(", ");
  };
  const all = [...new Set(Object.values(dimensions).flat())];
  const looked = names.map(
    (name) =>
      `inline constexpr std::array<Dimension, ${(dimensions[name] ?? []).length}> k${camel(name)}Dimensions{${list(dimensions[name] ?? [])}};`,
  );
  const infos = names.map(
    (name) =>
      `InsightInfo{${[name, kinds[name].count, kinds[name].title, kinds[name].meaning].map(cppString).join(", ")}, k${camel(name)}Dimensions}`,
  );
  return header(
    ["array", "cstddef", "cstdint", "span", "string_view", "leadledger/reports.hpp"],
    `enum class InsightKind : std::uint8_t { ${names.join(", ")} };
enum class Severity : std::uint8_t { ${severities.join(", ")} };
${cppArray("std::string_view", "kSeverityNames", severities.map(cppString))}

/// Dimensions in which something is looked for.
inline constexpr std::array<Dimension, ${all.length}> kInsightDimensions{${list(all)}};
${looked.join("\n")}

struct InsightInfo {
  std::string_view name;
  std::string_view count;  // what is counted
  std::string_view title;
  std::string_view meaning;
  std::span<const Dimension> dimensions;  // in which it is looked for
};
${cppArray("InsightInfo", "kInsights", infos)}
[[nodiscard]] constexpr const InsightInfo& info(InsightKind kind) { return kInsights[static_cast<std::size_t>(kind)]; }

/// Distances from what was expected, in robust standard deviations.
inline constexpr double kStrengthShown = ${strength.shown};
inline constexpr double kStrengthAlertOpens = ${strength.alert_opens};
inline constexpr double kStrengthAlertCloses = ${strength.alert_closes};

/// What alerts are raised of, over how many hours, and how many checks must find it gone.
inline constexpr std::array<InsightKind, ${alerts.kinds.length}> kAlertKinds{${alerts.kinds.map((kind) => `InsightKind::${kind}`).join(", ")}};
inline constexpr std::int64_t kAlertHours = ${alerts.hours};
inline constexpr std::int64_t kAlertCalmChecks = ${alerts.calm_checks};
/// Local hour of Monday from which on the brief of the week before is due.
inline constexpr int kBriefHour = ${briefs.hour};`,
  );
}
