// Who sent a form: the contact fields, checked and normalised.
#pragma once

#include <string_view>
#include <vector>

#include "core/intake/submission.hpp"

namespace leadledger::intake {

/// Reads the contact fields of `fields` and adds every fault to `faults`, under the names that the sender
/// used. The contact is complete only where no fault was added. A fault's code is one of
///   wrong_type     a truth value, list or object where text is expected
///   too_long       more characters than the field takes
///   invalid_email  no e-mail address
///   invalid_phone  no phone number, and no e-mail beside it
///   required       neither e-mail nor phone; told of both fields
[[nodiscard]] Contact read_contact(const Selection& fields, std::string_view default_country,
                                   std::vector<FieldError>& faults);

}  // namespace leadledger::intake
