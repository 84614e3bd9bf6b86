// A submission as it was sent: the fields of a body, found by their names or known spellings, not yet judged.
//
// Decoding rewrites the body in place; every view here points into it (or into `kept`), so the body must outlive the
// form. Moving a Form is safe, copying is not needed and not offered.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/support/json.hpp"
#include "core/support/result.hpp"
#include "leadledger/fields.hpp"

namespace leadledger::intake {

using schema::Field;

/// How a value came: form encodings know only text; a JSON array or object is kept as JSON text.
enum class ValueKind : std::uint8_t { absent, null, text, number, boolean, structure };

struct FormValue {
  ValueKind kind = ValueKind::absent;
  std::string_view text = {};  // of a structure: its JSON, minified
};

struct CustomField {
  std::string_view name;
  FormValue value;
};

struct Form {
  Form() = default;
  Form(Form&&) = default;
  Form& operator=(Form&&) = default;
  Form(const Form&) = delete;
  Form& operator=(const Form&) = delete;
  ~Form() = default;

  std::array<FormValue, schema::kFieldCount> fields = {};
  std::vector<CustomField> custom;  // what is no known field, in the order sent; names sent twice stay two entries
  json::Document document;          // of a JSON body: the members of `visitor` are read from it
  json::Value visitor;              // the `visitor` object, or none
  bool encoded_as_form = false;     // urlencoded or multipart: a browser without JavaScript may be behind it
  std::vector<std::unique_ptr<std::string>> kept;  // text that is not a part of the body

  [[nodiscard]] const FormValue& operator[](Field field) const { return fields[static_cast<std::size_t>(field)]; }
  [[nodiscard]] FormValue& operator[](Field field) { return fields[static_cast<std::size_t>(field)]; }
};

/// Decodes a body of `application/json`, `application/x-www-form-urlencoded` or `multipart/form-data` by its content
/// type. `body` is rewritten in place. Errors: unsupported_media_type (another type, another charset than UTF-8, a
/// file part), body_too_large, malformed_body (what is broken and where), validation_failed (a known field twice under
/// one name, too many fields, a name too long; `fields` names it).
[[nodiscard]] Result<Form> decode(std::string_view content_type, std::string& body);

}  // namespace leadledger::intake
