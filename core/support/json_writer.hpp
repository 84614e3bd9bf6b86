// Writing JSON into a string. Text from outside passes only through the escaper.
//
//   std::string out;
//   json::Writer writer(out);
//   writer.begin_object();
//   writer.member("name", "Ada");
//   writer.end_object();
//   writer.finish();
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "core/support/rapidjson.hpp"

namespace leadledger::json {

/// RapidJSON's output side over a std::string, with room reserved for a run of characters at once.
struct StringSink {
  using Ch = char;
  std::string& text;
  std::size_t used;

  // NOLINTBEGIN(readability-identifier-naming): RapidJSON gives the names.
  void Put(char c) {
    reserve(1);
    text[used++] = c;
  }
  void Flush() {}
  // NOLINTEND(readability-identifier-naming)
  void append(std::string_view run) {
    if (run.empty()) return;  // a view of nothing has no address, which memcpy may not be given
    reserve(run.size());
    std::memcpy(text.data() + used, run.data(), run.size());
    used += run.size();
  }
  void reserve(std::size_t more) {
    if (text.size() - used >= more) return;
    text.resize(text.size() * 2 > used + more ? text.size() * 2 : used + more + 64);
  }
};

// NOLINTBEGIN(readability-identifier-naming): RapidJSON looks for these.
inline void PutReserve(StringSink& sink, std::size_t more) { sink.reserve(more); }
inline void PutUnsafe(StringSink& sink, char c) { sink.text[sink.used++] = c; }
// NOLINTEND(readability-identifier-naming)

class Writer {
 public:
  /// Appends to `out`, which must outlive the writer and is complete only after finish().
  explicit Writer(std::string& out) : sink_{out, out.size()}, writer_(sink_) {}

  void begin_object() { writer_.StartObject(); }
  void end_object() { writer_.EndObject(); }
  void begin_array() { writer_.StartArray(); }
  void end_array() { writer_.EndArray(); }
  void key(std::string_view name) { text(name); }
  void text(std::string_view value) {
    writer_.RawValue("\"", 1, rapidjson::kStringType);
    while (!value.empty()) {
      const std::size_t plain_size = run_without_escape(value);
      sink_.append(value.substr(0, plain_size));
      value.remove_prefix(plain_size);
      if (value.empty()) break;
      escape(value.front());
      value.remove_prefix(1);
    }
    sink_.append("\"");
  }
  /// Text that is known to need no escape, such as a statement of ours.
  void plain(std::string_view value) {
    writer_.RawValue("\"", 1, rapidjson::kStringType);
    sink_.append(value);
    sink_.append("\"");
  }
  void number(std::int64_t value) { writer_.Int64(value); }
  void real(double value) { writer_.Double(value); }  // must be finite
  void boolean(bool value) { writer_.Bool(value); }
  void null() { writer_.Null(); }
  /// A complete JSON value, as it is.
  void raw(std::string_view json) {
    writer_.RawValue("", 0, rapidjson::kObjectType);
    sink_.append(json);
  }

  void member(std::string_view name, std::string_view value) { key(name), text(value); }
  void member(std::string_view name, const char* value) { key(name), text(value); }
  void member(std::string_view name, std::int64_t value) { key(name), number(value); }
  void member(std::string_view name, int value) { key(name), number(value); }
  void member(std::string_view name, bool value) { key(name), boolean(value); }
  /// null where the text is empty.
  void member_or_null(std::string_view name, std::string_view value) {
    key(name);
    value.empty() ? null() : text(value);
  }

  void finish() { sink_.text.resize(sink_.used); }

 private:
  static std::size_t run_without_escape(std::string_view value) {
    std::size_t size = 0;
    while (size < value.size()) {
      const char c = value[size];
      if (static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\') break;
      ++size;
    }
    return size;
  }

  /// RFC 8259, section 7.
  void escape(char c) {
    switch (c) {
      case '"': return sink_.append("\\\"");
      case '\\': return sink_.append("\\\\");
      case '\b': return sink_.append("\\b");
      case '\f': return sink_.append("\\f");
      case '\n': return sink_.append("\\n");
      case '\r': return sink_.append("\\r");
      case '\t': return sink_.append("\\t");
      default: break;
    }
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    sink_.append("\\u00");
    sink_.append(kDigits.substr(static_cast<unsigned char>(c) >> 4U, 1));
    sink_.append(kDigits.substr(static_cast<unsigned char>(c) & 0x0FU, 1));
  }

  StringSink sink_;
  rapidjson::Writer<StringSink> writer_;
};

}  // namespace leadledger::json
