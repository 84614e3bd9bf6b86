// What the deployment says of its channels, and when they are to be left alone.
#include <catch2/catch.hpp>
#include <string>

#include "core/app/channels.hpp"

using namespace leadledger;
using namespace leadledger::app;

namespace {

constexpr std::string_view kSecret = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

std::vector<Channel> read(std::string webhooks) {
  std::string config = R"({"api_keys":[],"webhooks":)" + webhooks + "}";
  return read_channels({config.data(), config.size()});
}

std::string entry(const std::string& url, const std::string& more = "") {
  return R"([{"id":"hook","type":"webhook","url":")" + url + R"(","secret":"whsec_)" + std::string(kSecret) +
         R"(","projects":["*"],"topics":["alert"])" + more + "}]";
}

std::string problem_of_url(const std::string& url) { return read(entry(url)).at(0).problem; }

time::Zone kolkata() { return {"Asia/Kolkata", 19'800, {}}; }

/// Seconds after midnight in Kolkata, 2026-11-21.
std::int64_t at(int hour, int minute, int second = 0) {
  return 1'795'199'400 + hour * 3600 + minute * 60 + second;
}

bool are_quiet_at(const QuietHours& hours, const time::Zone& zone, std::int64_t now_s) {
  return quiet_left_s(hours, zone, now_s) > 0;
}

}  // namespace

TEST_CASE("A channel is read whole", "[channels]") {
  const auto channels =
      read(R"([{"id":"ops-1","type":"webhook","url":"https://Hooks.Example:8443/a/b?c=d","secret":"whsec_)" +
           std::string(kSecret) +
           R"(","projects":["globex","acme","acme"],"topics":["alert","brief"],)"
           R"("quiet_hours":{"from":"22:00","to":"07:05","timezone":"Asia/Kolkata"}},)"
           R"({"id":"team","type":"slack","url":"https://hooks.slack.com/services/x","projects":["*"],)"
           R"("topics":["brief"],"quiet_hours":null,"secret":null}])");
  REQUIRE(channels.size() == 2);
  CHECK(channels[0].problem.empty());
  CHECK(channels[0].id == "ops-1");
  CHECK(channels[0].type == ChannelType::webhook);
  CHECK(channels[0].url == "https://Hooks.Example:8443/a/b?c=d");
  CHECK(channels[0].host == "hooks.example");
  CHECK(channels[0].secret == kSecret);
  CHECK(channels[0].projects == std::vector<std::string>{"acme", "globex"});
  CHECK((channels[0].takes_briefs && channels[0].takes_alerts));
  REQUIRE(channels[0].quiet_hours);
  CHECK(channels[0].quiet_hours->from_minute == 22 * 60);
  CHECK(print_clock(channels[0].quiet_hours->to_minute) == "07:05");
  CHECK(channels[1].problem.empty());
  CHECK(channels[1].type == ChannelType::slack);
  CHECK((channels[1].takes_briefs && !channels[1].takes_alerts));
  CHECK(!channels[1].quiet_hours);
  CHECK(find_channel(channels, "team") == &channels[1]);
  CHECK(find_channel(channels, "") == nullptr);
}

TEST_CASE("A url leads to the host that we see in it, by https", "[channels]") {
  for (const char* good : {"https://hooks.example", "https://hooks.example/", "https://hooks.example?x=1",
                           "http://localhost:8080/x", "http://127.0.0.1/x", "http://[::1]:9/x",
                           "https://10.0.0.1:443/a@b", "http://LOCALHOST/x"}) {
    CAPTURE(good);
    CHECK(problem_of_url(good).empty());
  }
  for (const char* bad : {"",
                          "hooks.example",
                          "https://",
                          "https:///x",
                          "https://?x",
                          "https://:443/",
                          "http://hooks.example/",
                          "http://localhost.evil.example/",
                          "http://127.0.0.1.evil.example/",
                          "http://127.0.0.2/",
                          "http://127.1/",
                          "http://0/",
                          "http://[::2]/",
                          "http://[::1/",
                          "http://[]/",
                          "https://ada:pw@hooks.example/",
                          "https://hooks.example@evil.example/",
                          "http://localhost@evil.example/",
                          "http://localhost:80@evil.example/",
                          R"(http://localhost\\@evil.example/)",
                          R"(http:\\/\\/localhost/)",
                          "https://hooks.example:0/",
                          "https://hooks.example:65536/",
                          "https://hooks.example:/",
                          "https://hooks.example:8x/",
                          "https://hooks.example/a b",
                          R"(https://hooks.exa\tmple/)",
                          R"(https://hooks.exa\u00e4mple/)",
                          "https://hooks.example/#x",
                          "https://hooks.exa%6dple/",
                          "HTTPS://hooks.example/",
                          " https://hooks.example/",
                          R"(https://hooks.example/\u0000)",
                          "javascript:alert(1)",
                          "https://hooks_example,evil/"}) {
    CAPTURE(bad);
    CHECK(!problem_of_url(bad).empty());
  }
  CHECK(problem_of_url("https://hooks.example/" + std::string(2026, 'x')).empty());
  CHECK(!problem_of_url("https://hooks.example/" + std::string(2027, 'x')).empty());
}

