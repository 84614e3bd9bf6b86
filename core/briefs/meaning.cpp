#include "core/briefs/meaning.hpp"

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <span>
#include <utility>

#include "core/briefs/words.hpp"
#include "leadledger/brief_words.hpp"

namespace leadledger::briefs {

namespace {

// Claims that stand for several ways of saying them. No word of a sentence is written so.
constexpr std::string_view kMore = "+";            // "12% more", "up 12%": behind its number
constexpr std::string_view kFewer = "-";           // "12% fewer", "down 12%"
constexpr std::string_view kRoseTo = "+to";        // "rose to 312"
constexpr std::string_view kFellTo = "-to";        // "fell to 312"
constexpr std::string_view kWeekBefore = "week-";  // "the week before", "the previous week"
constexpr std::string_view kOfThem = "of+";        // "of which", "among them", "including"

template <std::size_t kSize>
bool has(const std::array<std::string_view, kSize>& list, std::string_view word) {
  return std::binary_search(list.begin(), list.end(), word);
}

bool is_any(std::string_view word, std::initializer_list<std::string_view> list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool is_number(std::string_view claim) { return text::is_digit(claim.front()); }
bool is_name(std::string_view claim) { return claim.front() == '['; }

/// "leads" as "lead"; what means "usual" as "usual".
std::string plain(std::string word) {
  if (has(schema::kUsualWords, word)) return "usual";
  constexpr std::size_t kShort = 3;
  if (word.size() > kShort && word.back() == 's' && !word.ends_with("ss")) word.pop_back();
  return word;
}

/// Reads the words of a sentence into its claims.
class Reader {
 public:
  explicit Reader(std::string_view line) : words_(words_of(line)) {}

  Meaning read() {
    while (at_ < words_.size()) {
      const std::size_t before = claims_.size();
      const bool ends = word(0) == ".";
      if (ends) {
        end_sentence();
        ++at_;
      } else {
        take();
      }
      in_sentence_ = !ends;
      has_claim_ = has_claim_ || claims_.size() > before;
    }
    end_sentence();
    return std::move(meaning_);
  }

 private:
  /// The word that many places further; "" behind the last.
  [[nodiscard]] std::string_view word(std::size_t further) const {
    return at_ + further < words_.size() ? std::string_view(words_[at_ + further].text) : std::string_view{};
  }
  /// Whether it follows the one before it directly.
  [[nodiscard]] bool joined(std::size_t further) const {
    return at_ + further < words_.size() && words_[at_ + further].joined;
  }
  [[nodiscard]] bool is_number_at(std::size_t further) const {
    return at_ + further < words_.size() && words_[at_ + further].is_number();
  }
  [[nodiscard]] bool follows_number() const { return at_ > 0 && joined(0) && words_[at_ - 1].is_number(); }
  [[nodiscard]] std::string_view previous() const {
    return at_ > 0 ? std::string_view(words_[at_ - 1].text) : std::string_view{};
  }

  void end_sentence() {
    if (in_sentence_ && !has_claim_) meaning_.has_empty_sentence = true;
    has_claim_ = in_sentence_ = false;
  }

  void claim(std::string_view text, std::size_t words) {
    claims_.emplace_back(text);
    at_ += words;
  }
  void skip(std::size_t words) { at_ += words; }

  /// Words of "week before" or "previous week" that many places further, or 0.
  [[nodiscard]] std::size_t week_before(std::size_t further) const {
    if (!joined(further + 1)) return 0;
    const bool is_behind =
        word(further) == "week" && is_any(word(further + 1), {"before", "earlier", "prior"});
    const bool is_in_front =
        is_any(word(further), {"preceding", "previous", "prior"}) && word(further + 1) == "week";
    return is_behind || is_in_front ? 2 : 0;
  }

  void take() {
    const std::string_view now = word(0);
    if (is_number(now) || is_name(now) || now == ":") return claim(now, 1);
    if (const std::size_t size = week_before(0); size > 0) return claim(kWeekBefore, size);
    if (takes_direction() || takes_relation()) return;
    if (takes_usual()) return;
    has(schema::kFreeWords, now) ? skip(1) : claim(plain(std::string(now)), 1);
  }

  /// "12% more", "up by 12%", "rose to 312".
  bool takes_direction() {
    const std::string_view now = word(0);
    const bool more = has(schema::kMoreBeforeWords, now);
    const bool fewer = has(schema::kFewerBeforeWords, now);
    if (follows_number() && (has(schema::kMoreBehindWords, now) || has(schema::kFewerBehindWords, now))) {
      claim(has(schema::kMoreBehindWords, now) ? kMore : kFewer, 1);
      return true;
    }
    if (!more && !fewer) return false;
    const std::size_t number = is_any(word(1), {"by", "of", "to"}) && joined(1) ? 2 : 1;
    if (!is_number_at(number) || !joined(number)) return false;
    if (word(1) == "to") {
      claim(more ? kRoseTo : kFellTo, 2);
      return true;
    }
    claims_.emplace_back(word(number));
    claim(more ? kMore : kFewer, number + 1);
    return true;
  }

  /// "the usual 60" and "usually there are 60" are "60 were usual", where nothing else stands between.
  bool takes_usual() {
    if (!has(schema::kUsualWords, word(0))) return false;
    std::size_t number = 1;
    if (word(number) == "there" && joined(number)) ++number;
    if (number > 1 && joined(number) && is_any(word(number), {"are", "is", "was", "were"})) ++number;
    if (!is_number_at(number) || !joined(number)) return false;
    claims_.emplace_back(word(number));
    return claim("usual", number + 1), true;
  }

  /// Small words that say how two numbers belong together.
  bool takes_relation() {
    const std::string_view now = word(0);
    if (is_any(now, {"comprising", "included", "includes", "including"})) return claim(kOfThem, 1), true;
    const bool before_pronoun = is_any(word(1), {"it", "that", "them", "these", "those", "which"});
    if (before_pronoun && is_any(now, {"among", "by", "for", "from", "in", "of", "to", "with", "within"})) {
      return claim(kOfThem, 2), true;
    }
    const std::size_t next = is_any(word(1), {"a", "an", "our", "the"}) ? 2 : 1;
    if (is_any(now, {"on", "over"}) && week_before(next) > 0) return skip(1), true;
    if (now == "of") return takes_of(next);
    if (now != "from" && now != "to") return false;
    // "from 10:00 to 13:00", "12% more, from 279", "came to 312"; else a way from one number to another.
    const bool is_clock = is_number_at(next) && words_[at_ + next].is_clock();
    if (!is_number_at(next) || is_clock) return false;
    const bool compares =
        now == "from" && at_ > 0 && (words_[at_ - 1].is_percentage() || is_direction(previous()));
    const bool counts = now == "to" && is_any(previous(), {"amounted", "amounting", "came", "compared"});
    if (compares || counts) return skip(1), true;
    return claim(now, 1), true;
  }

  static bool is_direction(std::string_view word) {
    return has(schema::kMoreBehindWords, word) || has(schema::kFewerBehindWords, word);
  }

  /// "14% of 900" is a part of a whole; "a total of 900", "of 28 days" and "279 of the week before" are not.
  bool takes_of(std::size_t next) {
    if (week_before(next) > 0) return skip(1), true;
    if (follows_number()) return claim("of", 1), true;
    const bool is_time = is_number_at(next) && is_any(word(next + 1), {"day", "days", "hour", "hours"});
    if (!is_number_at(next) || is_time || previous() == "total") return skip(1), true;
    return claim("of", 1), true;
  }

  std::vector<Word> words_;
  std::size_t at_ = 0;
  Meaning meaning_;
  std::vector<std::string>& claims_ = meaning_.claims;
  bool in_sentence_ = false;
  bool has_claim_ = false;
};

using Claims = std::span<const std::string>;

bool begins(Claims claims, std::initializer_list<std::string_view> with) {
  return claims.size() >= with.size() && std::equal(with.begin(), with.end(), claims.begin());
}

/// How many claims of both are taken together.
struct Step {
  std::size_t original = 0;
  std::size_t line = 0;
};

/// Two claims that may change places without a change of meaning.
bool may_swap(std::string_view first, std::string_view second) {
  if (first == kWeekBefore) return is_number(second);  // "the week before (279)": "279 the week before"
  if (is_name(first)) return has(schema::kDimensionsWords, second);
  return first == "submission" && second == "hot";  // "25 submissions were hot": "25 hot submissions"
}

/// The next step of comparing two lists of claims; {0, 0} where they part.
Step next_step(Claims original, Claims line) {
  if (begins(original, {":"})) return {1, begins(line, {":"}) ? std::size_t{1} : 0};
  if (begins(line, {kRoseTo}) || begins(line, {kFellTo})) {
    // "rose to 312, 12% more": the direction that is told with this very number.
    const std::string_view direction = begins(line, {kRoseTo}) ? kMore : kFewer;
    constexpr std::size_t kDirection = 2;
    const bool is_told = original.size() > kDirection && is_number(original[0]) && is_number(original[1]) &&
                         original[kDirection] == direction && line.size() > 1 && line[1] == original[0];
    return is_told ? Step{0, 1} : Step{};
  }
  if (original.empty() || line.empty()) return {};
  const bool same = original[0] == line[0];
  // The dimension of a name may be left out.
  const bool has_dimension =
      original.size() > 1 && is_name(original[0]) && has(schema::kDimensionsWords, original[1]);
  if (same && has_dimension && !(line.size() > 1 && line[1] == original[1])) return {2, 1};
  if (same) return {1, 1};
  const bool swapped = original.size() > 1 && line.size() > 1 && original[0] == line[1] &&
                       original[1] == line[0] && may_swap(original[0], original[1]);
  return swapped ? Step{2, 2} : Step{};
}

}  // namespace

Meaning meaning_of(std::string_view line) { return Reader(line).read(); }

bool says_the_same(const Meaning& line, const Meaning& original) {
  if (line.has_empty_sentence) return false;
  Claims left = original.claims;
  Claims said = line.claims;
  // "Actual leads: 312" as "312 actual leads".
  constexpr std::size_t kNumber = 3;
  if (begins(left, {"actual", "lead", ":"}) && left.size() > kNumber && is_number(left[kNumber]) &&
      begins(said, {left[kNumber], "actual", "lead"})) {
    left = left.subspan(kNumber + 1);
    said = said.subspan(kNumber);
  }
  bool behind_submissions = false;
  while (!left.empty() || !said.empty()) {
    // "1,412 submissions: 312 actual leads" as "..., of which 312 were actual leads".
    const bool lists = behind_submissions && begins(left, {":"}) && begins(said, {kOfThem});
    const Step step = lists ? Step{1, 1} : next_step(left, said);
    if (step.original == 0 && step.line == 0) return false;
    if (step.original > 0) behind_submissions = left[step.original - 1] == "submission";
    left = left.subspan(step.original);
    said = said.subspan(step.line);
  }
  return true;
}

}  // namespace leadledger::briefs
