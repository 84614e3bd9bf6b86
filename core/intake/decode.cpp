#include "core/intake/decoders.hpp"
#include "core/intake/entries.hpp"
#include "core/intake/form.hpp"
#include "core/intake/media_type.hpp"
#include "core/support/text.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::intake {

namespace {

enum class Encoding : std::uint8_t { json, urlencoded, multipart, unknown };

Encoding encoding_of(std::string_view content_type) {
  const std::string_view type = header_value(content_type);
  if (text::equals_ignoring_case(type, "application/json")) return Encoding::json;
  if (text::equals_ignoring_case(type, "application/x-www-form-urlencoded")) return Encoding::urlencoded;
  if (text::equals_ignoring_case(type, "multipart/form-data")) return Encoding::multipart;
  return Encoding::unknown;
}

Result<Form> decode_as(Encoding encoding, std::string_view content_type, std::string& body) {
  switch (encoding) {
    case Encoding::json: return decode_json(body);
    case Encoding::urlencoded: return decode_urlencoded(body);
    case Encoding::multipart: return decode_multipart(content_type, body);
    case Encoding::unknown: break;
  }
  const std::string_view type = header_value(content_type);
  return fail(ErrorCode::unsupported_media_type,
              (type.empty() ? "The request has no Content-Type."
                            : "The Content-Type \"" + shown_name(type) + "\" is not taken.") +
                  " Send application/json, application/x-www-form-urlencoded or multipart/form-data.");
}

/// Whether `entry` speaks for its field rather than `other` does.
bool outranks(const Entry& entry, const Entry& other) {
  const bool blank = is_blank(entry.value);
  if (blank != is_blank(other.value)) return !blank;
  return entry.rank < other.rank;
}

}  // namespace

bool is_blank(const FormValue& value) {
  switch (value.kind) {
    case ValueKind::absent:
    case ValueKind::null: return true;
    case ValueKind::text: return text::trim(value.text).empty();
    case ValueKind::number:
    case ValueKind::boolean:
    case ValueKind::structure: break;
  }
  return false;
}

Selection select(const std::vector<Entry>& entries, std::string_view left_out) {
  Selection selection;
  for (const Entry& entry : entries) {
    if (!entry.known || (!left_out.empty() && entry.name == left_out)) continue;
    const Entry*& chosen = selection.entries[static_cast<std::size_t>(*entry.known)];
    if (chosen == nullptr || outranks(entry, *chosen)) chosen = &entry;
  }
  return selection;
}

Result<Form> decode(std::string_view content_type, std::string& body) {
  static_assert(schema::kMaxBodyBytes == 65536, "the sentence below names the limit");
  if (body.size() > schema::kMaxBodyBytes) {
    return fail(ErrorCode::body_too_large,
                "The body is longer than 65,536 bytes, which is all that is taken.");
  }
  const Encoding encoding = encoding_of(content_type);
  if (encoding != Encoding::unknown && !has_utf8_charset(content_type)) {
    const std::string charset = shown_name(header_parameter(content_type, "charset").value_or(""));
    return fail(ErrorCode::unsupported_media_type,
                "The charset \"" + charset + "\" is not taken. Send the form as UTF-8.");
  }
  Result<Form> form = decode_as(encoding, content_type, body);
  if (!form) return form;
  form->encoded_as_form = encoding != Encoding::json;
  form->selected = select(form->entries);
  for (const Entry& entry : form->entries) {
    if (!entry.known || form->selected.entry(*entry.known) != &entry) form->custom.push_back(entry);
  }
  return form;
}

}  // namespace leadledger::intake
