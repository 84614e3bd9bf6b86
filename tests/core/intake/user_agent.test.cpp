#include "core/intake/user_agent.hpp"

#include <catch2/catch.hpp>

#include "tests/core/hostile_text.hpp"

namespace {

using leadledger::intake::read_user_agent;
using leadledger::schema::Device;

TEST_CASE("device and browser are read from the user agent", "[intake][agent]") {
  const std::string webkit = " AppleWebKit/605.1.15 (KHTML, like Gecko)";
  const std::string blink = " AppleWebKit/537.36 (KHTML, like Gecko)";
  const std::string windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)" + blink;
  const std::string mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)" + webkit;
  const std::string iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X)" + webkit;
  const std::string ipad = "Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X)" + webkit;
  const std::string android = "Mozilla/5.0 (Linux; Android 14; Pixel 8)" + blink;
  auto [text, device, browser] = GENERATE_COPY(table<std::string, Device, std::string>({
      {windows + " Chrome/126.0.0.0 Safari/537.36", Device::desktop, "chrome"},
      {windows + " Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0", Device::desktop, "edge"},
      {windows + " Chrome/126.0.0.0 Safari/537.36 OPR/112.0.0.0", Device::desktop, "opera"},
      {"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:127.0) Gecko/20100101 Firefox/127.0", Device::desktop,
       "firefox"},
      {"Mozilla/5.0 (X11; Linux x86_64)" + blink + " Chrome/126.0.0.0 Safari/537.36", Device::desktop,
       "chrome"},
      {"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0)" + blink + " Chrome/126.0.0.0 Safari/537.36",
       Device::desktop, "chrome"},
      {mac + " Version/17.5 Safari/605.1.15", Device::desktop, "safari"},
      {"Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko", Device::desktop,
       "internet_explorer"},
      {"Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2; Tablet PC 2.0; Trident/6.0)", Device::desktop,
       "internet_explorer"},
      {iphone + " Version/17.5 Mobile/15E148 Safari/604.1", Device::mobile, "safari"},
      {iphone + " CriOS/126.0 Mobile/15E148 Safari/604.1", Device::mobile, "chrome"},
      {iphone + " FxiOS/127.0 Mobile/15E148 Safari/605.1.15", Device::mobile, "firefox"},
      {iphone + " EdgiOS/126.0 Mobile/15E148 Safari/605.1.15", Device::mobile, "edge"},
      {iphone + " Version/16.6 OPT/4.7 Mobile/15E148", Device::mobile, "opera"},
      {iphone + " GSA/323.0 Mobile/15E148 Safari/604.1", Device::mobile, "google_app"},
      {iphone + " Mobile/15E148 [FBAN/FBIOS;FBAV/468.0]", Device::mobile, "facebook"},
      {iphone + " Mobile/15E148 Instagram 340.0.0 (iPhone14,5)", Device::mobile, "instagram"},
      {iphone + " Mobile/15E148 [LinkedInApp]/9.29", Device::mobile, "linkedin"},
      {iphone + " Mobile/15E148", Device::mobile, "webview"},
      {ipad + " Version/16.6 Mobile/15E148 Safari/604.1", Device::tablet, "safari"},
      {android + " Chrome/126.0.0.0 Mobile Safari/537.36", Device::mobile, "chrome"},
      {android + " SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36", Device::mobile,
       "samsung_internet"},
      {"Mozilla/5.0 (Linux; Android 14; Pixel 8; wv)" + blink +
           " Version/4.0 Chrome/126.0 Mobile Safari/537.36",
       Device::mobile, "webview"},
      {android + " Version/4.0 Chrome/126.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/470.0]", Device::mobile,
       "facebook"},
      {android + " Chrome/126.0 Mobile Safari/537.36 EdgA/126.0", Device::mobile, "edge"},
      {"Mozilla/5.0 (Linux; Android 13; SM-T870)" + blink + " Chrome/126.0 Safari/537.36", Device::tablet,
       "chrome"},
      {"Mozilla/5.0 (Android 13; Mobile; rv:127.0) Gecko/127.0 Firefox/127.0", Device::mobile, "firefox"},
      {"Mozilla/5.0 (Android 13; Tablet; rv:127.0) Gecko/127.0 Firefox/127.0", Device::tablet, "firefox"},
      {"Mozilla/5.0 (Linux; Android 12; BRAVIA 4K Android TV)" + blink + " Chrome/126.0 Safari/537.36",
       Device::other, "chrome"},
      {"Opera/9.80 (J2ME/MIDP; Opera Mini/7.1; U; en) Presto/2.8.119 Version/11.10", Device::mobile, "opera"},
      {"curl/8.5.0", Device::other, "other"},
      {"", Device::other, "other"},
  }));
  CAPTURE(text);
  const auto agent = read_user_agent(text);
  CHECK(to_text(agent.device) == to_text(device));
  CHECK(agent.browser == browser);
}

TEST_CASE("a browser's name fits its slot, whatever the user agent", "[intake][agent]") {
  leadledger::tests::Random random(8);
  for (int round = 0; round < 2000; ++round) {
    const auto agent = read_user_agent(leadledger::tests::hostile_text(random, 30));
    REQUIRE_FALSE(agent.browser.empty());
    REQUIRE(agent.browser.size() <= 40);
    REQUIRE(agent.device != Device::bot);
  }
}

}  // namespace
