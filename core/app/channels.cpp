#include "core/app/channels.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/app/deliveries.hpp"
#include "core/intake/project_settings.hpp"
#include "core/support/text.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::app {

namespace {

bool is_channel_id(std::string_view id) {
  constexpr std::size_t kMost = 40;
  return !id.empty() && id.size() <= kMost && std::all_of(id.begin(), id.end(), [](char c) {
    return text::is_lower(c) || text::is_digit(c) || c == '-';
  });
}

bool is_port(std::string_view port) {
  constexpr std::uint64_t kMost = 65535;
  const auto number = text::parse_unsigned(port);
  return number && *number > 0 && *number <= kMost && port.size() <= 5;
}

/// What stands between the scheme and the path of a url, cut into host and port.
struct Authority {
  std::string_view host;
  std::string_view port;
  bool good = false;
};

Authority read_authority(std::string_view text) {
  Authority read;
  const bool bracketed = text.starts_with('[');
  const std::size_t close = bracketed ? text.find(']') : text.find(':');
  const std::size_t end = close == std::string_view::npos ? text.size() : close + (bracketed ? 1 : 0);
  read.host = text.substr(0, end);
  const std::string_view rest = text.substr(end);
  read.port = rest.empty() ? rest : rest.substr(1);
  const std::string_view inside = bracketed ? read.host.substr(1, read.host.size() - 2) : read.host;
  read.good = !inside.empty() && (rest.empty() || (rest[0] == ':' && is_port(read.port))) &&
              (!bracketed || close != std::string_view::npos) &&
              std::all_of(inside.begin(), inside.end(), [&](char c) {
                return text::is_letter(c) || text::is_digit(c) || c == '.' || c == (bracketed ? ':' : '-');
              });
  return read;
}

/// Only as they are written here: readers of urls know many other ways to write them.
bool is_loopback(std::string_view host) {
  return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

/// Takes a url apart, or says what is wrong with it. Stricter than any reader of urls, so that none finds
/// another host in it than we do.
std::string read_url(std::string_view url, std::string& host) {
  static_assert(schema::kMaxChannelUrlBytes == 2048, "the sentence below names the limit");
  if (url.empty() || url.size() > schema::kMaxChannelUrlBytes) {
    return "url is missing, or longer than 2,048 bytes.";
  }
  const bool plain = std::all_of(url.begin(), url.end(), [](char c) {
    return c > ' ' && c < '\x7f' && c != '\\' && c != '"' && c != '<' && c != '>' && c != '#';
  });
  if (!plain) return "url has a character in it that no url may have, or a fragment.";
  const bool secure = url.starts_with("https://");
  if (!secure && !url.starts_with("http://")) return "url does not begin with https://.";
  std::string_view rest = url.substr(secure ? 8 : 7);
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?"));
  if (authority.find('@') != std::string_view::npos) {
    return "url has credentials in it; sign with a secret instead.";
  }
  const Authority read = read_authority(authority);
  if (!read.good) return "url names no host.";
  host = text::lower(read.host);
  if (!secure && !is_loopback(host)) return "url is http://, which is for this machine alone: use https://.";
  return {};
}

std::string read_secret(const json::Value& value, Channel& channel) {
  constexpr std::string_view kPrefix = "whsec_";
  const std::string_view given = value.string();
  if (channel.type == ChannelType::slack) {
    return value.is(json::Kind::none) || value.is(json::Kind::null)
               ? ""
               : "secret is for webhooks; what goes to Slack is not signed.";
  }
  // 24 to 64 bytes, as Standard Webhooks has it.
  constexpr std::size_t kLeast = 32;
  constexpr std::size_t kMost = 88;
  if (!given.starts_with(kPrefix)) return "secret is missing: whsec_ and 24 to 64 bytes in base64.";
  channel.secret = given.substr(kPrefix.size());
  if (channel.secret.size() >= kLeast && channel.secret.size() <= kMost && text::is_base64(channel.secret)) {
    return {};
  }
  channel.secret.clear();
  return "secret is not whsec_ and 24 to 64 bytes in base64.";
}

std::string read_projects(const json::Value& value, Channel& channel) {
  for (const json::Value item : value.items()) {
    const std::string_view project = item.string();
    if (project != "*" && !intake::is_project_slug(project)) {
      channel.projects.clear();  // of a list that is wrong nothing is taken, or others could see the channel
      return "projects is not a list of projects' slugs, or [\"*\"].";
    }
    channel.projects.emplace_back(project);
  }
  std::sort(channel.projects.begin(), channel.projects.end());
  channel.projects.erase(std::unique(channel.projects.begin(), channel.projects.end()),
                         channel.projects.end());
  if (channel.projects.empty()) return "projects is missing: a list of slugs, or [\"*\"] for all.";
  if (channel.projects.size() > 1 && channel.projects.front() == "*") {
    channel.projects.clear();
    return "projects has \"*\" beside others; it stands alone.";
  }
  return {};
}

std::string read_topics(const json::Value& value, Channel& channel) {
  for (const json::Value item : value.items()) {
    if (item.string() == schema::kTakesBrief) {
      channel.takes_briefs = true;
    } else if (item.string() == schema::kTakesAlert) {
      channel.takes_alerts = true;
    } else {
      return "topics has something else in it than \"brief\" and \"alert\".";
    }
  }
  return channel.takes_briefs || channel.takes_alerts ? ""
                                                      : "topics is missing: \"brief\", \"alert\" or both.";
}

std::string read_quiet_hours(const json::Value& value, Channel& channel) {
  if (value.is(json::Kind::none) || value.is(json::Kind::null)) return {};
  QuietHours hours;
  const auto from = parse_clock(value["from"].string());
  const auto to = parse_clock(value["to"].string());
  hours.timezone = value["timezone"].string();
  constexpr std::size_t kMostZone = 64;
  if (!from || !to)
    return "quiet_hours.from and quiet_hours.to are not both a time of the day such as 22:00.";
  if (hours.timezone.empty() || hours.timezone.size() > kMostZone) {
    return "quiet_hours.timezone is not an IANA name such as Asia/Kolkata.";
  }
  hours.from_minute = *from;
  hours.to_minute = *to;
  channel.quiet_hours = std::move(hours);
  return {};
}

/// A misspelt member would be one that nobody hears of.
std::string find_unknown(const json::Value& entry) {
  constexpr std::array<std::string_view, 7> kKnown{"id",       "type",   "url",        "secret",
                                                   "projects", "topics", "quiet_hours"};
  for (const auto& [name, value] : entry.members()) {
    if (std::find(kKnown.begin(), kKnown.end(), name) == kKnown.end()) {
      return "it has a member that no channel has; there are id, type, url, secret, projects, topics and "
             "quiet_hours.";
    }
  }
  return {};
}

std::optional<ChannelType> read_type(std::string_view name) {
  for (std::size_t at = 0; at < schema::kChannelTypeNames.size(); ++at) {
    if (schema::kChannelTypeNames[at] == name) return static_cast<ChannelType>(at);
  }
  return std::nullopt;
}

Channel read_channel(const json::Value& entry) {
  Channel channel;
  const auto fault = [&](std::string sentence) {
    if (channel.problem.empty()) channel.problem = std::move(sentence);
  };
  if (!entry.is(json::Kind::object)) fault("an entry of the list is no JSON object.");
  const std::string_view id = entry["id"].string();
  if (is_channel_id(id)) {
    channel.id = id;
  } else {
    fault("id is not 1 to 40 of a-z, 0-9 and -.");
  }
  const auto type = read_type(entry["type"].string());
  if (!type) fault("type is neither \"slack\" nor \"webhook\".");
  channel.type = type.value_or(ChannelType::webhook);
  channel.url = entry["url"].string();
  fault(read_url(channel.url, channel.host));
  fault(read_secret(entry["secret"], channel));
  fault(read_projects(entry["projects"], channel));
  fault(read_topics(entry["topics"], channel));
  fault(read_quiet_hours(entry["quiet_hours"], channel));
  fault(find_unknown(entry));
  return channel;
}

}  // namespace

std::vector<Channel> read_channels(Part config) {
  std::vector<Channel> channels;
  std::string text(config.view());
  const auto document = json::Document::parse(text);
  if (!document) return channels;
  const json::Value list = document->root()["webhooks"];
  if (!list.is(json::Kind::array) && !list.is(json::Kind::none)) {
    channels.emplace_back().problem = "WEBHOOKS is no JSON list of channels.";
  }
  for (const json::Value entry : list.items()) {
    Channel channel = read_channel(entry);
    if (!channel.id.empty() && find_channel(channels, channel.id) != nullptr && channel.usable()) {
      channel.problem = "id is that of another channel before it.";
    }
    channels.push_back(std::move(channel));
  }
  return channels;
}

const Channel* find_channel(const std::vector<Channel>& channels, std::string_view id) {
  const auto found = std::find_if(channels.begin(), channels.end(),
                                  [&](const Channel& channel) { return channel.id == id; });
  return found == channels.end() || id.empty() ? nullptr : &*found;
}

bool contain_scope(const std::vector<std::string>& projects, const std::vector<std::string>& scope) {
  const auto has = [&](std::string_view project) {
    return std::find(projects.begin(), projects.end(), project) != projects.end();
  };
  return has("*") || (!scope.empty() && std::all_of(scope.begin(), scope.end(), has));
}

}  // namespace leadledger::app
