// Channels: where briefs and alerts are told. The deployment's secret WEBHOOKS lists them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/app/quiet_hours.hpp"
#include "core/app/request.hpp"
#include "leadledger/deliveries.hpp"

namespace leadledger::app {

using schema::ChannelType;

struct Channel {
  std::string id;
  ChannelType type = ChannelType::webhook;
  std::string url;                    // a secret: whoever knows it can post
  std::string host;                   // of the url: all of it that is shown
  std::string secret;                 // base64, without whsec_; "" for Slack
  std::vector<std::string> projects;  // in byte order, each once; ["*"] for all
  bool takes_briefs = false;
  bool takes_alerts = false;
  std::optional<QuietHours> quiet_hours;
  std::string problem;  // why it is not used, in a sentence that names no secret; "" where it is

  [[nodiscard]] bool usable() const { return problem.empty(); }
};

/// The channels in the order of the list, those with a fault included. Never fails: what cannot be read at
/// all is a channel without an id, and with a problem.
[[nodiscard]] std::vector<Channel> read_channels(Part config);

/// The channel of that id, or none.
[[nodiscard]] const Channel* find_channel(const std::vector<Channel>& channels, std::string_view id);

/// Whether somebody who gets `projects` (["*"]: all) may see what is of `scope`.
[[nodiscard]] bool contain_scope(const std::vector<std::string>& projects,
                                 const std::vector<std::string>& scope);

}  // namespace leadledger::app
