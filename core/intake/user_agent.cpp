// Every browser claims to be several others, so the tables are ordered: the first mark found decides. Apps
// come before the engines they are built on, and late-comers before those they imitate.
#include "core/intake/user_agent.hpp"

#include <array>

namespace leadledger::intake {

namespace {

using schema::Device;

struct Mark {
  std::string_view text;
  std::string_view browser;
};

constexpr std::array<Mark, 44> kBrowsers = {{
    {"Instagram", "instagram"},
    {"FBAN/", "facebook"},
    {"FBAV/", "facebook"},
    {"FB_IAB/", "facebook"},
    {"LinkedInApp", "linkedin"},
    {"musical_ly", "tiktok"},
    {"BytedanceWebview", "tiktok"},
    {"TikTok", "tiktok"},
    {"Pinterest/", "pinterest"},
    {"Snapchat", "snapchat"},
    {"Twitter", "twitter"},
    {"WhatsApp", "whatsapp"},
    {"MicroMessenger", "wechat"},
    {" Line/", "line"},
    {"GSA/", "google_app"},
    {"Edg/", "edge"},
    {"EdgA/", "edge"},
    {"EdgiOS/", "edge"},
    {"Edge/", "edge"},
    {"OPR/", "opera"},
    {"OPT/", "opera"},
    {"OPiOS/", "opera"},
    {"Opera", "opera"},
    {"SamsungBrowser/", "samsung_internet"},
    {"YaBrowser/", "yandex"},
    {"Vivaldi/", "vivaldi"},
    {"DuckDuckGo/", "duckduckgo"},
    {"Ddg/", "duckduckgo"},
    {"UCBrowser/", "uc_browser"},
    {"UBrowser/", "uc_browser"},
    {"MiuiBrowser/", "mi_browser"},
    {"HuaweiBrowser/", "huawei_browser"},
    {"Silk/", "silk"},
    {"CriOS/", "chrome"},
    {"FxiOS/", "firefox"},
    {"Focus/", "firefox"},
    {"Firefox/", "firefox"},
    {"; wv)", "webview"},
    {"HeadlessChrome/", "chrome"},
    {"Chrome/", "chrome"},
    {"Chromium/", "chrome"},
    {"MSIE ", "internet_explorer"},
    {"Trident/", "internet_explorer"},
    {"Safari/", "safari"},
}};

bool has(std::string_view text, std::string_view mark) { return text.find(mark) != std::string_view::npos; }

template <class Marks>
bool has_any(std::string_view text, const Marks& marks) {
  for (const std::string_view mark : marks) {
    if (has(text, mark)) return true;
  }
  return false;
}

Device device_of(std::string_view text) {
  constexpr std::array<std::string_view, 6> kTablets = {"iPad",  "Tablet",   "Kindle",
                                                        "Silk/", "PlayBook", "SM-T"};
  constexpr std::array<std::string_view, 7> kMobiles = {"Mobi",       "iPhone", "iPod",      "Windows Phone",
                                                        "BlackBerry", "BB10",   "Opera Mini"};
  constexpr std::array<std::string_view, 5> kDesktops = {"Windows NT", "Macintosh", "CrOS", "X11",
                                                         "Linux x86_64"};
  // "Tablet PC" is a feature of desktop Windows, not a kind of device.
  if (has_any(text, kTablets) && !has(text, "Tablet PC")) return Device::tablet;
  if (has_any(text, kMobiles)) return Device::mobile;
  // Android says Mobile on phones, and nothing on tablets; televisions say so themselves.
  if (has(text, "Android")) return has(text, "TV") ? Device::other : Device::tablet;
  if (has_any(text, kDesktops)) return Device::desktop;
  return Device::other;
}

std::string_view browser_of(std::string_view text) {
  for (const Mark& mark : kBrowsers) {
    if (has(text, mark.text)) return mark.browser;
  }
  // An app's own window on Apple's systems is Safari's engine without Safari's name.
  const bool apple = has(text, "iPhone") || has(text, "iPad") || has(text, "Macintosh");
  return apple && has(text, "AppleWebKit/") ? "webview" : "other";
}

}  // namespace

UserAgent read_user_agent(std::string_view text) { return {device_of(text), browser_of(text)}; }

}  // namespace leadledger::intake
