#include "core/reports/csv.hpp"

namespace leadledger::reports {

void append_csv_cell(std::string& out, std::string_view text) {
  if (text.empty()) return;
  constexpr std::string_view kFormulaStarts = "=+-@\t\r\n";
  const bool formula = kFormulaStarts.find(text.front()) != std::string_view::npos;
  const bool quoted = text.find_first_of(",\"\r\n") != std::string_view::npos;
  if (quoted) out += '"';
  if (formula) out += '\'';
  if (!quoted) {
    out += text;
    return;
  }
  for (std::size_t quote = text.find('"'); quote != std::string_view::npos; quote = text.find('"')) {
    out += text.substr(0, quote + 1);
    out += '"';
    text.remove_prefix(quote + 1);
  }
  out += text;
  out += '"';
}

}  // namespace leadledger::reports
