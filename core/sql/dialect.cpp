#include "core/sql/dialect.hpp"

#include <algorithm>
#include <limits>

#include "core/support/text.hpp"

namespace leadledger::sql {

namespace {

void append_part(std::string& out, std::string_view text, bool bare) {
  if (!bare) out += '(';
  out += text;
  if (!bare) out += ')';
}

}  // namespace

Expr<DateTime> Dialect::timestamp() { return {"timestamp", Shape::whole}; }

Expr<Integer> Dialect::sample_interval() { return {"_sample_interval", Shape::whole}; }

Expr<String> Dialect::column(schema::Dimension dimension) {
  return {std::string(schema::info(dimension).column), Shape::whole};
}

Expr<Double> Dialect::column(schema::LeadSubmissionsDouble slot) {
  return {std::string(schema::kLeadSubmissionsDoubles[static_cast<std::size_t>(slot)].column), Shape::whole};
}

Expr<Integer> Dialect::integer(std::int64_t value) {
  std::string digits;
  text::append_number(digits, value);
  return {std::move(digits), value < 0 ? Shape::sum : Shape::whole};
}

Expr<Double> Dialect::whole_double(std::int16_t value) {
  std::string digits;
  text::append_number(digits, value);
  digits += ".0";
  return {std::move(digits), value < 0 ? Shape::sum : Shape::whole};
}

Expr<DateTime> Dialect::instant(std::int64_t unix_s) {
  constexpr std::int64_t kLast = std::numeric_limits<std::uint32_t>::max();
  const Expr<Integer> seconds = integer(std::clamp<std::int64_t>(unix_s, 0, kLast));
  return {call("toDateTime", {seconds.text()}), Shape::whole};
}

Expr<Boolean> Dialect::both(const Expr<Boolean>& a, const Expr<Boolean>& b) {
  return joined(a, " AND ", b, Shape::all);
}

Expr<Boolean> Dialect::either(const Expr<Boolean>& a, const Expr<Boolean>& b) {
  return joined(a, " OR ", b, Shape::any);
}

Expr<Boolean> Dialect::negation(const Expr<Boolean>& of) {
  return {call("NOT ", {of.text()}), Shape::condition};
}

Expr<Boolean> Dialect::one_of(const Expr<String>& value, const Texts& texts) {
  return listed(value, texts, " = ", " IN ");
}

Expr<Boolean> Dialect::none_of(const Expr<String>& value, const Texts& texts) {
  return listed(value, texts, " != ", " NOT IN ");
}

Expr<Boolean> Dialect::never() { return less(timestamp(), instant(0)); }

Expr<Integer> Dialect::to_unix_timestamp(const Expr<DateTime>& instant) {
  return {call("toUnixTimestamp", {instant.text()}), Shape::whole};
}

Expr<Integer> Dialect::int_div(const Expr<Integer>& value, std::int64_t divisor) {
  const Expr<Integer> by = integer(std::max<std::int64_t>(divisor, 1));
  return {call("intDiv", {value.text(), by.text()}), Shape::whole};
}

Expr<String> Dialect::lower(const Expr<String>& value) {
  return {call("lower", {value.text()}), Shape::whole};
}

Expr<Boolean> Dialect::contains(const Expr<String>& value, const Text& text) {
  std::string out = "position(";
  out += text.literal();
  out += " IN ";
  append_part(out, value.text(), value.shape_ == Shape::whole);
  out += ") > 0";
  return {std::move(out), Shape::condition};
}

Aggregate<Integer> Dialect::count() { return Aggregate<Integer>(call("count", {})); }

std::string Dialect::operation(Part a, std::string_view sign, Part b) {
  std::string out;
  append_part(out, a.text, a.shape == Shape::whole);
  out += sign;
  append_part(out, b.text, b.shape == Shape::whole);
  return out;
}

Expr<Boolean> Dialect::joined(const Expr<Boolean>& a, std::string_view word, const Expr<Boolean>& b,
                              Shape shape) {
  const auto is_bare = [shape](const Expr<Boolean>& of) {
    return of.shape_ == Shape::whole || of.shape_ == Shape::condition || of.shape_ == shape;
  };
  std::string out;
  append_part(out, a.text(), is_bare(a));
  out += word;
  append_part(out, b.text(), is_bare(b));
  return {std::move(out), shape};
}

std::string Dialect::call(std::string_view function, std::initializer_list<std::string_view> arguments) {
  std::string out(function);
  out += '(';
  std::string_view separator;
  for (const std::string_view argument : arguments) {
    out += separator;
    out += argument;
    separator = ", ";
  }
  out += ')';
  return out;
}

Expr<Boolean> Dialect::listed(const Expr<String>& value, const Texts& texts, std::string_view sign,
                              std::string_view word) {
  std::string out;
  append_part(out, value.text(), value.shape_ == Shape::whole);
  out += texts.is_one() ? sign : word;
  append_part(out, texts.list(), texts.is_one());
  return {std::move(out), Shape::condition};
}

}  // namespace leadledger::sql
