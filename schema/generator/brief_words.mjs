// Words that the sentences of a brief may be worded with. Sorted, so that they can be searched.
import { camel, cppArray, cppString, header, readSchema } from "./io.mjs";

export function cppBriefWords() {
  const { _, ...lists } = readSchema("brief_words.json");
  const arrays = Object.entries(lists).map(([name, words]) =>
    cppArray("std::string_view", `k${camel(name)}Words`, [...new Set(words)].sort().map(cppString)),
  );
  return header(
    ["array", "string_view"],
    `// schema/brief_words.json says what these are.\n${arrays.join("\n")}`,
  );
}
