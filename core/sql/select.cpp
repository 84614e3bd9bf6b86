#include "core/sql/select.hpp"

#include <algorithm>

#include "core/support/text.hpp"
#include "leadledger/datasets.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::sql {

namespace {

void append_item(std::string& list, std::string_view item) {
  if (!list.empty()) list += ", ";
  list += item;
}

void append_clause(std::string& out, std::string_view word, std::string_view list) {
  if (list.empty()) return;
  out += word;
  out += list;
}

}  // namespace

Select::Select(std::int64_t from_s, std::int64_t to_s)
    : where_(Dialect::both(Dialect::at_least(Dialect::timestamp(), Dialect::instant(from_s)),
                           Dialect::less(Dialect::timestamp(), Dialect::instant(to_s)))) {}

void Select::where(const Expr<Boolean>& condition) { where_ = Dialect::both(where_, condition); }

void Select::group_by(Alias alias, const Expr<Integer>& value, Order order) {
  add(alias, value.text(), order);
  append_item(groups_, alias.name());
}

void Select::group_by(Alias alias, const Expr<String>& value, Order order) {
  add(alias, value.text(), order);
  append_item(groups_, alias.name());
}

void Select::add(Alias alias, std::string_view value, Order order) {
  append_item(columns_, value);
  columns_ += " AS ";
  columns_ += alias.name();
  names_.push_back(alias.name());
  if (order == Order::none) return;
  append_item(orders_, alias.name());
  if (order == Order::descending) orders_ += " DESC";
}

Result<std::string> Select::render() const {
  std::vector<std::string_view> names = names_;
  std::sort(names.begin(), names.end());
  if (names.empty() || std::adjacent_find(names.begin(), names.end()) != names.end()) {
    return fail(ErrorCode::internal, "The statement has no column, or two of one name.");
  }
  std::string out = "SELECT " + columns_ + " FROM ";
  out += schema::LeadSubmissions::kName;
  append_clause(out, " WHERE ", where_.text());
  append_clause(out, " GROUP BY ", groups_);
  append_clause(out, " ORDER BY ", orders_);
  if (limit_) {
    out += " LIMIT ";
    text::append_number(out, *limit_);
  }
  out += " FORMAT JSON";
  if (out.size() > schema::kMaxSqlChars) {
    std::string detail = "The statement takes ";
    text::append_number(detail, static_cast<std::int64_t>(out.size()));
    detail += " bytes, and Analytics Engine at most ";
    text::append_number(detail, schema::kMaxSqlChars);
    detail += '.';
    return fail(ErrorCode::bad_parameter, std::move(detail));
  }
  return out;
}

}  // namespace leadledger::sql
