#include "core/intake/project_settings.hpp"

#include <algorithm>

#include "core/intake/address.hpp"
#include "core/support/text.hpp"

namespace leadledger::intake {

namespace {

constexpr std::size_t kMaxListItems = 100;
constexpr std::size_t kMaxItemBytes = 253;  // a host name's limit
constexpr std::size_t kMaxNameChars = 200;
constexpr int kMaxMinFormSeconds = 60;

/// "allowed_origins[2]": which item of a list a fault is about, counted from 0.
std::string item_name(std::string_view name, std::size_t at) {
  std::string out(name);
  out += '[';
  text::append_number(out, static_cast<std::int64_t>(at));
  out += ']';
  return out;
}

/// Collects faults of one settings object.
class Reader {
 public:
  std::vector<FieldError> faults;

  void fault(std::string_view name, std::string_view code, std::string reason) {
    faults.push_back({std::string(name), std::string(code), std::move(reason)});
  }

  bool text(std::string_view name, const json::Value& value, std::size_t max_chars, std::string& into) {
    if (!value.is(json::Kind::string)) return wrong_kind(name, "a text");
    if (text::count_code_points(value.text()) > max_chars) {
      fault(name, "too_long", std::string(name) + " is longer than is allowed.");
      return false;
    }
    into = text::trim(value.text());
    return true;
  }

  /// A list of texts in lower case, each of which `is_good` accepts.
  template <class IsGood>
  void list(std::string_view name, const json::Value& value, std::string_view allowed, IsGood is_good,
            std::vector<std::string>& into) {
    if (!value.is(json::Kind::array)) {
      wrong_kind(name, "a list of texts");
      return;
    }
    std::vector<std::string> items;
    std::vector<FieldError> wrong;
    std::size_t at = 0;
    for (const json::Value item : value.items()) {
      std::string lowered = text::lower(text::trim(item.string()));
      if (!item.is(json::Kind::string) || lowered.size() > kMaxItemBytes || !is_good(lowered)) {
        wrong.push_back({item_name(name, at), "not_allowed",
                         "Every item of " + std::string(name) + " is " + std::string(allowed) + "."});
      } else if (std::find(items.begin(), items.end(), lowered) == items.end()) {
        items.push_back(std::move(lowered));
      }
      ++at;
      if (items.size() + wrong.size() > kMaxListItems) {
        fault(name, "too_long", std::string(name) + " takes at most 100 items.");
        return;
      }
    }
    if (wrong.empty()) into = std::move(items);
    for (FieldError& one : wrong) faults.push_back(std::move(one));
  }

