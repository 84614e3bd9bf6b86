// Intake as two pure functions from text to text: what forms and the dashboard ask of the browser's module,
// and what the shared vectors compare between all builds.
#pragma once

#include <string>
#include <string_view>

namespace leadledger::intake {

/// Validates a form by the settings of its project (a JSON object, as apply_settings reads it). Gives
/// {"ok":true} or
/// {"error":{"code","detail","fields":[{"name","reason","code"}]}}.
[[nodiscard]] std::string check_form(std::string_view settings, std::string_view content_type,
                                     std::string_view body);

/// Decodes, validates, judges and shapes `body` as the Worker does. `input` is a JSON object:
///   project        the one slug that is known
///   settings       of that project, as apply_settings reads them
///   content_type
///   visitor        {ip, user_agent, country, region, city, asn, as_organization}, normalised as Facts are
///   signals        {rate_limited, origin, blocked_by, bot_user_agent, cloudflare_bot_score,
///   browser_headers_missing,
///                  test_header, turnstile: not_asked | passed | failed | missing | unavailable}
///   person         new_person (if left out) | known_email | known_phone: what the ledger says of an accepted
///   one lead_id        of an accepted one received_at_s  Unix seconds
/// Gives the verdict's members as write_verdict has them, `point` and `submission`; or {"error": ...} as
/// above, whose code is bad_parameter where `input` itself is wrong.
[[nodiscard]] std::string explain(std::string_view input, std::string_view body);

}  // namespace leadledger::intake
