// A submission as it was sent: the fields of a body, found by their names or known spellings, not yet judged.
//
// Decoding rewrites the body in place; every view here points into it (or into `kept`), so the body must
// outlive the form, and neither move nor change. Moving a Form is safe, copying is not needed and not
// offered.
//
//   std::string body = "full_name=Ada&e-mail=ada%40lovelace.uk&budget=5k";
//   auto form = decode("application/x-www-form-urlencoded", body);
//   if (form) (*form)[Field::email].text;  // "ada@lovelace.uk"; form->entries holds all three, budget as
//   custom
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/support/json.hpp"
#include "core/support/result.hpp"
#include "leadledger/fields.hpp"

namespace leadledger::intake {

using schema::Field;

/// How a value came: form encodings know only text; a JSON array or object of a custom field is kept as JSON
/// text.
enum class ValueKind : std::uint8_t { absent, null, text, number, boolean, structure };

struct FormValue {
  ValueKind kind = ValueKind::absent;
  std::string_view text = {};  // of a custom structure: its JSON, minified; of a known field's structure: ""
};

/// No value, null, or text of white space only.
[[nodiscard]] bool is_blank(const FormValue& value);

/// One field of the body: well-formed UTF-8 without NUL, the name not empty and at most kMaxFieldNameBytes
/// long.
struct Entry {
  std::string_view name;
  FormValue value;
  std::optional<Field> known = {};  // the field that the name is a spelling of; none: a custom field
  std::uint8_t rank = 0;            // of the spelling; 0 is the field's own name and wins
};

/// Which entry speaks for each known field: one that is not blank, and among those the best spelling.
struct Selection {
  std::array<const Entry*, schema::kFieldCount> entries = {};

  [[nodiscard]] const Entry* entry(Field field) const { return entries[static_cast<std::size_t>(field)]; }
  [[nodiscard]] FormValue operator[](Field field) const {
    const Entry* found = entry(field);
    return found == nullptr ? FormValue{} : found->value;
  }
};

/// Leaves out entries named exactly `left_out` (a honeypot may bear the name of a field). Points into
/// `entries`.
[[nodiscard]] Selection select(const std::vector<Entry>& entries, std::string_view left_out = {});

using CustomField = Entry;

struct Form {
  Form() = default;
  Form(Form&&) = default;
  Form& operator=(Form&&) = default;
  Form(const Form&) = delete;
  Form& operator=(const Form&) = delete;
  ~Form() = default;

  std::vector<Entry> entries;       // every field, in the order sent; names sent twice stay two entries
  Selection selected;               // of all entries
  std::vector<CustomField> custom;  // the entries that speak for no known field, in the order sent
  json::Document document;          // of a JSON body: the members of `visitor` are read from it
  json::Value visitor;              // the `visitor` object, or none
  bool encoded_as_form = false;     // urlencoded or multipart: a browser without JavaScript may be behind it
  std::vector<std::unique_ptr<std::string>> kept;  // text that is not a part of the body

  [[nodiscard]] FormValue operator[](Field field) const { return selected[field]; }
};

/// Decodes a body of `application/json`, `application/x-www-form-urlencoded` or `multipart/form-data` by its
/// content type. `body` is rewritten in place. Errors: unsupported_media_type (another or no type, another
/// charset than UTF-8, a file part), body_too_large, malformed_body (what is broken, and where or in which
/// field), validation_failed (a contact or control field twice under one name, a NUL character, too many
/// fields, a name too long; `fields` names it).
[[nodiscard]] Result<Form> decode(std::string_view content_type, std::string& body);

}  // namespace leadledger::intake
