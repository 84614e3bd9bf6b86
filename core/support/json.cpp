#include "core/support/json.hpp"

#include <algorithm>
#include <charconv>

#include "core/support/rapidjson.hpp"
#include "core/support/text.hpp"

namespace leadledger::json {

namespace {

/// Receives RapidJSON's events and lays tokens in a row. Containers get their `next` when they end.
class TokenHandler {
 public:
  using Ch = char;

  TokenHandler(std::vector<Token>& tokens, const Limits& limits) : tokens_(tokens), limits_(limits) {}

  // NOLINTBEGIN(readability-identifier-naming): RapidJSON gives the names.
  bool Null() { return scalar(Kind::null, {}); }
  bool Bool(bool value) { return scalar(Kind::boolean, value ? "true" : "false"); }
  bool String(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    const bool half = limits_.whole_characters && has_lone_surrogate({text, size});
    return half ? broken("it has half of a surrogate pair") : scalar(Kind::string, {text, size});
  }
  bool Key(const char* text, rapidjson::SizeType size, bool copy) {
    if (open_.size() == 1) member_ = {text, size};
    return String(text, size, copy);
  }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool /*copy*/) {
    return scalar(Kind::number, {text, size});
  }
  bool StartObject() { return open(Kind::object); }
  bool EndObject(rapidjson::SizeType /*count*/) { return close(); }
  bool StartArray() { return open(Kind::array); }
  bool EndArray(rapidjson::SizeType /*count*/) { return close(); }
  bool Int(int /*value*/) { return false; }  // numbers always come as text
  bool Uint(unsigned /*value*/) { return false; }
  bool Int64(std::int64_t /*value*/) { return false; }
  bool Uint64(std::uint64_t /*value*/) { return false; }
  bool Double(double /*value*/) { return false; }
  // NOLINTEND(readability-identifier-naming)

  [[nodiscard]] std::string_view broken_limit() const { return broken_limit_; }
  /// Name of the outermost object's member that was read last.
  [[nodiscard]] std::string_view member() const { return member_; }

 private:
  // RapidJSON takes \udc00 to \udfff without their first half, and makes of them what is no UTF-8.
  static bool has_lone_surrogate(std::string_view text) {
    constexpr char kLead = '\xED';
    for (std::size_t at = text.find(kLead); at != std::string_view::npos; at = text.find(kLead, at + 1)) {
      if (at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) >= 0xA0) return true;
    }
    return false;
  }
  bool broken(std::string_view limit) {
    broken_limit_ = limit;
    return false;
  }
  bool add(Kind kind, std::string_view text) {
    if (tokens_.size() >= limits_.max_tokens) return broken("it has too many values");
    tokens_.push_back({kind, static_cast<std::uint32_t>(tokens_.size() + 1), text});
    return true;
  }
  bool scalar(Kind kind, std::string_view text) { return add(kind, text); }
  bool open(Kind kind) {
    if (open_.size() >= limits_.max_depth) return broken("it is nested too deeply");
    open_.push_back(static_cast<std::uint32_t>(tokens_.size()));
    return add(kind, {});
  }
  bool close() {
    tokens_[open_.back()].next = static_cast<std::uint32_t>(tokens_.size());
    open_.pop_back();
    return true;
  }

  std::vector<Token>& tokens_;
  Limits limits_;
  std::vector<std::uint32_t> open_;
  std::string_view broken_limit_;
  std::string_view member_;
};

std::string at_byte(std::size_t offset) {
  std::string out = " (byte ";
  text::append_number(out, static_cast<std::int64_t>(offset));
  return out + ")";
}

}  // namespace

std::int64_t Value::integer(std::int64_t otherwise) const {
  const std::string_view digits = text();
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  const bool whole = is(Kind::number) && error == std::errc{} && end == digits.data() + digits.size();
  return whole ? value : otherwise;
}

Value Value::operator[](std::string_view name) const {
  Value found;
  for (const auto& [key, value] : members()) {
    if (key == name) found = value;
  }
  return found;
}

Members Value::members() const {
  if (!is(Kind::object)) return {nullptr, 0, 0};
  return {tokens_, at_ + 1, tokens_[at_].next};
}

Items Value::items() const {
  if (!is(Kind::array)) return {nullptr, 0, 0};
  return {tokens_, at_ + 1, tokens_[at_].next};
}

Result<Document> Document::parse(char* text, std::size_t size, const Limits& limits) {
  // Once for the whole text, eight bytes at a time; RapidJSON would do it byte by byte for each string.
  if (!text::is_utf8({text, size})) {
    return fail(ErrorCode::malformed_body, "The text is not well-formed UTF-8.");
  }
  Document document;
  document.tokens_.reserve(std::min<std::size_t>(limits.max_tokens, size / 8 + 8));
  TokenHandler handler(document.tokens_, limits);
  rapidjson::GenericInsituStringStream<rapidjson::UTF8<>> stream(text);
  rapidjson::Reader reader;
  constexpr unsigned kFlags =
      rapidjson::kParseInsituFlag | rapidjson::kParseNumbersAsStringsFlag | rapidjson::kParseIterativeFlag;
  const auto outcome = reader.Parse<kFlags>(stream, handler);
  if (!handler.broken_limit().empty()) {
    return fail(ErrorCode::malformed_body,
                "The JSON is refused: " + std::string(handler.broken_limit()) + ".");
  }
  if (outcome.Code() == rapidjson::kParseErrorNumberTooBig && text::is_utf8(handler.member())) {
    return fail(ErrorCode::malformed_body,
                "A number is larger than any that is taken" + at_byte(outcome.Offset()) + ".",
                {{std::string(text::cut(handler.member(), 80)), "number_too_large",
                  "The number is larger than any that is taken."}});
  }
  if (outcome.IsError()) {
    return fail(ErrorCode::malformed_body,
                "The text is not well-formed JSON" + at_byte(outcome.Offset()) + ".");
  }
  // RapidJSON takes NUL as the end of the text.
  if (stream.Tell() < size) {
    return fail(ErrorCode::malformed_body, "The text has a NUL character" + at_byte(stream.Tell()) + ".");
  }
  return document;
}

}  // namespace leadledger::json
