// Where a visit came from, as marketing groups it.
#pragma once

#include <string_view>

#include "leadledger/enums.hpp"

namespace leadledger::intake {

/// What a channel is read from; any may be "".
struct ChannelSigns {
  std::string_view utm_medium;
  std::string_view utm_source;
  std::string_view paid_click_id;    // gclid or msclkid: these are given to paid clicks only
  std::string_view social_click_id;  // fbclid: given to every click on Facebook, paid or not
  std::string_view referer_host;     // lower case, without www.
  std::string_view page_host;        // likewise
};

[[nodiscard]] schema::Channel channel_of(const ChannelSigns& signs);

}  // namespace leadledger::intake