  bool wrong_kind(std::string_view name, std::string_view wanted) {
    fault(name, "wrong_type", std::string(name) + " must be " + std::string(wanted) + ".");
    return false;
  }
};

bool is_host_pattern(std::string_view host) {
  if (host.starts_with("*.")) host.remove_prefix(2);
  if (host.starts_with('[')) return host.find(']') != std::string_view::npos;  // IPv6
  const auto fits = [](char c) {
    return text::is_lower(c) || text::is_digit(c) || c == '.' || c == '-' ||
           static_cast<unsigned char>(c) >= 0x80;
  };
  return !host.empty() && std::all_of(host.begin(), host.end(), fits);
}

bool is_origin(std::string_view origin) {
  if (origin == "*") return true;
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (!origin.starts_with(scheme)) continue;
    std::string_view host = origin.substr(scheme.size());
    const std::size_t colon = host.rfind(':');
    const bool has_port = colon != std::string_view::npos && host.find(']', colon) == std::string_view::npos;
    if (has_port) {
      const auto port = text::parse_unsigned(host.substr(colon + 1));
      if (!port || *port == 0 || *port > 65535) return false;
      host = host.substr(0, colon);
    }
    return is_host_pattern(host);
  }
  return false;
}

bool is_domain(std::string_view domain) { return is_host_pattern(domain) && domain.front() != '*'; }

bool is_email_shape(std::string_view email) {
  const auto [local, domain] = text::split_once(email, '@');
  return !local.empty() && is_domain(domain);
}

bool is_secret_name(std::string_view name) {
  const auto fits = [](char c) { return text::is_upper(c) || text::is_digit(c) || c == '_'; };
  return name.empty() || (name.starts_with("TURNSTILE_SECRET") && name.size() <= 64 &&
                          std::all_of(name.begin(), name.end(), fits));
}

void read_test_rules(Reader& reader, const json::Value& body, TestRules& rules) {
  if (!body.is(json::Kind::object)) {
    reader.wrong_kind("test_rules", "an object of emails, domains and addresses");
    return;
  }
  for (const auto& [name, value] : body.members()) {
    if (name == "emails") {
      reader.list("test_rules.emails", value, "an e-mail address", is_email_shape, rules.emails);
    } else if (name == "domains") {
      reader.list("test_rules.domains", value, "a domain such as qa.acme.com", is_domain, rules.domains);
    } else if (name == "addresses") {
      reader.list(
          "test_rules.addresses", value, "an IP address or CIDR range",
          [](std::string_view text) { return parse_cidr(text).has_value(); }, rules.addresses);
    } else {
      reader.fault("test_rules." + std::string(name), "unknown",
                   "test_rules has emails, domains and addresses.");
    }
  }
}

void read_member(Reader& reader, std::string_view name, const json::Value& value, ProjectSettings& settings) {
  if (name == "name") {
    if (reader.text(name, value, kMaxNameChars, settings.name) && settings.name.empty()) {
      reader.fault(name, "required", "Give the project a name.");
    }
  } else if (name == "allowed_origins") {
    reader.list(name, value, "an origin such as https://www.acme.com or https://*.acme.com, or *", is_origin,
                settings.allowed_origins);
  } else if (name == "honeypot_field") {
    if (reader.text(name, value, 64, settings.honeypot_field) && settings.honeypot_field.empty()) {
      reader.fault(name, "required", "honeypot_field names the hidden field of the form.");
    }
  } else if (name == "default_country") {
    if (!reader.text(name, value, 2, settings.default_country)) return;
    for (char& c : settings.default_country) c = text::to_upper(c);
    const auto fits = [](char c) { return text::is_upper(c); };
    const std::string& country = settings.default_country;
    if (!country.empty() && (country.size() != 2 || !std::all_of(country.begin(), country.end(), fits))) {
      reader.fault(name, "not_allowed", "default_country is a country code of two letters, such as IN.");
    }
  } else if (name == "test_rules") {
    read_test_rules(reader, value, settings.test_rules);
  } else if (name == "bot_response") {
    if (value.string() == "accept") {
      settings.bot_response = BotResponse::accept;
    } else if (value.string() == "reject") {
      settings.bot_response = BotResponse::reject;
    } else {
      reader.fault(name, "not_allowed", "bot_response is accept or reject.");
    }
  } else if (name == "min_form_seconds") {
    const std::int64_t seconds = value.integer(-1);
    if (seconds < 0 || seconds > kMaxMinFormSeconds) {
      reader.fault(name, "not_allowed", "min_form_seconds is a whole number from 0 to 60.");
    } else {
      settings.min_form_seconds = static_cast<int>(seconds);
    }
  } else if (name == "turnstile_secret") {
    if (reader.text(name, value, 64, settings.turnstile_secret) &&
        !is_secret_name(settings.turnstile_secret)) {
      reader.fault(name, "not_allowed",
                   "turnstile_secret is the name of a secret of the Worker that begins with "
                   "TURNSTILE_SECRET, or empty.");
    }
  } else {
    reader.fault(
        name, "unknown",
        "Allowed are name, allowed_origins, honeypot_field, default_country, test_rules, bot_response, "
        "min_form_seconds and turnstile_secret.");
  }
}

void write_list(json::Writer& writer, std::string_view name, const std::vector<std::string>& items) {
  writer.key(name);
  writer.begin_array();
  for (const std::string& item : items) writer.text(item);
  writer.end_array();
}

}  // namespace

bool is_project_slug(std::string_view slug) {
  constexpr std::size_t kMaxBytes = 64;
  const auto fits = [](char c) { return text::is_lower(c) || text::is_digit(c) || c == '-' || c == '_'; };
  return !slug.empty() && slug.size() <= kMaxBytes && slug.front() != '-' && slug.front() != '_' &&
         std::all_of(slug.begin(), slug.end(), fits);
}

std::vector<FieldError> apply_settings(ProjectSettings& settings, const json::Value& body) {
  Reader reader;
  for (const auto& [name, value] : body.members()) {
    if (name != "slug") read_member(reader, name, value, settings);
  }
  return std::move(reader.faults);
}

void write_settings(json::Writer& writer, const ProjectSettings& settings) {
  writer.member("name", settings.name);
  write_list(writer, "allowed_origins", settings.allowed_origins);
  writer.member("honeypot_field", settings.honeypot_field);
  writer.member("default_country", settings.default_country);
  writer.key("test_rules");
  writer.begin_object();
  write_list(writer, "emails", settings.test_rules.emails);
  write_list(writer, "domains", settings.test_rules.domains);
  write_list(writer, "addresses", settings.test_rules.addresses);
  writer.end_object();
  writer.member("bot_response", settings.bot_response == BotResponse::accept ? "accept" : "reject");
  writer.member("min_form_seconds", settings.min_form_seconds);
  writer.member("turnstile_secret", settings.turnstile_secret);
}

bool allows_origin(const ProjectSettings& settings, std::string_view origin) {
  const std::string lowered = text::lower(origin);
  for (const std::string& allowed : settings.allowed_origins) {
    if (allowed == "*" || allowed == lowered) return true;
    const std::size_t star = allowed.find("://*.");
    if (star == std::string::npos) continue;
    const std::string_view scheme = std::string_view(allowed).substr(0, star + 3);
    const std::string_view suffix = std::string_view(allowed).substr(star + 4);  // ".acme.com"
    const bool longer = lowered.size() > scheme.size() + suffix.size();
    if (longer && lowered.starts_with(scheme) && lowered.ends_with(suffix)) return true;
  }
  return false;
}

}  // namespace leadledger::intake
