// What every decoder's fuzzer does with its input, and what must hold whatever the input is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/datasets/canonical_text.hpp"
#include "core/intake/submission.hpp"
#include "core/support/text.hpp"

namespace leadledger::fuzz {

inline void require(bool holds) {
  if (!holds) __builtin_trap();
}

inline void decode_and_understand(std::string_view content_type, const std::uint8_t* data, std::size_t size) {
  std::string body(reinterpret_cast<const char*>(data), size);
  const auto form = intake::decode(content_type, body);
  if (!form) {
    require(!form.error().detail.empty() && text::is_utf8(form.error().detail));
    return;
  }
  for (const intake::Entry& entry : form->entries) {
    require(text::is_utf8(entry.name) && text::is_utf8(entry.value.text));
    require(entry.value.text.find('\0') == std::string_view::npos);
  }
  const auto submission = intake::understand(*form, {"IN", "lead_hp"});
  if (!submission) {
    require(!submission.error().fields.empty());
    return;
  }
  const intake::Contact& contact = submission->contact;
  require(!contact.email.empty() || contact.phone_is_e164);
  for (const std::string* text :
       {&contact.name, &contact.email, &contact.phone, &contact.company, &contact.message,
        &submission->context.source, &submission->context.landing_path}) {
    require(text::is_utf8(*text));
  }
  constexpr std::size_t kMost = 200;
  const std::string canonical = datasets::canonical_text(submission->context.source, kMost);
  require(canonical.size() <= kMost && canonical.find_first_of("'\\") == std::string::npos);
  require(datasets::canonical_text(canonical, kMost) == canonical);
}

}  // namespace leadledger::fuzz
