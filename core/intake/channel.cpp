// What the link says of itself comes first, then what the ad network added, then where the browser came from.
// The first sign that says something decides:
//   1. utm_medium, if it is one of the listed words;
//   2. a click id of a paid click, then Facebook's, which says social only;
//   3. utm_source, if it is the name of a search engine, a network or mail;
//   4. the referer's host, likewise, unless it is the page's own;
//   5. tags or a referer that say nothing more are a referral; no sign at all is direct.
#include "core/intake/channel.hpp"

#include <algorithm>
#include <optional>

#include "core/support/text.hpp"
#include "leadledger/rules.hpp"

namespace leadledger::intake {

namespace {

using schema::Channel;

template <class List>
bool lists(const List& list, std::string_view word) {
  return std::any_of(list.begin(), list.end(),
                     [&](std::string_view item) { return text::equals_ignoring_case(item, word); });
}

std::optional<Channel> channel_of_medium(std::string_view medium) {
  if (lists(schema::kPaidMediums, medium)) return Channel::paid;
  if (lists(schema::kEmailMediums, medium)) return Channel::email;
  if (lists(schema::kSocialMediums, medium)) return Channel::social;
  if (lists(schema::kOrganicMediums, medium)) return Channel::organic;
  if (lists(schema::kReferralMediums, medium)) return Channel::referral;
  return std::nullopt;
}

/// Whether a label of `host` is in `list`. A name of one or two letters, such as the t of t.co, counts only
/// right before the ending: t.acme.com is anybody's.
template <class List>
bool names_host(const List& list, std::string_view host) {
  constexpr std::size_t kShort = 2;
  while (!host.empty()) {
    const auto [label, rest] = text::split_once(host, '.');
    const bool last_but_one = rest.find('.') == std::string_view::npos;
    if (lists(list, label) && (label.size() > kShort || last_but_one)) return true;
    host = rest;
  }
  return false;
}

std::optional<Channel> channel_of_host(std::string_view host) {
  if (host.empty()) return std::nullopt;
  // Mail first: mail.google.com is both.
  if (names_host(schema::kMailHosts, host)) return Channel::email;
  if (names_host(schema::kSearchHosts, host)) return Channel::organic;
  if (names_host(schema::kSocialHosts, host)) return Channel::social;
  return std::nullopt;
}

}  // namespace

schema::Channel channel_of(const ChannelSigns& signs) {
  const std::string_view medium = text::trim(signs.utm_medium);
  const std::string_view source = text::trim(signs.utm_source);
  const std::string_view referer =
      signs.referer_host == signs.page_host ? std::string_view{} : signs.referer_host;
  if (const auto channel = channel_of_medium(medium)) return *channel;
  if (!signs.paid_click_id.empty()) return Channel::paid;
  if (!signs.social_click_id.empty()) return Channel::social;
  if (lists(schema::kEmailMediums, source)) return Channel::email;
  if (const auto channel = channel_of_host(source)) return *channel;
  if (const auto channel = channel_of_host(referer)) return *channel;
  return medium.empty() && source.empty() && referer.empty() ? Channel::direct : Channel::referral;
}

}  // namespace leadledger::intake
