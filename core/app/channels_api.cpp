// /api/admin/channels: where briefs and alerts are told. Channels are made and removed with
// `npm run webhooks`; here they can be seen, without what only their receivers may know, and tried.

#include "core/app/admin.hpp"
#include "core/app/channels.hpp"
#include "core/app/deliveries.hpp"
#include "core/app/delivery_handlers.hpp"

namespace leadledger::app {

namespace {

bool reaches(const Access& access, const Channel& channel) {
  return access.all_projects || contain_scope(access.projects, channel.projects);
}

void write_quiet_hours(json::Writer& writer, const Channel& channel) {
  writer.key("quiet_hours");
  if (!channel.quiet_hours) return writer.null();
  writer.begin_object();
  writer.member("from", print_clock(channel.quiet_hours->from_minute));
  writer.member("to", print_clock(channel.quiet_hours->to_minute));
  writer.member("timezone", channel.quiet_hours->timezone);
  writer.end_object();
}

void write_channel(json::Writer& writer, const Channel& channel) {
  writer.begin_object();
  writer.member_or_null("id", channel.id);
  writer.member("type", schema::kChannelTypeNames[static_cast<std::size_t>(channel.type)]);
  writer.member_or_null("host", channel.host);
  writer.key("projects");
  writer.begin_array();
  for (const std::string& project : channel.projects) writer.text(project);
  writer.end_array();
  writer.key("topics");
  writer.begin_array();
  if (channel.takes_briefs) writer.text(schema::kTakesBrief);
  if (channel.takes_alerts) writer.text(schema::kTakesAlert);
  writer.end_array();
  write_quiet_hours(writer, channel);
  writer.member_or_null("problem", channel.problem);
  writer.end_object();
}

std::string test_body(const Channel& channel, std::int64_t now_ms) {
  const std::string sentence =
      "This is a test of the channel " + channel.id + ". Briefs and alerts will arrive here.";
  if (channel.type == ChannelType::slack) return slack_body("Leadledger: " + sentence);
  std::string data;
  json::Writer writer(data);
  writer.begin_object();
  writer.member("channel", channel.id);
  writer.member("text", sentence);
  writer.end_object();
  writer.finish();
  return webhook_body(schema::kTopicTest, now_ms, data);
}

}  // namespace

Task<Response> list_channels(ZonePort zones, Call call) {
  const auto access = require_access(call.request, Role::admin);
  if (!access) co_return call.refuse(access.error());
  std::vector<Channel> shown = read_channels(call.request.config);
  std::erase_if(shown, [&](const Channel& channel) { return !reaches(*access, channel); });
  for (Channel& channel : shown) {
    // Only here: alerts go out at any hour then, which is better than never.
    if (channel.usable() && channel.quiet_hours &&
        !co_await ask_quiet_left(zones, *channel.quiet_hours, call.request.now_ms / 1000)) {
      channel.problem =
          "quiet_hours.timezone is no zone that is known: until it is one, there are no quiet hours.";
    }
  }
  co_return whole_list([&](json::Writer& writer) {
    for (const Channel& channel : shown) write_channel(writer, channel);
  });
}

Task<Response> try_channel(DeliveryAdminPorts ports, Call call) {
  const auto access = require_access(call.request, Role::admin);
  if (!access) co_return call.refuse(access.error());
  const std::vector<Channel> channels = read_channels(call.request.config);
  const Channel* channel = find_channel(channels, call.tail);
  if (channel == nullptr || !reaches(*access, *channel)) {
    co_return call.refuse({ErrorCode::not_found, "There is no channel of this id that the key reaches."});
  }
  if (!channel->usable()) {
    co_return call.refuse({ErrorCode::not_possible, "The channel cannot be used: " + channel->problem});
  }
  const std::string id = make_id(kDeliveryIdPrefix, call.request.random[0]);
  Batch batch;
  add_delivery(batch,
               {.delivery_id = id,
                .channel = channel->id,
                .topic = schema::kTopicTest,
                .subject_id = id,
                .scope = scope_text(channel->projects),
                .body = test_body(*channel, call.request.now_ms)},
               call.request.now_ms);
  const Rows rows(co_await ports.ledger.run(batch));
  if (!rows.ok()) co_return call.refuse(ledger_down());
  // Where the queue fails, it goes out a little later.
  const Reply sent = co_await ports.deliveries.send(id);
  static_cast<void>(sent);
  co_return accepted_delivery(id);
}

}  // namespace leadledger::app
