// Text literals. Analytics Engine takes no ' and no \ in one, in any escaped form, so a literal is made only
// from canonical text, which holds neither: what a value says can never leave its literal.
#pragma once

#include <string>
#include <string_view>

#include "leadledger/reports.hpp"

namespace leadledger::sql {

class Text {
 public:
  /// The canonical form of `any` bytes, cut at what a point can hold of that dimension.
  [[nodiscard]] static Text of(schema::Dimension dimension, std::string_view any);

  /// With its quotes.
  [[nodiscard]] std::string_view literal() const { return literal_; }

 private:
  Text() = default;

  std::string literal_;
};

/// One or more texts: Analytics Engine refuses IN ().
class Texts {
 public:
  explicit Texts(const Text& first) : list_(first.literal()) {}

  void add(const Text& text);

  [[nodiscard]] bool is_one() const { return is_one_; }
  /// Literals with commas between them.
  [[nodiscard]] std::string_view list() const { return list_; }

 private:
  std::string list_;
  bool is_one_ = true;
};

}  // namespace leadledger::sql
