// The browser module's exports. Texts come in as borrowed bytes, one behind the other; each answer stays
// valid until the next call, since JavaScript copies it out at once and never calls while it does so.

#include <cstdint>
#include <string>
#include <string_view>

#include "core/intake/explain.hpp"

namespace {

std::string& answer() {
  static auto* const text = new std::string();  // never destroyed: the module ends with its page
  return *text;
}

}  // namespace

#define LEADLEDGER_EXPORT(name) extern "C" __attribute__((export_name(#name), used))  // NOLINT

LEADLEDGER_EXPORT(leadledger_check)
void leadledger_check(const char* texts, std::uint32_t settings, std::uint32_t type, std::uint32_t body) {
  const std::string_view all(texts, std::size_t{settings} + type + body);
  answer() = leadledger::intake::check_form(all.substr(0, settings), all.substr(settings, type),
                                            all.substr(settings + type));
}

LEADLEDGER_EXPORT(leadledger_explain)
void leadledger_explain(const char* texts, std::uint32_t input, std::uint32_t body) {
  const std::string_view all(texts, std::size_t{input} + body);
  answer() = leadledger::intake::explain(all.substr(0, input), all.substr(input));
}

LEADLEDGER_EXPORT(leadledger_answer) const char* leadledger_answer() { return answer().data(); }
LEADLEDGER_EXPORT(leadledger_answer_size) std::uint32_t leadledger_answer_size() {
  return static_cast<std::uint32_t>(answer().size());
}
