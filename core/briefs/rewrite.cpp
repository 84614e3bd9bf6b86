#include "core/briefs/rewrite.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "core/briefs/meaning.hpp"
#include "core/support/json_writer.hpp"
#include "core/support/text.hpp"

namespace leadledger::briefs {

namespace {

constexpr std::string_view kTask =
    "You edit the weekly report on website leads for a marketing team. You get lines that begin with a "
    "hyphen. "
    "Rewrite each line as one plain, friendly English sentence. Answer with the same number of lines in the "
    "same order, each beginning with a hyphen, and nothing else. Keep every number and percentage exactly as "
    "it is written, and in its order; add none, neither in digits nor in words. A letter in square brackets, "
    "such as [A], stands for a name: keep it as it is, in its place. Keep the words submissions, new leads, "
    "actual leads, follow-ups, tests, blocked, bots, hot, usual, no, none, at least, more and fewer where "
    "they stand. "
    "Change little: use plain verbs such as came, brought or recorded. Say nothing that the line does not "
    "say: no reasons, no praise, no advice, no comparison of your own. No links, no headings, no markup.";

constexpr std::size_t kMostNames = 26;

std::string placeholder(std::size_t name) { return {'[', static_cast<char>('A' + name), ']'}; }

/// The line with a placeholder for each name.
std::string masked(const Line& line) {
  std::string out;
  std::size_t at = 0;
  for (std::size_t name = 0; name < line.names.size(); ++name) {
    out.append(line.text, at, line.names[name].at - at);
    out += placeholder(name);
    at = line.names[name].at + line.names[name].size;
  }
  return out.append(line.text, at);
}

/// The names of `original` in place of the placeholders of `words`, each of which is there once.
Line unmasked(std::string_view words, const Line& original) {
  Line line;
  for (std::size_t name = 0; name < original.names.size(); ++name) {
    const std::string place = placeholder(name);
    const std::size_t at = words.find(place);
    line.add(words.substr(0, at));
    const Name& span = original.names[name];
    line.names.push_back({line.text.size(), span.size});
    line.add(std::string_view(original.text).substr(span.at, span.size));
    words.remove_prefix(at + place.size());
  }
  line.add(words);
  return line;
}

/// A line that holds no number says where to look, and is nothing to word otherwise.
bool is_worded(const Section& section, const Line& line) {
  return section.is_prose && std::any_of(line.text.begin(), line.text.end(), text::is_digit);
}

/// The lines that may be rewritten, in their order; nothing where one has more names than there are letters.
std::vector<const Line*> prose_of(const BriefText& brief) {
  std::vector<const Line*> lines;
  for (const Section& section : brief.sections) {
    for (const Line& line : section.lines) {
      if (!is_worded(section, line)) continue;
      if (line.names.size() > kMostNames) return {};
      lines.push_back(&line);
    }
  }
  return lines;
}

/// Plain sentences only: ASCII without what makes links, mentions, markup or escapes, and a few typographic
/// marks. Digits of other scripts are none of these, nor are signs that stand for numbers.
bool is_plain(std::string_view words) {
  constexpr std::string_view kForbidden = "<>`*_#|{}\\~^@$&=+/\"?";
  constexpr std::array<std::string_view, 5> kMarks = {"–", "—", "’", "‘", "…"};
  while (!words.empty()) {
    const char c = words.front();
    if (static_cast<unsigned char>(c) < 0x80) {
      if (c < ' ' || c == '\x7F' || kForbidden.find(c) != std::string_view::npos) return false;
      words.remove_prefix(1);
      continue;
    }
    std::size_t size = 0;
    for (const std::string_view mark : kMarks) {
      if (words.starts_with(mark)) size = mark.size();
    }
    if (size == 0) return false;
    words.remove_prefix(size);
  }
  return true;
}

/// No address without a slash either: a full stop or colon with a letter right behind it.
bool has_address(std::string_view words) {
  for (std::size_t at = 0; at + 1 < words.size(); ++at) {
    if ((words[at] == '.' || words[at] == ':') && text::is_letter(words[at + 1])) return true;
  }
  return false;
}

/// Brackets only around one letter of a name.
bool has_loose_bracket(std::string_view words) {
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (words[at] == ']') return true;
    if (words[at] != '[') continue;
    if (at + 2 >= words.size() || !text::is_upper(words[at + 1]) || words[at + 2] != ']') return true;
    at += 2;
  }
  return false;
}

bool is_faithful(std::string_view words, const std::string& original) {
  constexpr std::size_t kRoom = 80;
  return !words.empty() && words.size() <= 2 * original.size() + kRoom && is_plain(words) &&
         !has_address(words) && !has_loose_bracket(words) &&
         says_the_same(meaning_of(words), meaning_of(original));
}

/// The lines of a reply without their hyphens; empty ones are left out.
std::vector<std::string_view> lines_of(std::string_view reply) {
  std::vector<std::string_view> lines;
  while (!reply.empty()) {
    const auto [head, tail] = text::split_once(reply, '\n');
    reply = tail;
    std::string_view line = text::trim(head);
    if (line.starts_with("- ")) line = text::trim(line.substr(2));
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

void write_message(json::Writer& writer, std::string_view role, std::string_view content) {
  writer.begin_object();
  writer.member("role", role);
  writer.member("content", content);
  writer.end_object();
}

}  // namespace

std::string model_input(const BriefText& brief) {
  std::string lines;
  for (const Line* line : prose_of(brief)) lines.append("- ").append(masked(*line)).append("\n");
  if (lines.empty()) return {};
  std::string out;
  json::Writer writer(out);
  writer.begin_object();
  writer.key("messages");
  writer.begin_array();
  write_message(writer, "system", kTask);
  write_message(writer, "user", lines);
  writer.end_array();
  // A token is four letters or so, and a sentence may get longer.
  constexpr std::int64_t kLeastTokens = 512;
  writer.member("max_tokens", std::max(kLeastTokens, static_cast<std::int64_t>(lines.size())));
  writer.key("temperature");
  writer.raw("0.2");
  writer.end_object();
  writer.finish();
  return out;
}

std::optional<BriefText> rewritten(const BriefText& brief, std::string_view reply) {
  const std::vector<const Line*> originals = prose_of(brief);
  const std::vector<std::string_view> lines = lines_of(reply);
  if (originals.empty() || lines.size() != originals.size()) return std::nullopt;
  for (std::size_t at = 0; at < lines.size(); ++at) {
    if (!is_faithful(lines[at], masked(*originals[at]))) return std::nullopt;
  }
  BriefText out = brief;
  std::size_t at = 0;
  for (Section& section : out.sections) {
    for (Line& line : section.lines) {
      if (!is_worded(section, line)) continue;
      line = unmasked(lines[at], *originals[at]);
      ++at;
    }
  }
  return out;
}

}  // namespace leadledger::briefs
