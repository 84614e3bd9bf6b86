// Reading JSON: one pass over the text into a flat list of tokens, and a cursor over it.
//
// Strings are unescaped in place and values are views into the parsed buffer, so a document costs one
// allocation however many fields it has. Numbers stay text: who reads one decides its type.
//
//   std::string body = R"({"name": "Ada", "tags": ["a", "b"]})";
//   auto document = json::Document::parse(body);
//   if (document) document->root()["name"].text();  // "Ada"; "" where there is none
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/support/result.hpp"

namespace leadledger::json {

enum class Kind : std::uint8_t { none, null, boolean, number, string, array, object };

struct Token {
  Kind kind = Kind::none;
  std::uint32_t next = 0;      // index of the token after this whole value
  std::string_view text = {};  // string: unescaped; number: as written; boolean: "true" or "false"
};

struct Limits {
  std::size_t max_depth = 32;
  std::size_t max_tokens = 1U << 20U;
  /// Refuses \udc00 to \udfff without their first half. Else they become three bytes that are no UTF-8, and
  /// who reads text of a stranger checks it (and can then name the field that it stood in).
  bool whole_characters = false;
};

class Value;

/// The members of an object: pairs of a name and a value, in the order of the text, repeated names included.
class Members {
 public:
  class Iterator {
   public:
    Iterator(const Token* tokens, std::uint32_t at) : tokens_(tokens), at_(at) {}
    struct Member;
    Member operator*() const;
    Iterator& operator++() {
      at_ = tokens_[at_ + 1].next;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return at_ != other.at_; }

   private:
    const Token* tokens_;
    std::uint32_t at_;
  };
  Members(const Token* tokens, std::uint32_t from, std::uint32_t to)
      : tokens_(tokens), from_(from), to_(to) {}
  [[nodiscard]] Iterator begin() const { return {tokens_, from_}; }
  [[nodiscard]] Iterator end() const { return {tokens_, to_}; }

 private:
  const Token* tokens_;
  std::uint32_t from_;
  std::uint32_t to_;
};

/// The items of an array.
class Items {
 public:
  class Iterator {
   public:
    Iterator(const Token* tokens, std::uint32_t at) : tokens_(tokens), at_(at) {}
    Value operator*() const;
    Iterator& operator++() {
      at_ = tokens_[at_].next;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return at_ != other.at_; }

   private:
    const Token* tokens_;
    std::uint32_t at_;
  };
  Items(const Token* tokens, std::uint32_t from, std::uint32_t to) : tokens_(tokens), from_(from), to_(to) {}
  [[nodiscard]] Iterator begin() const { return {tokens_, from_}; }
  [[nodiscard]] Iterator end() const { return {tokens_, to_}; }

 private:
  const Token* tokens_;
  std::uint32_t from_;
  std::uint32_t to_;
};

/// A place in a document; points into it. What is not there is a value of kind none, and so are its members.
class Value {
 public:
  Value() = default;
  Value(const Token* tokens, std::uint32_t at) : tokens_(tokens), at_(at) {}

  [[nodiscard]] Kind kind() const { return tokens_ == nullptr ? Kind::none : tokens_[at_].kind; }
  [[nodiscard]] bool is(Kind kind) const { return this->kind() == kind; }
  /// Text of a string, digits of a number, "true" or "false"; "" for anything else.
  [[nodiscard]] std::string_view text() const {
    return tokens_ == nullptr ? std::string_view{} : tokens_[at_].text;
  }
  /// Text of a string; "" for anything else.
  [[nodiscard]] std::string_view string() const { return is(Kind::string) ? text() : std::string_view{}; }
  [[nodiscard]] bool is_true() const { return is(Kind::boolean) && text() == "true"; }
  /// A number that is a whole one within int64, else `otherwise`.
  [[nodiscard]] std::int64_t integer(std::int64_t otherwise) const;

  /// The last member of that name (as JSON.parse has it), or none.
  [[nodiscard]] Value operator[](std::string_view name) const;
  [[nodiscard]] Members members() const;  ///< empty unless an object
  [[nodiscard]] Items items() const;      ///< empty unless an array

 private:
  const Token* tokens_ = nullptr;
  std::uint32_t at_ = 0;
};

struct Members::Iterator::Member {
  std::string_view name;
  Value value;
};

inline Members::Iterator::Member Members::Iterator::operator*() const {
  return {tokens_[at_].text, Value(tokens_, at_ + 1)};
}
inline Value Items::Iterator::operator*() const { return {tokens_, at_}; }

class Document {
 public:
  /// Parses all of `text`, rewriting it in place; it must outlive the document. Errors are malformed_body
  /// with the byte offset, or what bound was passed.
  [[nodiscard]] static Result<Document> parse(std::string& text, const Limits& limits = {}) {
    return parse(text.data(), text.size(), limits);
  }
  /// The same of `size` bytes that are followed by a NUL.
  [[nodiscard]] static Result<Document> parse(char* text, std::size_t size, const Limits& limits = {});

  [[nodiscard]] Value root() const { return tokens_.empty() ? Value() : Value(tokens_.data(), 0); }

 private:
  std::vector<Token> tokens_;
};

}  // namespace leadledger::json
