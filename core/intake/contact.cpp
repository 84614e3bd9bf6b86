#include "core/intake/contact.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "core/intake/clean_text.hpp"
#include "core/intake/email.hpp"
#include "core/intake/entries.hpp"
#include "core/intake/phone.hpp"
#include "core/support/text.hpp"

namespace leadledger::intake {

namespace {

constexpr std::size_t kMaxNumberChars = 40;

class Reader {
 public:
  Reader(const Selection& fields, std::vector<FieldError>& faults) : fields_(fields), faults_(faults) {}

  /// The raw text of a field; "" where it is absent, blank, or of a wrong type.
  std::string_view text(Field field) {
    const FormValue value = fields_[field];
    if (is_blank(value)) return {};
    const bool digits_will_do = field != Field::email;
    if (value.kind == ValueKind::text) return value.text;
    if (value.kind == ValueKind::number && digits_will_do) {
      if (value.text.size() <= kMaxNumberChars) return value.text;
      fault(field, "too_long", "A number may have at most 40 characters; send longer ones as text.");
      return {};
    }
    fault(field, "wrong_type", "This must be text.");
    return {};
  }

  /// `value`, or "" and a fault where it is longer than the field allows.
  std::string within_limit(Field field, std::string value) {
    const std::size_t allowed = schema::info(field).max_chars;
    if (value.size() <= allowed || text::count_code_points(value) <= allowed) return value;
    fault(field, "too_long", "At most " + std::to_string(allowed) + " characters are allowed here.");
    return {};
  }

  std::string line(Field field) { return within_limit(field, clean_line(text(field))); }

  void fault(Field field, std::string_view code, std::string reason) {
    const Entry* entry = fields_.entry(field);
    const std::string_view name = entry == nullptr ? schema::info(field).name : entry->name;
    faults_.push_back({shown_name(name), std::string(code), std::move(reason)});
    faulty_[static_cast<std::size_t>(field)] = true;
  }

  [[nodiscard]] bool is_faulty(Field field) const { return faulty_[static_cast<std::size_t>(field)]; }

 private:
  const Selection& fields_;
  std::vector<FieldError>& faults_;
  std::array<bool, schema::kFieldCount> faulty_ = {};
};

/// The name, or the parts it was asked for in. Forms that ask for "name" and "surname" mean the first by
/// "name".
std::string read_name(Reader& reader) {
  std::string name = reader.line(Field::name);
  const std::string first = reader.line(Field::first_name);
  const std::string last = reader.line(Field::last_name);
  if (name.empty()) {
    name = first;
  } else if (!first.empty() || name.find(last) != std::string::npos) {
    return name;
  }
  if (!name.empty() && !last.empty()) name += ' ';
  name += last;
  return std::string(text::trim(cut_chars(name, schema::info(Field::name).max_chars)));
}

std::string read_email(Reader& reader) {
  std::string text = reader.within_limit(Field::email, clean_token(reader.text(Field::email)));
  if (text.empty()) return {};
  auto email = parse_email(text);
  if (email) return std::move(*email);
  reader.fault(Field::email, "invalid_email",
               "This is not an e-mail address. " + std::string(email.error().reason));
  return {};
}

/// Needs `contact.email`: with it, a phone that cannot be read is kept as sent, since the person can be
/// answered.
void read_phone(Reader& reader, std::string_view default_country, Contact& contact) {
  std::string text = reader.within_limit(Field::phone, clean_token(reader.text(Field::phone)));
  if (text.empty()) return;
  if (auto phone = parse_phone(text, default_country)) {
    contact.phone = std::move(phone->e164);
    contact.phone_is_e164 = true;
    contact.phone_calling_code = phone->calling_code;
  } else if (!contact.email.empty()) {
    contact.phone = std::move(text);
  } else {
    reader.fault(Field::phone, "invalid_phone",
                 "This is not a phone number that can be dialled. Write it with its country code, like "
                 "+44 20 7946 0958.");
  }
}

}  // namespace

Contact read_contact(const Selection& fields, std::string_view default_country,
                     std::vector<FieldError>& faults) {
  Reader reader(fields, faults);
  Contact contact;
  contact.name = read_name(reader);
  contact.email = read_email(reader);
  read_phone(reader, default_country, contact);
  contact.company = reader.line(Field::company);
  contact.message = reader.within_limit(Field::message, clean_block(reader.text(Field::message)));
  const bool either_was_tried = reader.is_faulty(Field::email) || reader.is_faulty(Field::phone);
  if (contact.email.empty() && contact.phone.empty() && !either_was_tried) {
    for (const Field field : {Field::email, Field::phone}) {
      reader.fault(field, "required", "Give an e-mail address or a phone number.");
    }
  }
  return contact;
}

}  // namespace leadledger::intake
