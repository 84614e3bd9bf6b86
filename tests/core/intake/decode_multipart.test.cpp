#include <catch2/catch.hpp>

#include "core/intake/decoders.hpp"
#include "core/intake/form.hpp"

namespace {

using namespace leadledger;
using namespace leadledger::intake;

constexpr std::string_view kType = "multipart/form-data; boundary=\"b 1\"";

/// A part of the boundary "b 1".
std::string part(std::string_view headers, std::string_view value) {
  return "--b 1\r\n" + std::string(headers) + "\r\n\r\n" + std::string(value) + "\r\n";
}

std::string field(std::string_view name, std::string_view value) {
  return part("Content-Disposition: form-data; name=\"" + std::string(name) + "\"", value);
}

TEST_CASE("text parts of a multipart form are its fields", "[intake][multipart]") {
  std::string body =
      "preamble\r\n" + field("email", "a@b.co") + field("message", "two\r\nlines\r\n--b 1x\r\n--b") +
      part("content-type: text/plain; charset=UTF-8\r\nCONTENT-DISPOSITION: form-data; name=company",
           "Acme") +
      part("Content-Disposition: form-data; name=\"q%22\\\"x\"\r\nX-Other: 1", "") +
      part(
          "Content-Disposition: form-data; name=\"cv\"; filename=\"\"\r\nContent-Type: "
          "application/octet-stream",
          "") +
      "--b 1--\r\nepilogue";
  const auto form = decode(kType, body);
  REQUIRE(form.has_value());
  CHECK((*form)[Field::email].text == "a@b.co");
  CHECK((*form)[Field::message].text == "two\r\nlines\r\n--b 1x\r\n--b");
  CHECK((*form)[Field::company].text == "Acme");
  REQUIRE(form->custom.size() == 2);
  CHECK(form->custom[0].name == "q\"\"x");
  CHECK(form->custom[1].name == "cv");
  CHECK(form->custom[1].value.text.empty());
  CHECK(form->encoded_as_form);
}

TEST_CASE("boundary lines may end in white space, and a form may have no part", "[intake][multipart]") {
  std::string padded = "--x \t\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--x--";
  const auto form = decode("multipart/form-data; boundary=x", padded);
  REQUIRE(form.has_value());
  CHECK(form->custom[0].value.text == "1");
  std::string empty = "--x--\r\n";
  CHECK(decode("multipart/form-data; boundary=x", empty)->entries.empty());
  std::string shared = "--x\r\nContent-Disposition: form-data; name=a\r\n\r\n--x--";
  const auto no_value = decode("multipart/form-data; boundary=x", shared);
  REQUIRE(no_value.has_value());
  CHECK(no_value->custom[0].value.text.empty());
}

TEST_CASE("files and parts that are no text are refused by name", "[intake][multipart]") {
  auto [headers, value] = GENERATE(table<std::string, std::string>({
      {"Content-Disposition: form-data; name=\"cv\"; filename=\"cv.txt\"\r\nContent-Type: text/plain", "x"},
      {"Content-Disposition: form-data; name=\"cv\"; filename*=utf-8''cv.txt", "x"},
      {"Content-Disposition: form-data; name=\"cv\"; filename=\"\"\r\nContent-Type: application/pdf", "x"},
      {"Content-Disposition: form-data; name=\"cv\"\r\nContent-Type: application/json", "{}"},
      {"Content-Disposition: form-data; name=\"cv\"\r\nContent-Type: text/plain; charset=utf-16", "x"},
      {"Content-Disposition: form-data; name=\"cv\"\r\nContent-Transfer-Encoding: base64", "eA=="},
  }));
  CAPTURE(headers);
  std::string body = field("email", "a@b.co") + part(headers, value) + "--b 1--";
  const auto form = decode(kType, body);
  REQUIRE_FALSE(form.has_value());
  CHECK(form.error().code == ErrorCode::unsupported_media_type);
  REQUIRE(form.error().fields.size() == 1);
  CHECK(form.error().fields[0].name == "cv");
  CHECK(form.error().detail.find("cv") != std::string::npos);
}

TEST_CASE("a multipart body that breaks its own rules is malformed", "[intake][multipart]") {
  auto [type, sent] = GENERATE(table<std::string, std::string>({
      {"multipart/form-data", "--b--"},
      {"multipart/form-data; boundary=", "----"},
      {"multipart/form-data; boundary=" + std::string(71, 'b'), "--" + std::string(71, 'b') + "--"},
      {"multipart/form-data; boundary=b", ""},
      {"multipart/form-data; boundary=b", "--c--"},
      {"multipart/form-data; boundary=b", "--b"},
      {"multipart/form-data; boundary=b", "--b\r\n"},
      {"multipart/form-data; boundary=b", "--b\nContent-Disposition: form-data; name=a\n\n1\n--b--"},
      {"multipart/form-data; boundary=b", "--b\r\n\r\n1\r\n--b--"},
      {"multipart/form-data; boundary=b", "--b\r\nnonsense\r\n\r\n1\r\n--b--"},
      {"multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data\r\n\r\n1\r\n--b--"},
      {"multipart/form-data; boundary=b", "--b\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n--b--"},
      {"multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n"},
      {"multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1--b--"},
      {"multipart/form-data; boundary=b",
       "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--b\r\n"},
      {"multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=a"},
  }));
  CAPTURE(type, sent);
  std::string body = sent;
  const auto form = decode(type, body);
  REQUIRE_FALSE(form.has_value());
  CHECK(form.error().code == ErrorCode::malformed_body);
}

TEST_CASE("faults of a part name its field", "[intake][multipart]") {
  auto [parts, code, reason] = GENERATE(table<std::string, ErrorCode, std::string>({
      {field("name", "\xFF"), ErrorCode::malformed_body, "bad_encoding"},
      {field("name", std::string("a\0b", 3)), ErrorCode::validation_failed, "nul_character"},
      {field("name", "a") + field("name", "b"), ErrorCode::validation_failed, "duplicate_field"},
  }));
  CAPTURE(parts);
  std::string body = parts + "--b 1--";
  const auto form = decode(kType, body);
  REQUIRE_FALSE(form.has_value());
  CHECK(form.error().code == code);
  REQUIRE(form.error().fields.size() == 1);
  CHECK(form.error().fields[0].name == "name");
  CHECK(form.error().fields[0].code == reason);
}

}  // namespace
