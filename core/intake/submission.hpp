// A submission as it is understood: validated, normalised, nothing judged yet.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/intake/form.hpp"
#include "core/support/result.hpp"
#include "leadledger/enums.hpp"
#include "leadledger/fields.hpp"

namespace leadledger::intake {

struct Contact {
  std::string name;   // name, else first_name + last_name
  std::string email;  // lower case, or empty
  std::string phone;  // E.164, or as sent where it fits no numbering plan, or empty
  bool phone_is_e164 = false;
  std::string phone_calling_code;  // "91"; empty unless E.164
  std::string company;
  std::string message;
};

struct Context {
  std::string source;        // as sent, else utm_source, else the referer's host, else ""
  std::string referer;       // as sent, cut; "" where broken
  std::string referer_host;  // lower case, without www.
  std::string page;          // as sent, cut; "" where broken
  std::string landing_path;  // "/pricing"
  std::string cta;
  std::string utm_source;  // from the body, else the page's query, else the referer's
  std::string utm_medium;
  std::string utm_campaign;
  std::string utm_term;
  std::string utm_content;
  std::string gclid;
  std::string fbclid;
  std::string msclkid;
  schema::Channel channel = schema::Channel::direct;
};

struct Engagement {
  // Absent where the form did not say, or not with a usable number.
  std::optional<double> time_on_page;  // seconds
  std::optional<double> scroll_depth;  // percent
  std::optional<double> pages_viewed;
  std::optional<double> form_seconds;  // seconds from the first input to sending
};

struct Submission {
  Contact contact;
  Context context;
  Engagement engagement;
  std::string consent;      // as sent, cut; "" where absent
  std::string redirect;     // as sent; whether it is followed is decided elsewhere
  std::string turnstile;    // the token, or ""
  std::string custom_json;  // a JSON object of the custom fields that were kept; "" where there are none
  bool honeypot_filled = false;
};

/// What validation needs to know of a project.
struct FormRules {
  std::string_view default_country;  // ISO 3166-1 alpha-2, of phone numbers without +; "" for none
  std::string_view honeypot_field;   // its name in the form, compared exactly
};

/// Validates and normalises. Contact fields of a wrong kind or length, a missing or malformed e-mail, neither
/// e-mail nor phone: validation_failed with every fault in `fields`. Context never fails: what is broken is
/// absent, what is long is cut. A phone that fits no numbering plan is kept as sent where there is an e-mail,
/// else a fault.
[[nodiscard]] Result<Submission> understand(const Form& form, const FormRules& rules);

}  // namespace leadledger::intake
