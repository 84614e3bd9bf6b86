#include "core/intake/entries.hpp"

#include <algorithm>
#include <utility>

#include "core/intake/field_names.hpp"
#include "core/support/text.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::intake {

std::string shown_name(std::string_view name) {
  constexpr std::size_t kLongest = 80;
  std::string out;
  while (!name.empty() && out.size() < kLongest) {
    const text::CodePoint point = text::first_code_point(name);
    if (!point.well_formed) {
      out += "\xEF\xBF\xBD";
    } else if (point.value < 0x20 || point.value == 0x7F) {
      out += ' ';
    } else {
      out += name.substr(0, point.size);
    }
    name.remove_prefix(point.size);
  }
  return name.empty() ? out : out + "...";
}

tl::unexpected<Error> fail_field(ErrorCode code, std::string_view field, std::string_view reason_code,
                                 std::string reason) {
  std::string shown = shown_name(field);
  std::string detail = "The field \"" + shown + "\" is refused: " + reason;
  return fail(code, std::move(detail), {{std::move(shown), std::string(reason_code), std::move(reason)}});
}

tl::unexpected<Error> fail_encoding(std::string_view name) {
  return fail_field(ErrorCode::malformed_body, name, "bad_encoding", "It is not well-formed UTF-8.");
}

tl::unexpected<Error> fail_nul(std::string_view name) {
  return fail_field(ErrorCode::validation_failed, name, "nul_character", "It contains a NUL character.");
}

bool may_be_absent(const schema::Spelling* spelling) {
  if (spelling == nullptr) return false;
  const schema::FieldGroup group = schema::info(spelling->field).group;
  return group == schema::FieldGroup::context || group == schema::FieldGroup::engagement;
}

namespace {

Result<void> check_name(const Form& form, std::string_view name) {
  if (!text::is_utf8(name)) return fail_encoding(name);
  if (name.find('\0') != std::string_view::npos) return fail_nul(name);
  if (name.size() > schema::kMaxFieldNameBytes) {
    return fail_field(ErrorCode::validation_failed, name, "name_too_long",
                      "Its name is longer than " + std::to_string(schema::kMaxFieldNameBytes) + " bytes.");
  }
  if (form.entries.size() >= schema::kMaxFormFields) {
    return fail_field(ErrorCode::validation_failed, name, "too_many_fields",
                      "At most " + std::to_string(schema::kMaxFormFields) + " fields are taken.");
  }
  return {};
}

}  // namespace

Result<void> add_entry(Form& form, std::string_view name, const FormValue& value) {
  if (name.empty()) return {};
  if (auto checked = check_name(form, name); !checked) return checked;
  const schema::Spelling* spelling = find_spelling(name);
  const bool is_utf8 = text::is_utf8(value.text);
  if (!is_utf8 || value.text.find('\0') != std::string_view::npos) {
    if (may_be_absent(spelling)) return {};
    return is_utf8 ? fail_nul(name) : fail_encoding(name);
  }
  if (spelling == nullptr) {
    form.entries.push_back({name, value});
    return {};
  }
  const auto before = std::find_if(form.entries.begin(), form.entries.end(), [&](const Entry& other) {
    return other.known == spelling->field && other.name == name;
  });
  if (before == form.entries.end()) {
    form.entries.push_back({name, value, spelling->field, spelling->rank});
  } else if (!may_be_absent(spelling)) {
    // Which of two values was meant nobody can say, and each reader of such a body takes another one.
    return fail_field(ErrorCode::validation_failed, name, "duplicate_field", "It was sent twice.");
  } else if (is_blank(before->value)) {
    before->value = value;
  }
  return {};
}

}  // namespace leadledger::intake
