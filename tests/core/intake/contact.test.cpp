#include "core/intake/contact.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace leadledger;
using namespace leadledger::intake;

struct Reading {
  Contact contact;
  std::vector<FieldError> faults;

  [[nodiscard]] std::string codes() const {
    std::string out;
    for (const FieldError& fault : faults) out += (out.empty() ? "" : " ") + fault.name + ":" + fault.code;
    return out;
  }
};

Reading read(std::string body, std::string_view country = "IN") {
  const auto form = decode("application/json", body);
  REQUIRE(form.has_value());
  Reading reading;
  reading.contact = read_contact(form->selected, country, reading.faults);
  return reading;
}

TEST_CASE("contact fields are normalised", "[intake][contact]") {
  const Reading got =
      read(R"({"name":" Ada \t Lovelace\u0001","email":" Ada@Lovelace.UK ","phone":"098765 43210",
      "company":"Analytical\nEngines","message":" Dear all,\r\n\r\n  hello\u0002 \n"})");
  CHECK(got.codes().empty());
  CHECK(got.contact.name == "Ada Lovelace");
  CHECK(got.contact.email == "ada@lovelace.uk");
  CHECK(got.contact.phone == "+919876543210");
  CHECK(got.contact.phone_is_e164);
  CHECK(got.contact.phone_calling_code == "91");
  CHECK(got.contact.company == "Analytical Engines");
  CHECK(got.contact.message == "Dear all,\n\n  hello");
}

TEST_CASE("a name is made of the parts it was asked for in", "[intake][contact]") {
  auto [members, name] = GENERATE(table<std::string, std::string>({
      {R"("first_name":"Ada","last_name":"Lovelace")", "Ada Lovelace"},
      {R"("first_name":"Ada")", "Ada"},
      {R"("surname":"Lovelace")", "Lovelace"},
      {R"("name":"Ada Lovelace","first_name":"A","last_name":"L")", "Ada Lovelace"},
      {R"("name":"Ada","last_name":"Lovelace")", "Ada Lovelace"},
      {R"("name":"Ada Lovelace","last_name":"Lovelace")", "Ada Lovelace"},
      {R"("name":" ","first_name":"Ada","last_name":null)", "Ada"},
      {R"("name":7)", "7"},
      {"\"first_name\":\"" + std::string(200, 'a') + "\",\"last_name\":\"b\"", std::string(200, 'a')},
  }));
  CAPTURE(members);
  const Reading got = read("{\"email\":\"a@b.co\"," + members + "}");
  CHECK(got.codes().empty());
  CHECK(got.contact.name == name);
}

TEST_CASE("numbers will do as phone, name, company and message", "[intake][contact]") {
  const Reading got = read(R"({"phone":919876543210,"company":42,"message":3.5})");
  CHECK(got.codes().empty());
  CHECK(got.contact.phone == "+919876543210");
  CHECK(got.contact.company == "42");
  CHECK(got.contact.message == "3.5");
}

TEST_CASE("every fault is told, under the name the sender used", "[intake][contact]") {
  auto [body, codes] = GENERATE(table<std::string, std::string>({
      {R"({})", "email:required phone:required"},
      {R"({"email":"","phone":null})", "email:required phone:required"},
      {R"({"Your E-Mail":" "})", "Your E-Mail:required phone:required"},
      {R"({"email":"nobody"})", "email:invalid_email"},
      {R"({"work_email":"nobody","phone":"+919876543210"})", "work_email:invalid_email"},
      {R"({"phone":"call me"})", "phone:invalid_phone"},
      {R"({"email":"nobody","mobile":"call me"})", "email:invalid_email mobile:invalid_phone"},
      {R"({"email":7,"phone":"+919876543210"})", "email:wrong_type"},
      {R"({"email":true})", "email:wrong_type"},
      {R"({"email":["a@b.co"]})", "email:wrong_type"},
      {R"({"email":"a@b.co","name":{},"company":false})", "name:wrong_type company:wrong_type"},
      {R"({"phone":12345678901234567890123456789012345678901})", "phone:too_long"},
      {R"({"email":"a@b.co","message":12345678901234567890123456789012345678901})", "message:too_long"},
  }));
  CAPTURE(body);
  const Reading got = read(body);
  CHECK(got.codes() == codes);
  for (const FieldError& fault : got.faults) CHECK(fault.reason.ends_with('.'));
}

TEST_CASE("an unreadable phone is kept as sent beside an e-mail", "[intake][contact]") {
  const Reading got = read(R"({"email":"a@b.co","phone":" ask\tfor Ada "})");
  CHECK(got.codes().empty());
  CHECK(got.contact.phone == "ask for Ada");
  CHECK_FALSE(got.contact.phone_is_e164);
  CHECK(got.contact.phone_calling_code.empty());
}

TEST_CASE("contact fields have limits in characters, not bytes", "[intake][contact]") {
  auto [field, limit] = GENERATE(table<std::string, std::size_t>({{"name", 200},
                                                                  {"first_name", 200},
                                                                  {"last_name", 200},
                                                                  {"company", 200},
                                                                  {"message", 10000},
                                                                  {"phone", 40}}));
  CAPTURE(field);
  std::string longest;
  for (std::size_t left = limit; left > 0; --left) longest += "\u00E9";
  const std::string start = "{\"email\":\"a@b.co\",\"" + field + "\":\"";
  CHECK(read(start + longest + "\"}").codes().empty());
  const Reading got = read(start + longest + "x\"}");
  CHECK(got.codes() == field + ":too_long");
  CHECK(got.faults.front().reason.find(std::to_string(limit)) != std::string::npos);
}

TEST_CASE("an e-mail beyond its limit is too long, not invalid", "[intake][contact]") {
  CHECK(read("{\"email\":\"a@" + std::string(255, 'b') + ".com\"}").codes() == "email:too_long");
}

}  // namespace
