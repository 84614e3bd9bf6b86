// Adding the fields of a body to a form, with the checks that all three encodings share.
#pragma once

#include <string>
#include <string_view>

#include "core/intake/form.hpp"
#include "core/support/result.hpp"

namespace leadledger::intake {

/// `name` as an error may show it: well-formed, without control characters, cut.
[[nodiscard]] std::string shown_name(std::string_view name);

/// An error of the whole body that one field caused; `field` is the name as sent.
[[nodiscard]] tl::unexpected<Error> fail_field(ErrorCode code, std::string_view field,
                                               std::string_view reason_code, std::string reason);

/// malformed_body for broken UTF-8 in the field `name`.
[[nodiscard]] tl::unexpected<Error> fail_encoding(std::string_view name);

/// validation_failed for a NUL character in the field `name`.
[[nodiscard]] tl::unexpected<Error> fail_nul(std::string_view name);

/// Whether a field of that spelling (nullptr: a custom one) never loses a lead: a value of context or
/// engagement that is no text is left out instead.
[[nodiscard]] bool may_be_absent(const schema::Spelling* spelling);

/// Appends a field to `form.entries`; one without a name is left out. Errors: malformed_body for broken
/// UTF-8; validation_failed for a NUL character, a name too long, too many fields, a known field twice under
/// one name. Of context and engagement no value is refused: one that is no text is left out, and of two the
/// first that is not blank is taken. `name` and `value` must outlive the form.
[[nodiscard]] Result<void> add_entry(Form& form, std::string_view name, const FormValue& value);

}  // namespace leadledger::intake
