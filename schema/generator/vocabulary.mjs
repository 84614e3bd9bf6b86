// Enumerations, reason codes, form fields, limits and rules.
import { insightLimits } from "./insights.mjs";
import { camel, cppArray, cppString, header, readSchema } from "./io.mjs";
import { tsProblems } from "./problems.mjs";

const cppEnum = ([name, { description, values }]) => `/// ${description}
enum class ${camel(name)} : std::uint8_t { ${values.join(", ")} };
${cppArray("std::string_view", `k${camel(name)}Names`, values.map(cppString), 8)}
[[nodiscard]] constexpr std::string_view to_text(${camel(name)} value) {
  return k${camel(name)}Names[static_cast<std::size_t>(value)];
}`;

export const cppEnums = () =>
  header(
    ["array", "cstddef", "cstdint", "string_view"],
    Object.entries(readSchema("enums.json")).map(cppEnum).join("\n\n"),
  );

export function cppReasons() {
  const { reasons } = readSchema("reasons.json");
  return header(
    ["array", "cstddef", "cstdint", "string_view"],
    `enum class Reason : std::uint8_t {
${reasons.map((reason) => `  ${reason.code},  ///< ${reason.of}: ${reason.text}`).join("\n")}
};

struct ReasonInfo {
  std::string_view code;
  std::string_view of;  // event type or flag
  int weight;           // part of bot_score
  std::string_view text;
};

${cppArray(
  "ReasonInfo",
  "kReasons",
  reasons.map(
    (r) => `ReasonInfo{${cppString(r.code)}, ${cppString(r.of)}, ${r.weight ?? 0}, ${cppString(r.text)}}`,
  ),
)}

${cppArray(
  "std::string_view",
  "kReasonCodes",
  reasons.map((r) => cppString(r.code)),
  4,
)}

[[nodiscard]] constexpr const ReasonInfo& info(Reason reason) { return kReasons[static_cast<std::size_t>(reason)]; }`,
  );
}

/** Names are compared in this form: ASCII lower case, letters and digits only. */
const fold = (name) => name.toLowerCase().replace(/[^a-z0-9]/g, "");

export function cppFields() {
  const { fields } = readSchema("fields.json");
  const spellings = new Map();
  for (const field of fields) {
    for (const [rank, spelling] of [field.name, ...field.spellings].entries()) {
      const folded = fold(spelling);
      if (spellings.has(folded)) throw new Error(`schema/fields.json: ${spelling} stands twice`);
      spellings.set(folded, { field: field.name, rank });
    }
  }
  const sorted = [...spellings].sort(([a], [b]) => (a < b ? -1 : 1));
  return header(
    ["array", "cstddef", "cstdint", "string_view"],
    `enum class Field : std::uint8_t { ${fields.map((field) => field.name).join(", ")} };
inline constexpr std::size_t kFieldCount = ${fields.length};

enum class FieldGroup : std::uint8_t { contact, context, engagement, control };

struct FieldInfo {
  std::string_view name;
  FieldGroup group;
  std::size_t max_chars;  // contact fields: more is refused
  double max_value;       // engagement fields: more is cut to it
};

${cppArray(
  "FieldInfo",
  "kFields",
  fields.map(
    (f) => `FieldInfo{${cppString(f.name)}, FieldGroup::${f.group}, ${f.max ?? 0}, ${f.max_value ?? 0}}`,
  ),
)}

[[nodiscard]] constexpr const FieldInfo& info(Field field) { return kFields[static_cast<std::size_t>(field)]; }

struct Spelling {
  std::string_view folded;  // ASCII lower case, letters and digits only
  Field field;
  std::uint8_t rank;  // 0: the field's own name
};

/// Sorted by folded name.
${cppArray(
  "Spelling",
  "kSpellings",
  sorted.map(([folded, { field, rank }]) => `Spelling{${cppString(folded)}, Field::${field}, ${rank}}`),
)}
inline constexpr std::size_t kLongestSpelling = ${Math.max(...sorted.map(([folded]) => folded.length))};`,
  );
}

const limits = () => [...Object.entries(readSchema("limits.json")), ...insightLimits()];

export const cppLimits = () =>
  header(
    ["cstdint"],
    limits()
      .map(
        ([name, { value, why }]) => `/// ${why}\ninline constexpr std::uint32_t k${camel(name)} = ${value};`,
      )
      .join("\n"),
  );

export function cppRequestFacts() {
  const { headers, cf, crons } = readSchema("request.json");
  return header(
    ["array", "string_view"],
    `/// Headers that a request message carries.
${cppArray("std::string_view", "kRequestHeaders", headers.map(cppString), 4)}

/// Members of request.cf that a request message carries.
${cppArray("std::string_view", "kRequestCf", cf.map(cppString), 4)}

/// The trigger at which alerts are checked and due briefs are made.
inline constexpr std::string_view kWatchCron = ${cppString(crons.watch)};
/// The trigger at which what is old goes.
inline constexpr std::string_view kSweepCron = ${cppString(crons.sweep)};`,
  );
}

export function cppRules() {
  const rules = readSchema("rules.json");
  const numbers = Object.entries(rules).filter(([, value]) => typeof value === "number");
  const lists = Object.entries(rules).filter(
    ([, value]) => Array.isArray(value) && typeof value[0] === "string",
  );
  return header(
    ["array", "cstddef", "string_view", "leadledger/fields.hpp"],
    `inline constexpr std::string_view kRulesetVersion = ${cppString(rules.version)};

${numbers.map(([name, value]) => `inline constexpr int k${camel(name)} = ${value};`).join("\n")}

/// A measure of engagement that reaches \`at_least\` earns \`points\`.
struct EngagementPoints {
  Field measure;
  double at_least;
  int points;
};
${cppArray(
  "EngagementPoints",
  "kEngagementPoints",
  rules.engagement_points.map((p) => `EngagementPoints{Field::${p.measure}, ${p.at_least}, ${p.points}}`),
)}

${["completeness_points", "cta_points"]
  .flatMap((group) =>
    Object.entries(rules[group]).map(
      ([name, value]) => `inline constexpr int k${camel(group)}${camel(name)} = ${value};`,
    ),
  )
  .join("\n")}

${lists.map(([name, values]) => cppArray("std::string_view", `k${camel(name)}`, values.map(cppString), 6)).join("\n\n")}`,
  );
}

export function tsConstants() {
  const request = readSchema("request.json");
  const lines = limits()
    .map(([name, { value, why }]) => `  /** ${why} */\n  ${name}: ${value},`)
    .join("\n");
  return `// Generated from schema/ by schema/generate.mjs. Do not edit.
export const limits = {
${lines}
} as const;

/** Headers and members of \`request.cf\` that the core reads. */
export const requestFacts = {
  headers: ${JSON.stringify(request.headers)},
  cf: ${JSON.stringify(request.cf)},
} as const;
${tsProblems()}`;
}
