#include "core/intake/field_names.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

namespace {

using namespace leadledger;
using intake::find_spelling;
using intake::fold_name;

TEST_CASE("a field name is known whatever its case and punctuation", "[intake][fields]") {
  auto [name, field] = GENERATE(table<std::string, schema::Field>({
      {"email", schema::Field::email},
      {"E-Mail", schema::Field::email},
      {"your_email", schema::Field::email},
      {"contact[email]", schema::Field::email},
      {"lead[contact][e-mail]", schema::Field::email},
      {"email[]", schema::Field::email},
      {"utm_source", schema::Field::utm_source},
      {"utmSource", schema::Field::utm_source},
      {"UTM-Source", schema::Field::utm_source},
      {"cf-turnstile-response", schema::Field::turnstile},
      {"Phone Number", schema::Field::phone},
      {"referrer", schema::Field::referer},
      {"visitor", schema::Field::visitor},
  }));
  CAPTURE(name);
  const schema::Spelling* spelling = find_spelling(name);
  REQUIRE(spelling != nullptr);
  CHECK(spelling->field == field);
}

TEST_CASE("other names are no known field", "[intake][fields]") {
  auto name =
      GENERATE(as<std::string>{}, "", "[]", "[", "]", "a[", "email]x", "email[0]", "e\u00E9mail", "budget",
               "emails", "cf-turnstile-responses", "averyveryveryverylongnameoffield", "\u540D\u524D", "___");
  CAPTURE(name);
  CHECK(find_spelling(name) == nullptr);
}

TEST_CASE("every listed spelling finds its field", "[intake][fields]") {
  CHECK(std::is_sorted(schema::kSpellings.begin(), schema::kSpellings.end(),
                       [](const auto& a, const auto& b) { return a.folded < b.folded; }));
  for (const schema::Spelling& spelling : schema::kSpellings) {
    CAPTURE(spelling.folded);
    CHECK(find_spelling(spelling.folded) == &spelling);
  }
  for (std::size_t at = 0; at < schema::kFieldCount; ++at) {
    const schema::Spelling* own = find_spelling(schema::kFields[at].name);
    REQUIRE(own != nullptr);
    CHECK(own->field == static_cast<schema::Field>(at));
    CHECK(own->rank == 0);
  }
}

TEST_CASE("a folded name is letters and digits in lower case", "[intake][fields]") {
  CHECK(fold_name("UTM_Source-2").text() == "utmsource2");
  CHECK(fold_name("a[b][c_D]").text() == "cd");
  CHECK(fold_name("caf\u00E9").text().empty());
}

}  // namespace
