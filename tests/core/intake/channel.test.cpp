#include "core/intake/channel.hpp"

#include <catch2/catch.hpp>

namespace {

using leadledger::intake::channel_of;
using leadledger::schema::Channel;

TEST_CASE("the channel is read from the first sign that says something", "[intake][channel]") {
  struct Row {
    std::string why, medium, source, paid, social, referer, page;
    Channel channel;
  };
  auto row = GENERATE(values<Row>({
      {"nothing", "", "", "", "", "", "", Channel::direct},
      {"paid medium", "CPC", "google", "", "", "google.com", "", Channel::paid},
      {"paid social medium", "paid_social", "facebook", "", "fb", "", "", Channel::paid},
      {"e-mail medium", " Email ", "", "", "", "", "", Channel::email},
      {"social medium", "social", "", "", "", "", "", Channel::social},
      {"organic medium", "organic", "", "", "", "", "", Channel::organic},
      {"referral medium", "affiliate", "", "", "", "google.com", "", Channel::referral},
      {"medium before click id", "email", "", "gclid", "", "", "", Channel::email},
      {"paid click id", "", "", "gclid", "", "google.com", "", Channel::paid},
      {"Facebook's click id is social", "", "", "", "fbclid", "", "", Channel::social},
      {"unknown medium, known source", "post", "LinkedIn", "", "", "", "", Channel::social},
      {"newsletter as source", "", "newsletter", "", "", "", "", Channel::email},
      {"unknown medium and source", "qr", "flyer", "", "", "", "", Channel::referral},
      {"unknown tags, known referer", "qr", "flyer", "", "", "bing.com", "", Channel::organic},
      {"search host", "", "", "", "", "google.co.in", "acme.com", Channel::organic},
      {"search host with label in front", "", "", "", "", "news.google.com", "", Channel::organic},
      {"mail before search", "", "", "", "", "mail.google.com", "", Channel::email},
      {"mail host", "", "", "", "", "outlook.live.com", "", Channel::email},
      {"short link of a network", "", "", "", "", "t.co", "", Channel::social},
      {"short link of a network", "", "", "", "", "lnkd.in", "", Channel::social},
      {"mobile host of a network", "", "", "", "", "m.facebook.com", "", Channel::social},
      {"short name that is anybody's", "", "", "", "", "t.acme.com", "", Channel::referral},
      {"part of a name only", "", "", "", "", "notgoogle.com", "", Channel::referral},
      {"another site", "", "", "", "", "blog.example.org", "acme.com", Channel::referral},
      {"the page's own site", "", "", "", "", "acme.com", "acme.com", Channel::direct},
      {"a search engine's own page", "", "", "", "", "google.com", "google.com", Channel::direct},
      {"dots only", "", "", "", "", "..", "", Channel::referral},
  }));
  CAPTURE(row.why, row.referer);
  CHECK(to_text(channel_of({row.medium, row.source, row.paid, row.social, row.referer, row.page})) ==
        to_text(row.channel));
}

}  // namespace
