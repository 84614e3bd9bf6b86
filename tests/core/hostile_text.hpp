// Text that breaks things, the same in every run: a small generator for property tests.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace leadledger::tests {

/// xorshift64*: small, and equal on every platform.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15ULL + 1) {}

  std::uint64_t next() {
    state_ ^= state_ >> 12U;
    state_ ^= state_ << 25U;
    state_ ^= state_ >> 27U;
    return state_ * 0x2545F4914F6CDD1DULL;
  }
  /// 0 to `end` - 1.
  std::size_t below(std::size_t end) { return static_cast<std::size_t>((next() >> 16U) % end); }

  template <class List>
  const auto& pick(const List& list) {
    return list[below(list.size())];
  }

 private:
  std::uint64_t state_;
};

/// Well-formed UTF-8 of up to `max_pieces` pieces: letters of many scripts, controls, invisible characters,
/// marks that mean something to JSON, SQL, URLs and e-mail.
inline std::string hostile_text(Random& random, std::size_t max_pieces) {
  constexpr std::array<std::string_view, 60> kPieces = {"a",
                                                        "B",
                                                        "z",
                                                        "0",
                                                        "7",
                                                        "9",
                                                        " ",
                                                        "  ",
                                                        "\t",
                                                        "\n",
                                                        "\r\n",
                                                        "\r",
                                                        "\x01",
                                                        "\x1F",
                                                        "\x7F",
                                                        "\"",
                                                        "'",
                                                        "\\",
                                                        "@",
                                                        ".",
                                                        "..",
                                                        "-",
                                                        "+",
                                                        "/",
                                                        "//",
                                                        "?",
                                                        "&",
                                                        "=",
                                                        "#",
                                                        "%",
                                                        "%00",
                                                        "%C3%28",
                                                        "[",
                                                        "]",
                                                        "{",
                                                        "}",
                                                        ",",
                                                        ":",
                                                        ";",
                                                        "<",
                                                        "\u00E9",
                                                        "\u00DF",
                                                        "\u0101",
                                                        "e\u0301",
                                                        "\u00A0",
                                                        "\u0085",
                                                        "\u200B",
                                                        "\u202E",
                                                        "\u2028",
                                                        "\u3000",
                                                        "\uFEFF",
                                                        "\u674E",
                                                        "\u0939\u093F",
                                                        "\U0001F600",
                                                        "\uFFFD",
                                                        "http://",
                                                        "www.",
                                                        "tel:",
                                                        "mailto:",
                                                        "acme.com"};
  std::string text;
  for (std::size_t left = random.below(max_pieces + 1); left > 0; --left) text += random.pick(kPieces);
  return text;
}

/// Any bytes at all.
inline std::string hostile_bytes(Random& random, std::size_t max_size) {
  std::string bytes;
  for (std::size_t left = random.below(max_size + 1); left > 0; --left) {
    bytes += static_cast<char>(static_cast<unsigned char>(random.below(256)));
  }
  return bytes;
}

/// `text` with a few of its bytes changed, taken out or doubled.
inline std::string mutated(Random& random, std::string text) {
  for (std::size_t left = 1 + random.below(4); left > 0 && !text.empty(); --left) {
    const std::size_t at = random.below(text.size());
    switch (random.below(3)) {
      case 0: text[at] = static_cast<char>(static_cast<unsigned char>(random.below(256))); break;
      case 1: text.erase(at, 1 + random.below(8)); break;
      default: text.insert(at, text.substr(at, 1 + random.below(8))); break;
    }
  }
  return text;
}

}  // namespace leadledger::tests
