#include "core/intake/explain.hpp"

#include <optional>
#include <utility>
#include <vector>

#include "core/intake/lead_point.hpp"
#include "core/intake/project_slug.hpp"
#include "core/intake/verdict.hpp"
#include "core/support/field_errors.hpp"
#include "core/support/json.hpp"
#include "core/support/json_writer.hpp"

namespace leadledger::intake {

namespace {

/// Only these come out of intake; their names are those of the problems that the Worker answers with.
std::string_view code_name(ErrorCode code) {
  switch (code) {
    case ErrorCode::malformed_body: return "malformed_body";
    case ErrorCode::unsupported_media_type: return "unsupported_media_type";
    case ErrorCode::body_too_large: return "body_too_large";
    case ErrorCode::validation_failed: return "validation_failed";
    case ErrorCode::unknown_project: return "unknown_project";
    case ErrorCode::bad_parameter: return "bad_parameter";
    default: return "internal";
  }
}

/// One JSON object whose members `write` writes.
template <class Write>
std::string object_of(Write write) {
  std::string out;
  json::Writer writer(out);
  writer.begin_object();
  write(writer);
  writer.end_object();
  writer.finish();
  return out;
}

std::string tell(const Error& error) {
  return object_of([&](json::Writer& writer) {
    writer.key("error");
    writer.begin_object();
    writer.member("code", code_name(error.code));
    writer.member("detail", error.detail);
    writer.key("fields");
    write_field_errors(writer, error.fields);
    writer.end_object();
  });
}

Result<json::Document> parse_object(std::string& text) {
  auto document = json::Document::parse(text);
  if (!document) return fail(ErrorCode::bad_parameter, "The input is no JSON: " + document.error().detail);
  if (!document->root().is(json::Kind::object)) {
    return fail(ErrorCode::bad_parameter, "The input is no JSON object.");
  }
  return document;
}

Result<ProjectSettings> read_settings(const json::Value& object) {
  ProjectSettings settings;
  std::vector<FieldError> faults = apply_settings(settings, object);
  if (!faults.empty()) return fail(ErrorCode::bad_parameter, "The settings are wrong.", std::move(faults));
  return settings;
}

Visitor read_visitor(const json::Value& object) {
  return {object["ip"].string(),
          object["user_agent"].string(),
          object["country"].string(),
          object["region"].string(),
          object["city"].string(),
          static_cast<std::uint32_t>(object["asn"].integer(0)),
          object["as_organization"].string()};
}

std::optional<TurnstileOutcome> read_turnstile(std::string_view name) {
  if (name.empty() || name == "not_asked") return TurnstileOutcome::not_asked;
  if (name == "passed") return TurnstileOutcome::passed;
  if (name == "failed") return TurnstileOutcome::failed;
  if (name == "missing") return TurnstileOutcome::missing;
  if (name == "unavailable") return TurnstileOutcome::unavailable;
  return std::nullopt;
}

Result<Signals> read_signals(const json::Value& object, const ProjectSettings& project) {
  const auto turnstile = read_turnstile(object["turnstile"].string());
  if (!turnstile) return fail(ErrorCode::bad_parameter, "There is no such outcome of Turnstile.");
  const std::string_view origin = object["origin"].string();
  Signals signals;
  signals.rate_limited = object["rate_limited"].is_true();
  signals.origin_allowed = origin.empty() || allows_origin(project, origin);
  signals.blocked_by = object["blocked_by"].string();
  signals.bot_user_agent = object["bot_user_agent"].is_true();
  signals.cloudflare_bot_score = static_cast<int>(object["cloudflare_bot_score"].integer(0));
  signals.browser_headers_missing = object["browser_headers_missing"].is_true();
  signals.test_header = object["test_header"].is_true();
  signals.turnstile = *turnstile;
  return signals;
}

/// A new person, unless the input says otherwise; nothing where it says what a ledger cannot say.
std::optional<Reason> read_person(std::string_view name) {
  if (name.empty()) return Reason::new_person;
  const std::optional<Reason> reason = find_reason(name);
  const bool possible =
      reason == Reason::new_person || reason == Reason::known_email || reason == Reason::known_phone;
  return possible ? reason : std::nullopt;
}

void write_contact(json::Writer& writer, const Contact& contact) {
  writer.begin_object();
  writer.member("name", contact.name);
  writer.member("email", contact.email);
  writer.member("phone", contact.phone);
  writer.member("phone_is_e164", contact.phone_is_e164);
  writer.member("company", contact.company);
  writer.member("message", contact.message);
  writer.end_object();
}

void write_context(json::Writer& writer, const Context& context) {
  writer.begin_object();
  writer.member("source", context.source);
  writer.member("referer", context.referer);
  writer.member("referer_host", context.referer_host);
  writer.member("page", context.page);
  writer.member("landing_path", context.landing_path);
  writer.member("cta", context.cta);
  writer.member("utm_source", context.utm_source);
  writer.member("utm_medium", context.utm_medium);
  writer.member("utm_campaign", context.utm_campaign);
  writer.member("utm_term", context.utm_term);
  writer.member("utm_content", context.utm_content);
  writer.member("gclid", context.gclid);
  writer.member("fbclid", context.fbclid);
  writer.member("msclkid", context.msclkid);
  writer.member("channel", to_text(context.channel));
  writer.end_object();
}

void write_engagement(json::Writer& writer, const Engagement& engagement) {
  const auto measure = [&](std::string_view name, const std::optional<double>& value) {
    writer.key(name);
    value ? writer.real(*value) : writer.null();
  };
  writer.begin_object();
  measure("time_on_page", engagement.time_on_page);
  measure("scroll_depth", engagement.scroll_depth);
  measure("pages_viewed", engagement.pages_viewed);
  measure("form_seconds", engagement.form_seconds);
  writer.end_object();
}

void write_submission(json::Writer& writer, const Submission& submission) {
  writer.begin_object();
  writer.key("contact");
  write_contact(writer, submission.contact);
  writer.key("context");
  write_context(writer, submission.context);
  writer.key("engagement");
  write_engagement(writer, submission.engagement);
  writer.member("consent", submission.consent);
  writer.member("redirect", submission.redirect);
  writer.member("turnstile", submission.turnstile);
  writer.key("custom");
  submission.custom_json.empty() ? writer.null() : writer.raw(submission.custom_json);
  writer.member("honeypot_filled", submission.honeypot_filled);
  writer.end_object();
}

Result<std::string> explain_or_fail(std::string_view input_text, std::string_view body) {
  std::string text(input_text);
  const auto document = parse_object(text);
  if (!document) return tl::unexpected<Error>(document.error());
  const json::Value input = document->root();
  const auto settings = read_settings(input["settings"]);
  if (!settings) return tl::unexpected<Error>(settings.error());
  const auto signals = read_signals(input["signals"], *settings);
  if (!signals) return tl::unexpected<Error>(signals.error());
  const auto person = read_person(input["person"].string());
  if (!person) return fail(ErrorCode::bad_parameter, "person is new_person, known_email or known_phone.");

  // As the Worker does: a body, then a project, then the form's fields by that project's settings.
  std::string bytes(body);
  const auto form = decode(input["content_type"].string(), bytes);
  if (!form) return tl::unexpected<Error>(form.error());
  const auto slug = read_project_slug(*form);
  if (!slug) return tl::unexpected<Error>(slug.error());
  if (*slug != input["project"].string()) return tl::unexpected<Error>(unknown_project(*slug));
  const Visitor visitor = read_visitor(input["visitor"]);
  const auto submission =
      understand(*form, {phone_country(*settings, visitor.country), settings->honeypot_field});
  if (!submission) return tl::unexpected<Error>(submission.error());

  Verdict verdict = decide(*submission, visitor, *signals, *settings);
  std::string_view lead_id;
  if (verdict.accepted) {
    settle_person(verdict, *person);
    lead_id = input["lead_id"].string();
  }
  return object_of([&](json::Writer& writer) {
    write_verdict(writer, verdict, lead_id);
    writer.key("point");
    make_lead_point(*slug, *submission, visitor, signals->bot_user_agent, verdict, lead_id,
                    input["received_at_s"].integer(0))
        .write(writer);
    writer.key("submission");
    write_submission(writer, *submission);
  });
}

}  // namespace

std::string check_form(std::string_view settings_text, std::string_view content_type, std::string_view body) {
  std::string text(settings_text);
  const auto document = parse_object(text);
  if (!document) return tell(document.error());
  const auto settings = read_settings(document->root());
  if (!settings) return tell(settings.error());
  std::string bytes(body);
  const auto form = decode(content_type, bytes);
  if (!form) return tell(form.error());
  const auto submission = understand(*form, {settings->default_country, settings->honeypot_field});
  if (!submission) return tell(submission.error());
  return object_of([](json::Writer& writer) { writer.member("ok", true); });
}

std::string explain(std::string_view input, std::string_view body) {
  auto told = explain_or_fail(input, body);
  return told ? std::move(*told) : tell(told.error());
}

}  // namespace leadledger::intake
