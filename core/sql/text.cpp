#include "core/sql/text.hpp"

#include "core/datasets/canonical_text.hpp"

namespace leadledger::sql {

Text Text::of(schema::Dimension dimension, std::string_view any) {
  Text text;
  text.literal_ = "'";
  datasets::append_canonical(text.literal_, any, schema::info(dimension).max_bytes);
  text.literal_ += '\'';
  return text;
}

void Texts::add(const Text& text) {
  list_ += ", ";
  list_ += text.literal();
  is_one_ = false;
}

}  // namespace leadledger::sql
