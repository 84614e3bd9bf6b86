// What a form sent beside the fields we know, and the honeypot among it.
#pragma once

#include <string>
#include <string_view>

#include "core/intake/form.hpp"

namespace leadledger::intake {

/// A JSON object of the custom fields of `form`, in the order sent, blank ones left out; "" where none is
/// kept. A value of known contact or context that another spelling outranked is kept here too, under its own
/// name. Names sent twice make an array. Bounds: kMaxCustomFields names, kMaxCustomBytes of names and values
/// together (a field that does not fit is left out, later ones that fit are not), kMaxCustomValueBytes a
/// value; a longer one is kept as text, cut. Entries named `honeypot` are left out.
[[nodiscard]] std::string custom_json(const Form& form, const Selection& fields, std::string_view honeypot);

/// Whether the field named exactly `honeypot` came with text that is not blank, a number or true.
[[nodiscard]] bool is_honeypot_filled(const Form& form, std::string_view honeypot);

}  // namespace leadledger::intake
