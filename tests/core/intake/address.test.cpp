#include "core/intake/address.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace leadledger::intake;

TEST_CASE("addresses are printed in one canonical form", "[intake][address]") {
  auto [text, canonical] = GENERATE(table<std::string, std::string>({
      {"192.0.2.1", "192.0.2.1"},
      {"0.0.0.0", "0.0.0.0"},
      {"255.255.255.255", "255.255.255.255"},
      {"::ffff:192.0.2.1", "192.0.2.1"},
      {"::FFFF:c000:201", "192.0.2.1"},
      {"::", "::"},
      {"::1", "::1"},
      {"1::", "1::"},
      {"2001:DB8::0001", "2001:db8::1"},
      {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},     // the first of two equal runs
      {"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},           // the longer run
      {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},  // one zero alone is written
      {"64:ff9b::192.0.2.33", "64:ff9b::c000:221"},
      {"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"},
      {"::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"},
      {"fe80::a:b:c:d", "fe80::a:b:c:d"},
  }));
  CAPTURE(text);
  CHECK(canonical_address(text) == canonical);
  CHECK(canonical_address(canonical) == canonical);
}

TEST_CASE("what is no address is nothing", "[intake][address]") {
  auto text =
      GENERATE(as<std::string>{}, "", " ", "1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.04", "1.2.3.-4",
               "1.2.3.4 ", " 1.2.3.4", "1.2.3.4:80", "[::1]", "fe80::1%eth0", ":", ":::", "1:2:3:4:5:6:7",
               "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "::1::", "12345::", "g::", "1:2:3:4:5:6:7:1.2.3.4",
               "::1.2.3.4:1", "1.2.3.4::", "::1.2.3", "+1::", "localhost", "1..2.3", "0x7f.0.0.1");
  CAPTURE(text);
  CHECK_FALSE(parse_address(text).has_value());
  CHECK(canonical_address(text).empty());
}

TEST_CASE("a range has a first and a last address and canonical text", "[intake][address]") {
  auto [text, first, last, canonical] = GENERATE(table<std::string, std::string, std::string, std::string>({
      {"192.0.2.99/24", "192.0.2.0", "192.0.2.255", "192.0.2.0/24"},
      {"192.0.2.99", "192.0.2.99", "192.0.2.99", "192.0.2.99/32"},
      {"0.0.0.0/0", "0.0.0.0", "255.255.255.255", "0.0.0.0/0"},
      {"10.1.2.3/9", "10.0.0.0", "10.127.255.255", "10.0.0.0/9"},
      {"::ffff:10.0.0.0/104", "10.0.0.0", "10.255.255.255", "10.0.0.0/8"},
      {"2001:db8::1", "2001:db8::1", "2001:db8::1", "2001:db8::1/128"},
      {"2001:db8:ffff::/33", "2001:db8:8000::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
       "2001:db8:8000::/33"},
      {"::/0", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "::/0"},
  }));
  CAPTURE(text);
  const auto range = parse_cidr(text);
  REQUIRE(range.has_value());
  CHECK(print_address(range->first) == first);
  CHECK(print_address(range->last) == last);
  CHECK(print_cidr(*range) == canonical);
  CHECK(print_cidr(*parse_cidr(canonical)) == canonical);
}

TEST_CASE("what is no range is nothing", "[intake][address]") {
  auto text = GENERATE(as<std::string>{}, "", "/", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1",
                       "10.0.0.0/+8", "10.0.0.0/08", "10.0.0.0/8/8", "10.0.0.0/8 ", "::/129",
                       "::/0000000000000000000008", "10.0.0/8");
  CAPTURE(text);
  CHECK_FALSE(parse_cidr(text).has_value());
}

TEST_CASE("hexadecimal text orders as addresses do and does not tell IPv4 from mapped", "[intake][address]") {
  CHECK(address_hex("192.0.2.0") == "00000000000000000000ffffc0000200");
  CHECK(address_hex("::ffff:192.0.2.0") == address_hex("192.0.2.0"));
  CHECK(address_hex("2001:db8::") == "20010db8000000000000000000000000");
  CHECK(*address_hex("9.255.255.255") < *address_hex("10.0.0.0"));
  CHECK_FALSE(address_hex("nowhere").has_value());
}

TEST_CASE("a range holds its addresses in either notation", "[intake][address]") {
  CHECK(cidr_contains("192.0.2.0/24", "192.0.2.255"));
  CHECK(cidr_contains("192.0.2.0/24", "::ffff:192.0.2.7"));
  CHECK(cidr_contains("::ffff:192.0.2.0/120", "192.0.2.7"));
  CHECK_FALSE(cidr_contains("192.0.2.0/24", "192.0.3.0"));
  CHECK_FALSE(cidr_contains("192.0.2.0/24", ""));
  CHECK_FALSE(cidr_contains("bad", "192.0.2.1"));
  CHECK(cidr_contains("::/0", "192.0.2.1"));  // every address is an IPv6 one here
}

TEST_CASE("a block is no wider than one holder's network", "[intake][address]") {
  for (const char* cidr :
       {"10.0.0.0/8", "0.0.0.0/8", "::ffff:10.0.0.0/104", "192.0.2.1", "2001::/16", "::1"}) {
    CAPTURE(cidr);
    CHECK_FALSE(is_too_wide_to_block(*parse_cidr(cidr)));
  }
  for (const char* cidr : {"10.0.0.0/7", "0.0.0.0/0", "128.0.0.0/1", "::ffff:10.0.0.0/103", "::ffff:0:0/96",
                           "::/80", "::/16", "::/0", "2000::/15"}) {
    CAPTURE(cidr);
    CHECK(is_too_wide_to_block(*parse_cidr(cidr)));
  }
}

}  // namespace
