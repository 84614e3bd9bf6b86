#include <algorithm>
#include <charconv>
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

/// Stands where bytes were no UTF-8; may stand in a JSON string as it is.
constexpr char kMark = '\x7F';

enum class Fault : std::uint8_t { none, too_deep, nul, encoding };

/// `marked` where marks stand for broken bytes; else they are what was sent.
Fault fault_of(std::string_view text, bool marked) {
  if (marked && text.find(kMark) != std::string_view::npos) return Fault::encoding;
  return text.find('\0') == std::string_view::npos ? Fault::none : Fault::nul;
}

/// The first fault anywhere in a value. Recursion ends where the nesting is refused.
Fault find_fault(const Value& value, bool marked,  // NOLINT(misc-no-recursion)
                 std::size_t levels_left) {
  if (value.is(Kind::string)) return fault_of(value.text(), marked);
  if (!value.is(Kind::array) && !value.is(Kind::object)) return Fault::none;
  if (levels_left == 0) return Fault::too_deep;
  for (const Value& item : value.items()) {
    if (const Fault fault = find_fault(item, marked, levels_left - 1); fault != Fault::none) return fault;
  }
  for (const auto& [name, member] : value.members()) {
    if (const Fault fault = fault_of(name, marked); fault != Fault::none) return fault;
    if (const Fault fault = find_fault(member, marked, levels_left - 1); fault != Fault::none) return fault;
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

Result<void> add_member(Form& form, std::string_view name, const Value& value, bool marked) {
  if (marked && name.find(kMark) != std::string_view::npos) {
    return fail(ErrorCode::malformed_body, "The name of a field is not well-formed UTF-8.");
  }
  const schema::Spelling* spelling = find_spelling(name);
  switch (find_fault(value, marked, schema::kMaxJsonDepth - 1)) {
    case Fault::none: break;
    case Fault::too_deep:
      return fail_field(
          ErrorCode::malformed_body, name, "too_deep",
          "The JSON is nested deeper than " + std::to_string(schema::kMaxJsonDepth) + " levels.");
    case Fault::nul: return may_be_absent(spelling) ? Result<void>{} : fail_nul(name);
    case Fault::encoding: return may_be_absent(spelling) ? Result<void>{} : fail_encoding(name);
  }
  const bool visitor = spelling != nullptr && spelling->field == Field::visitor;
  if (visitor && value.is(Kind::object) && form.visitor.is(Kind::none)) form.visitor = value;
  return add_entry(form, name, form_value(form, value, spelling != nullptr));
}

/// The text with a mark in place of each part that is no UTF-8, and with no other marks: once it is parsed,
/// they say in which field it was.
std::string mark_broken(std::string_view body) {
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
  return marked;
}

/// The code unit that is escaped at `at` as a backslash, a u and four digits; else 0.
std::uint32_t escaped_unit(std::string_view json, std::size_t at) {
  constexpr std::size_t kEscape = 6;
  if (json.size() < at + kEscape || json[at] != '\\' || json[at + 1] != 'u') return 0;
  std::uint32_t unit = 0;
  const char* const digits = json.data() + at + 2;
  const auto [end, error] = std::from_chars(digits, digits + kEscape - 2, unit, 16);
  return error == std::errc{} && end == digits + kEscape - 2 ? unit : 0;
}

/// An escape of half a surrogate pair becomes that of U+FFFD, which is what a browser's form makes of it:
/// text cut in the middle of an emoji is no reason to refuse what a person wrote.
void replace_lone_surrogates(std::string& json) {
  constexpr std::size_t kEscape = 6;
  const auto is_high = [](std::uint32_t unit) { return unit >= 0xD800 && unit < 0xDC00; };
  const auto is_low = [](std::uint32_t unit) { return unit >= 0xDC00 && unit < 0xE000; };
  for (std::size_t at = json.find('\\'); at != std::string::npos;) {
    const std::uint32_t unit = escaped_unit(json, at);
    std::size_t next = at + 2;  // past what is escaped, a backslash too
    if (is_high(unit) && is_low(escaped_unit(json, at + kEscape))) {
      next = at + 2 * kEscape;
    } else if (is_high(unit) || is_low(unit)) {
      json.replace(at + 2, kEscape - 2, "FFFD");
    }
    at = next < json.size() ? json.find('\\', next) : std::string::npos;
  }
}

}  // namespace

Result<Form> decode_json(std::string& body) {
  // A byte order mark carries no meaning here; some senders put one.
  if (body.starts_with("\xEF\xBB\xBF")) std::fill_n(body.begin(), 3, ' ');
  if (text::trim(body).empty())
    return fail(ErrorCode::malformed_body, "The body is empty; send a JSON object.");
  const bool broken = !text::is_utf8(body);
  if (broken) body = mark_broken(body);
  replace_lone_surrogates(body);

  // Depth is judged field by field, so that the error can name one; the parser keeps no stack of ours.
  auto document = json::Document::parse(body, {.max_depth = schema::kMaxBodyBytes});
  if (!document && broken) return fail(ErrorCode::malformed_body, "The body is not well-formed UTF-8.");
  if (!document) return tl::unexpected<Error>(std::move(document.error()));
  if (!document->root().is(Kind::object)) {
    return fail(ErrorCode::malformed_body, "The JSON is not an object; send {\"email\": ...}.");
  }
  Form form;
  form.document = std::move(*document);
  form.entries.reserve(24);
  for (const auto& [name, value] : form.document.root().members()) {
    if (auto added = add_member(form, name, value, broken); !added)
      return tl::unexpected<Error>(std::move(added.error()));
  }
  return form;
}

}  // namespace leadledger::intake
