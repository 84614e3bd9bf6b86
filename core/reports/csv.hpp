// Cells of CSV (RFC 4180) that a spreadsheet shows and never runs.
#pragma once

#include <string>
#include <string_view>

namespace leadledger::reports {

/// Appends text from outside as one cell: in quotes where it holds a comma, a quote or a line break. What a
/// spreadsheet would take for a formula (it begins with = + - @, a tab or a line break) gets an apostrophe in
/// front, which spreadsheets take as "this is text".
void append_csv_cell(std::string& out, std::string_view text);

}  // namespace leadledger::reports
