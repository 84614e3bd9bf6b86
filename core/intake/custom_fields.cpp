#include "core/intake/custom_fields.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "core/support/json_writer.hpp"
#include "core/support/text.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::intake {

namespace {

/// Whether an entry of a known field that another spelling outranked says something of its own.
bool is_worth_keeping(const Entry& entry, const Selection& fields) {
  const Entry* winner = fields.entry(*entry.known);
  if (winner == &entry) return false;
  const schema::FieldGroup group = schema::info(*entry.known).group;
  const bool told = group == schema::FieldGroup::contact || group == schema::FieldGroup::context;
  const bool same = winner != nullptr && text::trim(winner->value.text) == text::trim(entry.value.text);
  return told && !same && entry.value.kind != ValueKind::structure;
}

std::size_t size_of(const FormValue& value) {
  return std::min<std::size_t>(value.text.size(), schema::kMaxCustomValueBytes);
}

void write_value(json::Writer& writer, const FormValue& value) {
  const bool whole = value.text.size() <= schema::kMaxCustomValueBytes;
  if (whole && value.kind != ValueKind::text) {
    writer.raw(value.text);
  } else {
    writer.text(text::cut(value.text, schema::kMaxCustomValueBytes));
  }
}

/// The fields that are kept, within all bounds.
std::vector<const Entry*> choose(const Form& form, const Selection& fields, std::string_view honeypot) {
  std::vector<const Entry*> kept;
  std::size_t names = 0;
  std::size_t bytes = 0;
  for (const Entry& entry : form.entries) {
    if (is_blank(entry.value) || (!honeypot.empty() && entry.name == honeypot)) continue;
    if (entry.known && !is_worth_keeping(entry, fields)) continue;
    const bool again =
        std::any_of(kept.begin(), kept.end(), [&](const Entry* other) { return other->name == entry.name; });
    const std::size_t size = size_of(entry.value) + (again ? 0 : entry.name.size());
    if (bytes + size > schema::kMaxCustomBytes || (!again && names == schema::kMaxCustomFields)) continue;
    bytes += size;
    if (!again) ++names;
    kept.push_back(&entry);
  }
  return kept;
}

}  // namespace

std::string custom_json(const Form& form, const Selection& fields, std::string_view honeypot) {
  const std::vector<const Entry*> kept = choose(form, fields, honeypot);
  if (kept.empty()) return {};
  std::string out;
  json::Writer writer(out);
  writer.begin_object();
  for (auto at = kept.begin(); at != kept.end(); ++at) {
    const std::string_view name = (*at)->name;
    const auto same_name = [&](const Entry* other) { return other->name == name; };
    if (std::any_of(kept.begin(), at, same_name)) continue;  // written with the first of its name
    writer.key(name);
    if (std::count_if(at, kept.end(), same_name) == 1) {
      write_value(writer, (*at)->value);
      continue;
    }
    writer.begin_array();
    for (auto other = at; other != kept.end(); ++other) {
      if (same_name(*other)) write_value(writer, (*other)->value);
    }
    writer.end_array();
  }
  writer.end_object();
  writer.finish();
  return out;
}

bool is_honeypot_filled(const Form& form, std::string_view honeypot) {
  if (honeypot.empty()) return false;
  return std::any_of(form.entries.begin(), form.entries.end(), [&](const Entry& entry) {
    if (entry.name != honeypot || is_blank(entry.value)) return false;
    switch (entry.value.kind) {
      case ValueKind::text:
      case ValueKind::number: return true;
      case ValueKind::boolean: return entry.value.text == "true";
      case ValueKind::absent:
      case ValueKind::null:
      case ValueKind::structure: break;
    }
    return false;
  });
}

}  // namespace leadledger::intake
