// Field errors as JSON: one form for every answer that names what was wrong.
#pragma once

#include <vector>

#include "core/support/json_writer.hpp"
#include "core/support/result.hpp"

namespace leadledger {

/// Writes [{"name", "reason", "code"}, ...].
inline void write_field_errors(json::Writer& writer, const std::vector<FieldError>& fields) {
  writer.begin_array();
  for (const FieldError& field : fields) {
    writer.begin_object();
    writer.member("name", field.name);
    writer.member("reason", field.reason);
    writer.member("code", field.code);
    writer.end_object();
  }
  writer.end_array();
}

}  // namespace leadledger
