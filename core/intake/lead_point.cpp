#include "core/intake/lead_point.hpp"

#include "core/intake/user_agent.hpp"

namespace leadledger::intake {

datasets::LeadPoint make_lead_point(std::string_view project, const Submission& submission,
                                    const Visitor& visitor, bool bot_user_agent, const Verdict& verdict,
                                    std::string_view lead_id, std::int64_t received_at_s) {
  using Blob = schema::LeadSubmissionsBlob;
  using Double = schema::LeadSubmissionsDouble;
  const Context& context = submission.context;
  const Engagement& engagement = submission.engagement;
  const UserAgent agent = read_user_agent(visitor.user_agent);
  const schema::Device device = bot_user_agent ? schema::Device::bot : agent.device;
  const std::string_view country = visitor.country == "XX" ? std::string_view{} : visitor.country;

  datasets::LeadPoint point;
  point.set_index(project);
  point.set(Blob::source, context.source);
  point.set(Blob::referer_host, context.referer_host);
  point.set(Blob::landing_path, context.landing_path);
  point.set(Blob::cta, context.cta);
  point.set(Blob::utm_source, context.utm_source);
  point.set(Blob::utm_medium, context.utm_medium);
  point.set(Blob::utm_campaign, context.utm_campaign);
  point.set(Blob::utm_term, context.utm_term);
  point.set(Blob::utm_content, context.utm_content);
  point.set(Blob::country, country);
  point.set(Blob::region, visitor.region);
  point.set(Blob::city, visitor.city);
  point.set(Blob::device, to_text(device));
  point.set(Blob::browser, agent.browser);
  point.set(Blob::temperature, to_text(verdict.temperature));
  point.set(Blob::engagement, to_text(verdict.engagement));
  point.set(Blob::channel, to_text(context.channel));
  point.set(Blob::reason,
            verdict.reasons.empty() ? std::string_view{} : schema::info(verdict.reasons.front().reason).code);
  point.set(Blob::lead_id, lead_id);
  point.set(Blob::event_type, to_text(verdict.event_type));

  point.set(Double::vpn, verdict.vpn ? 1 : 0);
  point.set(Double::suspicious, verdict.suspicious ? 1 : 0);
  point.set(Double::hot, verdict.hot ? 1 : 0);
  point.set(Double::lead_score, verdict.lead_score);
  point.set(Double::bot_score, verdict.bot_score);
  point.set(Double::time_on_page_s, engagement.time_on_page.value_or(0));
  point.set(Double::scroll_depth_pct, engagement.scroll_depth.value_or(0));
  point.set(Double::pages_viewed, engagement.pages_viewed.value_or(0));
  point.set(Double::form_seconds, engagement.form_seconds.value_or(0));
  point.set(Double::received_at, static_cast<double>(received_at_s));
  return point;
}

}  // namespace leadledger::intake
