// Problems: what can go wrong, with its status, code and title.
import { cppArray, cppString, header, readSchema } from "./io.mjs";

const all = () => readSchema("problems.json").problems;
const ofTheCore = () => all().filter(({ by }) => by !== "worker");

export function cppProblems() {
  const problems = ofTheCore();
  return header(
    ["array", "cstddef", "cstdint", "string_view"],
    `/// What kind of thing went wrong.
enum class ErrorCode : std::uint8_t {
${problems.map(({ id, code, meaning }) => `  ${id ?? code},  ///< ${meaning}`).join("\n")}
};

struct ProblemInfo {
  int status;
  std::string_view code;
  std::string_view title;
};

${cppArray(
  "ProblemInfo",
  "kProblems",
  problems.map(
    ({ status, code, title }) => `ProblemInfo{${status}, ${cppString(code)}, ${cppString(title)}}`,
  ),
)}

[[nodiscard]] constexpr const ProblemInfo& info(ErrorCode code) { return kProblems[static_cast<std::size_t>(code)]; }`,
  );
}

/** The problems that the Worker tells without the core, and what can be wrong with one input. */
export const tsProblems = () => {
  const own = all().filter(({ by }) => by === "worker");
  const names = readSchema("problems.json").invalid_params;
  const entries = own.map(
    ({ code, status, title }) => `  ${code}: ${JSON.stringify({ code, status, title })},`,
  );
  return `
/** What the core cannot say itself. */
export const problems = {
${entries.join("\n")}
} as const;

export type InvalidParam = ${names.map((name) => JSON.stringify(name)).join(" | ")};
`;
};
