// SQL statements and their parameters, as the message that asks for them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

#include "core/support/json_writer.hpp"

namespace leadledger::ledger {

/// A parameter that is NULL where the text is empty.
struct TextOrNull {
  std::string_view text;
};

/// SQL statements of one transaction. Statements are constants of ours; values only ever travel as
/// parameters.
class Batch {
 public:
  Batch() { writer_.begin_array(); }
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;

  /// `sql` must need no JSON escape: no quotation mark, backslash or line break.
  template <class... Values>
  Batch& add(std::string_view sql, const Values&... values) {
    writer_.begin_object();
    writer_.key("sql");
    writer_.plain(sql);
    writer_.key("params");
    writer_.begin_array();
    (parameter(values), ...);
    writer_.end_array();
    writer_.end_object();
    return *this;
  }

  /// The statements as a JSON array. The batch ends with this.
  [[nodiscard]] std::string_view finish() {
    writer_.end_array();
    writer_.finish();
    return json_;
  }

 private:
  template <class Value>
  void parameter(const Value& value) {
    if constexpr (std::is_same_v<Value, std::nullptr_t>) {
      writer_.null();
    } else if constexpr (std::is_same_v<Value, TextOrNull>) {
      value.text.empty() ? writer_.null() : writer_.text(value.text);
    } else if constexpr (std::is_integral_v<Value>) {
      writer_.number(static_cast<std::int64_t>(value));
    } else {
      writer_.text(value);
    }
  }
  std::string json_;
  json::Writer writer_{json_};
};

}  // namespace leadledger::ledger
