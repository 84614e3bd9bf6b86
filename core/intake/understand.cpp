#include <utility>

#include "core/intake/contact.hpp"
#include "core/intake/context.hpp"
#include "core/intake/custom_fields.hpp"
#include "core/intake/engagement.hpp"
#include "core/intake/submission.hpp"

namespace leadledger::intake {

namespace {

std::string summary(const std::vector<FieldError>& faults) {
  if (faults.size() == 1)
    return "The field \"" + faults.front().name + "\" is refused: " + faults.front().reason;
  return "The form is not complete, or some of its fields are not of the right form.";
}

}  // namespace

Result<Submission> understand(const Form& form, const FormRules& rules) {
  // A honeypot may bear the name of a field, to look worth filling; then it is that field no more.
  const Selection fields = select(form.entries, rules.honeypot_field);
  std::vector<FieldError> faults;
  Submission submission;
  submission.contact = read_contact(fields, rules.default_country, faults);
  if (!faults.empty()) {
    std::string detail = summary(faults);
    return fail(ErrorCode::validation_failed, std::move(detail), std::move(faults));
  }
  submission.context = read_context(fields);
  submission.engagement = read_engagement(fields);
  submission.consent = context_text(fields, Field::consent, Booleans::take);
  submission.redirect = context_text(fields, Field::redirect, Booleans::take);
  submission.turnstile = context_text(fields, Field::turnstile, Booleans::take);
  submission.custom_json = custom_json(form, fields, rules.honeypot_field);
  submission.honeypot_filled = is_honeypot_filled(form, rules.honeypot_field);
  return submission;
}

}  // namespace leadledger::intake
