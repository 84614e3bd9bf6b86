#include "core/app/form_digest.hpp"

#include <algorithm>

#include "core/support/json_writer.hpp"
#include "core/support/text.hpp"

namespace leadledger::app {

namespace {

void append(std::string& out, std::string_view name, std::string_view value) {
  for (const std::string_view part : {name, value}) {
    text::append_number(out, static_cast<std::int64_t>(part.size()));
    out += ':';
    out += part;
  }
}

/// Values sent under one name, as the JSON array that a JSON body would have sent.
std::string as_array(const std::vector<const intake::CustomField*>& same_name) {
  std::string out;
  json::Writer writer(out);
  writer.begin_array();
  for (const intake::CustomField* field : same_name) writer.text(field->value.text);
  writer.end_array();
  writer.finish();
  return out;
}

}  // namespace

std::string digest_content(const intake::Form& form) {
  std::string out;
  for (std::size_t at = 0; at < schema::kFieldCount; ++at) {
    const auto field = static_cast<intake::Field>(at);
    const std::string_view value = text::trim(form[field].text);
    if (!value.empty() && field != intake::Field::turnstile) append(out, schema::info(field).name, value);
  }
  std::vector<const intake::CustomField*> custom;
  for (const intake::CustomField& field : form.custom) {
    if (!field.value.text.empty()) custom.push_back(&field);
  }
  // By name, then as sent: the fields lie in one array, so their addresses order them.
  std::sort(custom.begin(), custom.end(),
            [](const auto* a, const auto* b) { return a->name != b->name ? a->name < b->name : a < b; });
  for (std::size_t at = 0; at < custom.size();) {
    std::vector<const intake::CustomField*> same{custom[at]};
    while (at + same.size() < custom.size() && custom[at + same.size()]->name == custom[at]->name) {
      same.push_back(custom[at + same.size()]);
    }
    append(out, custom[at]->name, same.size() == 1 ? std::string(custom[at]->value.text) : as_array(same));
    at += same.size();
  }
  return out;
}

}  // namespace leadledger::app
