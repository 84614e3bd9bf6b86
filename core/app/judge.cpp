#include "core/app/judge.hpp"

#include "core/app/config.hpp"
#include "core/app/form_digest.hpp"
#include "core/app/turnstile.hpp"
#include "core/intake/entries.hpp"
#include "core/intake/project_slug.hpp"
#include "core/support/text.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::app {

namespace {

intake::Signals signals_of(const Facts& facts, const ledger::IntakeProject& project) {
  intake::Signals signals;
  signals.rate_limited = facts.rate_limited;
  signals.origin_allowed = facts.origin.empty() || intake::allows_origin(project.settings, facts.origin);
  signals.blocked_by = project.find_blocking(facts.ip);
  signals.bot_user_agent = facts.bot_user_agent;
  signals.cloudflare_bot_score = facts.cloudflare_bot_score;
  signals.browser_headers_missing = facts.browser_headers_missing;
  signals.test_header = facts.test_header;
  signals.turnstile = facts.turnstile;
  return signals;
}

/// A server that names the visitor in a way that cannot be read would be judged in the visitor's place.
Result<void> check_visitor(const intake::Form& form) {
  if (form.visitor.is(json::Kind::object) || intake::is_blank(form[intake::Field::visitor])) return {};
  return intake::fail_field(
      ErrorCode::validation_failed, "visitor", "wrong_type",
      "It is an object in a JSON body, such as {\"ip\": \"198.51.100.4\", \"user_agent\": \"...\"}.");
}

/// Two SHA-256 digests: of what the Idempotency-Key names in this project, and of the content.
void apply_digests(Facts& facts, std::string_view digests) {
  constexpr std::size_t kDigestBytes = 32;
  constexpr std::size_t kIdBytes = 16;
  if (digests.size() != 2 * kDigestBytes) return;
  facts.submission_id = "sub_" + text::to_hex(digests.substr(0, kIdBytes));
  facts.content_digest = text::to_hex(digests.substr(kDigestBytes));
}

}  // namespace

Task<bool> judge(JudgePorts ports, Part config, const Access* access, RateLimiting limiting, Facts& facts,
                 Judged& judged) {
  const auto refuse = [&](Error error) {
    judged.error = std::move(error);
    return false;
  };
  auto form = intake::decode(facts.content_type, judged.body);
  if (!form) co_return refuse(std::move(form.error()));
  judged.form = std::move(*form);
  auto slug = intake::read_project_slug(judged.form);
  if (!slug) co_return refuse(std::move(slug.error()));
  judged.project = std::move(*slug);
  if (access != nullptr && !access->reaches(judged.project)) co_return refuse(out_of_reach(judged.project));
  if (facts.trusted) {
    if (auto checked = check_visitor(judged.form); !checked) co_return refuse(std::move(checked.error()));
  }
  const bool posted_for = facts.trusted && judged.form.visitor.is(json::Kind::object);
  if (posted_for) apply_visitor(facts, judged.form.visitor);

  // Everything that does not depend on each other is asked for at once.
  Batch select;
  ledger::add_select_for_intake(select, judged.project);
  Effect settings = ports.ledger.run(select, {schema::kSettingsCacheS, schema::kMissingCacheS});
  std::vector<Effect*> asked{&settings};
  std::optional<Effect> limit;
  // A trusted server posts for many people from one address; only the visitor it names is counted.
  if (limiting == RateLimiting::counted && !facts.ip.empty() && (!facts.trusted || posted_for)) {
    asked.push_back(&limit.emplace(ports.limits.take("posts", judged.project + " " + facts.ip)));
  }
  std::optional<Effect> digests;
  if (!facts.idempotency_key.empty() && facts.content_digest.empty()) {
    asked.push_back(&digests.emplace(
        ports.digest.sha256_of(judged.project + "\n" + facts.idempotency_key, digest_content(judged.form))));
  }
  std::optional<Effect> robot;
  if (posted_for && !facts.user_agent.empty()) {
    asked.push_back(&robot.emplace(ports.signals.bot_user_agent(facts.user_agent)));
  }
  co_await All(std::move(asked));

  if (robot) facts.bot_user_agent = robot->take().status == "yes";
  if (limit) facts.rate_limited = limit->take().status == "over";
  if (facts.rate_limited) {
    // A sender who was too fast may come again with the same key, and that is another submission.
    facts.idempotency_key.clear();
  } else if (digests) {
    apply_digests(facts, digests->take().body.view());
  }
  Reply settings_reply = settings.take();
  if (!settings_reply.ok) {
    co_return refuse({ErrorCode::ledger_unavailable, "The project's settings could not be read."});
  }
  {
    auto document = json::Document::parse(settings_reply.body.data, settings_reply.body.size);
    if (!document)
      co_return refuse({ErrorCode::ledger_unavailable, "The ledger's answer could not be read."});
    judged.intake_project = ledger::read_intake_project(document->root());
  }
  if (!judged.intake_project.found) co_return refuse(intake::unknown_project(judged.project));
  judged.project_known = true;

  const intake::ProjectSettings& project = judged.intake_project.settings;
  const std::string_view phone_country = intake::phone_country(project, facts.country);
  auto understood = intake::understand(judged.form, {phone_country, project.honeypot_field});
  if (!understood) co_return refuse(std::move(understood.error()));
  judged.submission = std::move(*understood);

  // A token is good for one question, so what a queued submission was told counts.
  if (!project.turnstile_secret.empty() && !facts.trusted &&
      facts.turnstile == intake::TurnstileOutcome::not_asked) {
    const Config deployment = read_config(config);
    facts.turnstile = co_await ask_turnstile(ports.http, deployment.turnstile_url, project.turnstile_secret,
                                             judged.submission.turnstile, facts.ip);
  }
  judged.verdict =
      intake::decide(judged.submission, facts.visitor(), signals_of(facts, judged.intake_project), project);
  co_return true;
}

}  // namespace leadledger::app
