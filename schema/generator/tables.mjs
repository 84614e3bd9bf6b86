// Compact tables from well-kept packages: disposable e-mail domains, numbering plans; and our network list.
import { createRequire } from "node:module";
import { cppArray, cppString, header, readSchema } from "./io.mjs";

const require = createRequire(import.meta.url);

/** FNV-1a, 32 bits: the same function as core/support/hash.hpp. */
function fnv1a32(text) {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text, "utf8")) {
    hash ^= byte;
    hash = Math.imul(hash, 0x01000193) >>> 0;
  }
  return hash;
}

/** As core/intake/disposable.cpp reads it. */
const hashesPerBlock = 64;

/**
 * Sorted 32-bit hashes. With some nine thousand entries, one honest domain in half a million is taken for a listed
 * one, which costs it a flag and nothing else; the text itself would be four times as large.
 *
 * Hashes do not compress, but the distances between sorted ones do: their upper bytes are small numbers. So each hash
 * is its distance from the one before, split in two, and every 64th is there as it is, for searching.
 */
export function cppDisposableDomains() {
  const { disposableEmailBlocklist } = require("disposable-email-domains-js");
  const hashes = [...new Set(disposableEmailBlocklist().map((domain) => fnv1a32(domain.toLowerCase())))].sort(
    (a, b) => a - b,
  );
  const distances = hashes.map((hash, at) => (at % hashesPerBlock === 0 ? 0 : hash - hashes[at - 1]));
  if (Math.max(...distances) >= 2 ** 24)
    throw new Error("two neighbours among the hashes of disposable domains lie too far apart");
  const firsts = hashes.filter((_, at) => at % hashesPerBlock === 0);
  const array = (type, name, values) =>
    cppArray(
      type,
      name,
      values.map((value) => `${value}U`),
      16,
    );
  return header(
    ["array", "cstddef", "cstdint"],
    `inline constexpr std::size_t kDisposablePerBlock = ${hashesPerBlock};

/// The first hash of each block.
${array("std::uint32_t", "kDisposableFirsts", firsts)}

/// Distances of the others from the one before: the upper and the lower bits.
${array(
  "std::uint8_t",
  "kDisposableUpper",
  distances.map((distance) => distance >>> 16),
)}
${array(
  "std::uint16_t",
  "kDisposableLower",
  distances.map((distance) => distance & 0xffff),
)}`,
  );
}

export function cppHostingNetworks() {
  const { networks, organization_words: words } = readSchema("hosting_networks.json");
  const numbers = [...new Set(networks.map(([asn]) => asn))].sort((a, b) => a - b);
  return header(
    ["array", "cstdint", "string_view"],
    `${cppArray(
      "std::uint32_t",
      "kHostingNetworks",
      numbers.map((asn) => `${asn}U`),
      12,
    )}

${cppArray("std::string_view", "kHostingOrganizationWords", words.map(cppString), 8)}`,
  );
}

/** The first plain alternative of a prefix pattern such as "00" or "0(?:0|11)|2": only a pure digit prefix is used. */
const digitsOnly = (pattern, otherwise) => (/^\d+$/.test(pattern ?? "") ? pattern : otherwise);

/** Where metadata of libphonenumber has what we need: version 4 of its compact form. */
const at = { callingCode: 0, internationalPrefix: 1, lengths: 3, nationalPrefix: 5 };

export function cppPhoneCountries() {
  const metadata = require("libphonenumber-js/metadata.min.json");
  if (metadata.version !== 4)
    throw new Error(`libphonenumber metadata version ${metadata.version} is not known`);
  const entries = Object.entries(metadata.countries)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([country, data]) => {
      const lengths = data[at.lengths].reduce((mask, length) => mask | (1 << length), 0) >>> 0;
      const international = digitsOnly(data[at.internationalPrefix], "00");
      const national = data[at.nationalPrefix] || "";
      return `PhoneCountry{${cppString(country)}, ${cppString(data[at.callingCode])}, ${cppString(international)}, ${cppString(national)}, ${lengths}U}`;
    });
  return header(
    ["array", "cstdint", "string_view"],
    `/// The numbering plan of a country, as far as E.164 needs it.
struct PhoneCountry {
  std::string_view country;               // ISO 3166-1 alpha-2
  std::string_view calling_code;          // without +
  std::string_view international_prefix;  // dialled before a calling code
  std::string_view national_prefix;       // dialled before a national number; may be empty
  std::uint32_t lengths;                  // bit n: national numbers of n digits exist
};

/// Sorted by country.
${cppArray("PhoneCountry", "kPhoneCountries", entries)}`,
  );
}

/** Pairs of a base letter and a combining mark (U+0300 to U+036F) that Unicode composes, from the runtime's own NFC. */
export function cppCompositions() {
  const pairs = [];
  for (let composed = 0xc0; composed < 0x2000; composed += 1) {
    const parts = [...String.fromCodePoint(composed).normalize("NFD")];
    if (parts.length < 2) continue;
    const mark = parts.at(-1);
    const base = parts.slice(0, -1).join("").normalize("NFC");
    const isPair = [...base].length === 1 && mark >= "\u0300" && mark <= "\u036f";
    if (isPair && (base + mark).normalize("NFC") === String.fromCodePoint(composed)) {
      pairs.push([mark.codePointAt(0), base.codePointAt(0), composed]);
    }
  }
  pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return header(
    ["array", "cstdint"],
    `struct Composition {
  std::uint16_t mark;
  std::uint16_t base;
  std::uint16_t composed;
};

/// Sorted by mark, then base.
${cppArray(
  "Composition",
  "kCompositions",
  pairs.map((pair) => `Composition{${pair.join(", ")}}`),
  4,
)}`,
  );
}