TEST_CASE("Whatever stands in the list, it is read, and its fault said", "[channels]") {
  for (const char* none : {"[]", "[[]", "", "\"\""}) CHECK(read(none).size() <= 1);
  CHECK(read("null").at(0).problem == "WEBHOOKS is no JSON list of channels.");
  for (const char* odd :
       {"[1]", "[null]", "[[]]", "[{}]", R"([{"id":1,"type":2,"url":[],"projects":{},"topics":"brief"}])"}) {
    CAPTURE(odd);
    const auto channels = read(odd);
    REQUIRE(channels.size() == 1);
    CHECK(!channels[0].problem.empty());
    CHECK(channels[0].id.empty());
  }
  for (const char* quiet :
       {"{}", "5", R"({"from":"22:00","to":"07:00"})", R"({"from":"22:60","to":"07:00","timezone":"UTC"})",
        R"({"from":"2:00","to":"07:00","timezone":"UTC"})",
        R"({"from":"22:00","to":"0700","timezone":"UTC"})",
        R"({"from":"22:00","to":"-1:00","timezone":"UTC"})"}) {
    CAPTURE(quiet);
    CHECK(
        !read(entry("https://a.example/", std::string(R"(,"quiet_hours":)") + quiet)).at(0).problem.empty());
  }
}

TEST_CASE("Who gets projects may see what is wholly of these", "[channels]") {
  using List = std::vector<std::string>;
  CHECK(contain_scope(List{"*"}, List{"*"}));
  CHECK(contain_scope(List{"*"}, List{"acme"}));
  CHECK(contain_scope(List{"acme", "globex"}, List{"acme"}));
  CHECK_FALSE(contain_scope(List{"acme"}, List{"acme", "globex"}));
  CHECK_FALSE(contain_scope(List{"acme"}, List{"*"}));
  CHECK_FALSE(contain_scope(List{"acme"}, List{}));
}

TEST_CASE("Quiet hours are those of the channel's clock, over midnight too", "[channels]") {
  const time::Zone zone = kolkata();
  const QuietHours night{22 * 60, 7 * 60 + 30, "Asia/Kolkata"};
  CHECK_FALSE(are_quiet_at(night, zone, at(21, 59, 59)));
  CHECK(are_quiet_at(night, zone, at(22, 0)));
  CHECK(are_quiet_at(night, zone, at(23, 59, 59)));
  CHECK(are_quiet_at(night, zone, at(24, 0)));
  CHECK(are_quiet_at(night, zone, at(31, 29, 59)));
  CHECK_FALSE(are_quiet_at(night, zone, at(31, 30)));
  const QuietHours lunch{12 * 60, 13 * 60, "Asia/Kolkata"};
  CHECK_FALSE(are_quiet_at(lunch, zone, at(11, 59)));
  CHECK(are_quiet_at(lunch, zone, at(12, 0)));
  CHECK_FALSE(are_quiet_at(lunch, zone, at(13, 0)));
  CHECK_FALSE(are_quiet_at({0, 0, ""}, zone, at(0, 0)));
  CHECK_FALSE(are_quiet_at({720, 720, ""}, zone, at(12, 0)));
  CHECK(are_quiet_at({22 * 60, 0, ""}, zone, at(23, 0)));
  CHECK_FALSE(are_quiet_at({22 * 60, 0, ""}, zone, at(24, 0)));
  CHECK(are_quiet_at({0, 1439, ""}, zone, -1));  // before 1970: 05:29:59
}

TEST_CASE("How long quiet hours go on is counted by the clock", "[channels]") {
  const time::Zone zone = kolkata();
  const QuietHours night{22 * 60, 7 * 60 + 30, "Asia/Kolkata"};
  CHECK(quiet_left_s(night, zone, at(21, 59, 59)) == 0);
  CHECK(quiet_left_s(night, zone, at(22, 0)) == 9 * 3600 + 1800);
  CHECK(quiet_left_s(night, zone, at(31, 29, 59)) == 1);
  CHECK(quiet_left_s({60, 59, ""}, zone, at(1, 0)) == 24 * 3600 - 60);
  // Berlin, 2026-10-25, 01:00: at 03:00 the clock is put back by an hour.
  const time::Zone autumn("Europe/Berlin", 7200, {{1'793'581'200, 3600}});
  CHECK(quiet_left_s({60, 5 * 60, ""}, autumn, 1'793'581'200 - 7200) == 5 * 3600);
}

TEST_CASE("Of a list of projects that is wrong nothing is taken", "[channels]") {
  for (const char* projects :
       {R"(["acme","Bad Slug","globex"])", R"(["acme","*"])", R"(["acme",1])", "[]", "{}"}) {
    const auto channels =
        read(R"([{"id":"team","type":"slack","url":"https://hooks.example/x","topics":["alert"],)"
             R"("projects":)" +
             std::string(projects) + "}]");
    REQUIRE(channels.size() == 1);
    CHECK_FALSE(channels[0].problem.empty());
    CHECK(channels[0].projects.empty());
  }
}

TEST_CASE("Where the clock changes, quiet hours follow it", "[channels]") {
  // Berlin, 2026-10-25: 02:00 to 03:00 comes twice, 2026-03-29: it is skipped.
  const time::Zone autumn("Europe/Berlin", 7200, {{1'793'581'200, 3600}});
  const QuietHours hour{2 * 60, 3 * 60, "Europe/Berlin"};
  const std::int64_t first = 1'793'581'200 - 3600;
  CHECK_FALSE(are_quiet_at(hour, autumn, first - 1));
  CHECK(are_quiet_at(hour, autumn, first));
  CHECK(are_quiet_at(hour, autumn, first + 7199));
  CHECK_FALSE(are_quiet_at(hour, autumn, first + 7200));
  const time::Zone spring("Europe/Berlin", 3600, {{1'774'746'000, 7200}});
  CHECK_FALSE(are_quiet_at(hour, spring, 1'774'746'000 - 1));
  CHECK_FALSE(are_quiet_at(hour, spring, 1'774'746'000));
}
