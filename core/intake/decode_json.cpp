#include <algorithm>
#include <memory>
#include <utility>

#include "core/intake/decoders.hpp"
#include "core/intake/entries.hpp"
#include "core/intake/field_names.hpp"
#include "core/support/json.hpp"
#include "core/support/json_writer.hpp"
#include "core/support/text.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::intake {

namespace {

using json::Kind;
using json::Value;

enum class Fault : std::uint8_t { none, too_deep, encoding, nul };

Fault fault_of(std::string_view text) {
  // RapidJSON lets an escaped low surrogate through when it stands alone, as bytes that are no UTF-8.
  if (!text::is_utf8(text)) return Fault::encoding;
  return text.find('\0') == std::string_view::npos ? Fault::none : Fault::nul;
}

/// The first fault anywhere in a value. Recursion ends where the nesting is refused.
Fault find_fault(const Value& value, std::size_t levels_left) {  // NOLINT(misc-no-recursion)
  if (value.is(Kind::string)) return fault_of(value.text());
  if (!value.is(Kind::array) && !value.is(Kind::object)) return Fault::none;
  if (levels_left == 0) return Fault::too_deep;
  for (const Value& item : value.items()) {
    if (const Fault fault = find_fault(item, levels_left - 1); fault != Fault::none) return fault;
  }
  for (const auto& [name, member] : value.members()) {
    if (const Fault fault = fault_of(name); fault != Fault::none) return fault;
    if (const Fault fault = find_fault(member, levels_left - 1); fault != Fault::none) return fault;
  }
  return Fault::none;
}

void write_value(json::Writer& writer,
                 const Value& value) {  // NOLINT(misc-no-recursion): the depth was checked
  switch (value.kind()) {
    case Kind::none:
    case Kind::null: return writer.null();
    case Kind::boolean:
    case Kind::number: return writer.raw(value.text());
    case Kind::string: return writer.text(value.text());
    case Kind::array:
      writer.begin_array();
      for (const Value& item : value.items()) write_value(writer, item);
      return writer.end_array();
    case Kind::object:
      writer.begin_object();
      for (const auto& [name, member] : value.members()) {
        writer.key(name);
        write_value(writer, member);
      }
      return writer.end_object();
  }
}

/// A structure as minified JSON, kept by the form.
std::string_view keep_structure(Form& form, const Value& value) {
  form.kept.push_back(std::make_unique<std::string>());
  std::string& text = *form.kept.back();
  json::Writer writer(text);
  write_value(writer, value);
  writer.finish();
  return text;
}

FormValue form_value(Form& form, const Value& value, bool known) {
  switch (value.kind()) {
    case Kind::none:
    case Kind::null: return {ValueKind::null};
    case Kind::boolean: return {ValueKind::boolean, value.text()};
    case Kind::number: return {ValueKind::number, value.text()};
    case Kind::string: return {ValueKind::text, value.text()};
    case Kind::array:
    case Kind::object: break;
  }
  return {ValueKind::structure, known ? std::string_view{} : keep_structure(form, value)};
}

Result<void> add_member(Form& form, std::string_view name, const Value& value) {
  switch (find_fault(value, schema::kMaxJsonDepth - 1)) {
    case Fault::none: break;
    case Fault::too_deep:
      return fail_field(
          ErrorCode::malformed_body, name, "too_deep",
          "The JSON is nested deeper than " + std::to_string(schema::kMaxJsonDepth) + " levels.");
    case Fault::encoding: return fail_encoding(name);
    case Fault::nul: return fail_nul(name);
  }
  const schema::Spelling* spelling = find_spelling(name);
  const bool visitor = spelling != nullptr && spelling->field == Field::visitor;
  if (visitor && value.is(Kind::object) && form.visitor.is(Kind::none)) form.visitor = value;
  return add_entry(form, name, form_value(form, value, spelling != nullptr));
}

bool holds(const Value& value, char mark) {  // NOLINT(misc-no-recursion): the depth is the parser's limit
  if (value.text().find(mark) != std::string_view::npos) return true;
  for (const Value& item : value.items()) {
    if (holds(item, mark)) return true;
  }
  for (const auto& [name, member] : value.members()) {
    if (name.find(mark) != std::string_view::npos || holds(member, mark)) return true;
  }
  return false;
}

/// Names the field with the broken bytes: the text is read once more with a mark in their place. Only bodies
/// that are refused anyhow take this way.
tl::unexpected<Error> fail_broken_text(std::string_view body) {
  constexpr char kMark = '\x7F';  // may stand in a JSON string as it is
  std::string marked;
  marked.reserve(body.size());
  while (!body.empty()) {
    const text::CodePoint point = text::first_code_point(body);
    if (!point.well_formed) {
      marked += kMark;
    } else {
      marked += body.front() == kMark ? std::string_view(" ") : body.substr(0, point.size);
    }
    body.remove_prefix(point.size);
  }
  const auto document = json::Document::parse(marked, {.max_depth = schema::kMaxJsonDepth});
  if (document) {
    for (const auto& [name, value] : document->root().members()) {
      if (name.find(kMark) != std::string_view::npos) {
        return fail(ErrorCode::malformed_body, "The name of a field is not well-formed UTF-8.");
      }
      if (holds(value, kMark)) return fail_encoding(name);
    }
  }
  return fail(ErrorCode::malformed_body, "The body is not well-formed UTF-8.");
}

}  // namespace

Result<Form> decode_json(std::string& body) {
  // A byte order mark carries no meaning here; some senders put one.
  if (body.starts_with("\xEF\xBB\xBF")) std::fill_n(body.begin(), 3, ' ');
  if (text::trim(body).empty())
    return fail(ErrorCode::malformed_body, "The body is empty; send a JSON object.");
  if (!text::is_utf8(body)) return fail_broken_text(body);

  // Depth is judged field by field, so that the error can name one; the parser keeps no stack of ours.
  auto document = json::Document::parse(body, {.max_depth = schema::kMaxBodyBytes});
  if (!document) return tl::unexpected<Error>(std::move(document.error()));
  if (!document->root().is(Kind::object)) {
    return fail(ErrorCode::malformed_body, "The JSON is not an object; send {\"email\": ...}.");
  }
  Form form;
  form.document = std::move(*document);
  form.entries.reserve(24);
  for (const auto& [name, value] : form.document.root().members()) {
    if (auto added = add_member(form, name, value); !added)
      return tl::unexpected<Error>(std::move(added.error()));
  }
  return form;
}

}  // namespace leadledger::intake
