// Dataset layouts: the only place where a name is tied to a blob or double.
import { camel, cppArray, cppString, header, readDatasets } from "./io.mjs";

// Analytics Engine throws past these: docs/decisions/0002-analytics-engine-layout.md.
const maxBlobs = 20;
const maxDoubles = 20;
const maxIndexBytes = 96;
const maxBlobBytes = 16_000;

function check(dataset) {
  const fail = (text) => {
    throw new Error(`schema/datasets/${dataset.name}.json: ${text}`);
  };
  const slots = (list, most) => {
    list.forEach((entry, at) => {
      if (entry.slot !== at + 1) fail(`slot ${entry.slot} of ${entry.name} should be ${at + 1}`);
    });
    if (list.length > most) fail(`${list.length} slots, at most ${most}`);
  };
  slots(dataset.blobs, maxBlobs);
  slots(dataset.doubles, maxDoubles);
  if (dataset.index.max_bytes > maxIndexBytes) fail(`index of ${dataset.index.max_bytes} bytes`);
  const sum = dataset.blobs.reduce((total, blob) => total + blob.max_bytes, 0);
  if (sum > maxBlobBytes) fail(`${sum} blob bytes, at most ${maxBlobBytes}`);
}

function cppDataset(dataset) {
  check(dataset);
  const type = camel(dataset.name);
  const names = (list) => list.map((entry) => `  ${entry.name},  ///< ${entry.description}`).join("\n");
  return `/// Text slots of ${dataset.name}, in slot order.
enum class ${type}Blob : std::uint8_t {
${names(dataset.blobs)}
};

/// Number slots of ${dataset.name}, in slot order.
enum class ${type}Double : std::uint8_t {
${names(dataset.doubles)}
};

struct ${type} {
  static constexpr std::string_view kName = ${cppString(dataset.name)};
  static constexpr int kSchemaVersion = ${dataset.schema_version};
  static constexpr std::string_view kIndexName = ${cppString(dataset.index.name)};
  static constexpr std::size_t kIndexMaxBytes = ${dataset.index.max_bytes};
};

${cppArray(
  "TextSlot",
  `k${type}Blobs`,
  dataset.blobs.map((blob) => `TextSlot{${cppString(blob.name)}, "blob${blob.slot}", ${blob.max_bytes}}`),
)}

${cppArray(
  "NumberSlot",
  `k${type}Doubles`,
  dataset.doubles.map((entry) => `NumberSlot{${cppString(entry.name)}, "double${entry.slot}"}`),
)}`;
}

export const cppDatasets = () =>
  header(
    ["array", "cstddef", "cstdint", "string_view"],
    `struct TextSlot {
  std::string_view name;
  std::string_view column;
  std::size_t max_bytes;  // of canonical text
};

struct NumberSlot {
  std::string_view name;
  std::string_view column;
};

${readDatasets().map(cppDataset).join("\n\n")}`,
  );

const docsDataset = (dataset) => `## ${dataset.title}: \`${dataset.name}\`

${dataset.description} Schema version ${dataset.schema_version}.

| column | name | most | meaning |
|---|---|---|---|
| index1 | \`${dataset.index.name}\` | ${dataset.index.max_bytes} bytes | ${dataset.index.description} |
${dataset.blobs.map((blob) => `| blob${blob.slot} | \`${blob.name}\` | ${blob.max_bytes} bytes | ${blob.description} |`).join("\n")}
${dataset.doubles.map((entry) => `| double${entry.slot} | \`${entry.name}\` | ${entry.unit} | ${entry.description} |`).join("\n")}
`;

export const docsDatasets = () => `# Datasets

Generated from \`schema/datasets/\`; do not edit. Slots are never renumbered: a change appends a slot and raises the
schema version. Text is canonical (see [canonical text](decisions/0003-canonical-dimension-text.md)): no quote, no
backslash, no control character, cut on a code-point boundary. An absent value is the empty text or 0. No dataset holds
personal data.

${readDatasets().map(docsDataset).join("\n")}`;
