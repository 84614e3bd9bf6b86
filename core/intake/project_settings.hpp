// What a project decides for itself: who may post, how tests are told apart, how strict to be.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/support/json.hpp"
#include "core/support/json_writer.hpp"
#include "core/support/result.hpp"

namespace leadledger::intake {

/// What a sender judged to be a bot is told.
enum class BotResponse : std::uint8_t {
  accept,  ///< the same 201 as everybody, so that it learns nothing
  reject,  ///< 422
};

struct TestRules {
  std::vector<std::string> emails;     // lower case
  std::vector<std::string> domains;    // lower case
  std::vector<std::string> addresses;  // CIDR or single addresses
};

struct ProjectSettings {
  std::string name;
  std::vector<std::string> allowed_origins;  // "https://www.acme.com", "https://*.acme.com" or "*"
  std::string honeypot_field = "lead_hp";
  std::string default_country;  // ISO 3166-1 alpha-2, of phone numbers without a country code
  TestRules test_rules;
  BotResponse bot_response = BotResponse::accept;
  int min_form_seconds = 0;      // 0: the rule set's own
  std::string turnstile_secret;  // name of the Worker's secret, TURNSTILE_SECRET...; empty: no Turnstile
};

/// A slug: 1 to 64 of a-z, 0-9, - and _, beginning with a letter or digit. It fits Analytics Engine's index.
[[nodiscard]] bool is_project_slug(std::string_view text);

/// Changes `settings` by the members of `body`, a JSON object of the admin API; members that are not there
/// stay. Every fault is named: an unknown member, a wrong kind, a value that is not allowed.
[[nodiscard]] std::vector<FieldError> apply_settings(ProjectSettings& settings, const json::Value& body);

/// Writes the members of a settings object (without braces), as apply_settings reads them.
void write_settings(json::Writer& writer, const ProjectSettings& settings);

/// Whether an Origin header's value is one the project allows. Both are compared in lower case.
[[nodiscard]] bool allows_origin(const ProjectSettings& settings, std::string_view origin);

/// The country of phone numbers without a country code: the project's, else most likely the visitor's.
[[nodiscard]] inline std::string_view phone_country(const ProjectSettings& settings,
                                                    std::string_view visitor_country) {
  return settings.default_country.empty() ? visitor_country : std::string_view(settings.default_country);
}

}  // namespace leadledger::intake
