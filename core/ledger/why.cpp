#include "core/ledger/why.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "core/intake/lead_score.hpp"
#include "core/intake/verdict.hpp"
#include "core/ledger/keep.hpp"
#include "core/support/text.hpp"
#include "leadledger/rules.hpp"

namespace leadledger::ledger {

namespace {

using intake::ReasonGiven;

bool judged_by_these_rules(const json::Value& row) {
  return row["ruleset"].string() == schema::kRulesetVersion;
}

void write_reason(json::Writer& writer, const ReasonGiven& given, bool same_rules) {
  const schema::ReasonInfo& info = schema::info(given.reason);
  writer.begin_object();
  writer.member("code", info.code);
  writer.member("of", info.of);
  writer.member("text", info.text);
  writer.key("weight");
  same_rules ? writer.number(info.weight) : writer.null();
  writer.member_or_null("detail", given.detail);
  writer.end_object();
}

/// One sentence: which rule had the last word.
std::string sentence(std::string_view type, const std::vector<ReasonGiven>& reasons, const json::Value& row) {
  std::string out(type);
  const ReasonGiven* first = nullptr;
  for (const ReasonGiven& given : reasons) {
    if (first == nullptr && schema::info(given.reason).of == type) first = &given;
  }
  out += ": ";
  if (type == to_text(schema::EventType::bot)) {
    out += "the weights of the bot evidence sum up to a bot score of ";
    text::append_number(out, row["bot_score"].integer(0));
    if (judged_by_these_rules(row)) {
      out += ", and ";
      text::append_number(out, schema::kBotThreshold);
      out += " is enough";
    }
  } else if (first != nullptr) {
    out += schema::info(first->reason).text;
  } else {
    out += "the reason is not known to this version";
  }
  return out + ".";
}

std::optional<double> measure(const json::Value& context, std::string_view name) {
  return text::parse_number(context[name].text());
}

/// As much of the submission as its lead_score is made from.
intake::Submission scored_part(const OneSubmission& one, const json::Value& context) {
  const json::Value& row = one.row;
  intake::Submission out;
  out.contact.name = row["name"].string();
  out.contact.email = row["email"].string();
  out.contact.phone = row["phone"].string();
  out.contact.phone_is_e164 = !one.phone_identity().empty();
  out.contact.company = row["company"].string();
  out.contact.message = row["message"].string();
  out.context.cta = context["cta"].string();
  out.engagement = {measure(context, "time_on_page"), measure(context, "scroll_depth"),
                    measure(context, "pages_viewed"), measure(context, "form_seconds")};
  return out;
}

void write_parts(json::Writer& writer, const OneSubmission& one) {
  std::string text(one.row["context"].string());
  const auto context = json::Document::parse(text);
  const bool erased = one.row["erased_at"].is(json::Kind::number);
  if (erased || !context || !judged_by_these_rules(one.row)) return writer.null();
  const intake::Submission submission = scored_part(one, context->root());
  if (intake::lead_score(submission) != one.row["lead_score"].integer(0)) return writer.null();
  writer.begin_array();
  for (const intake::ScorePart& part : intake::lead_score_parts(submission)) {
    writer.begin_object();
    writer.member("part", part.name);
    writer.member("text", part.text);
    writer.member("points", part.points);
    writer.end_object();
  }
  writer.end_array();
}

/// {kind}_threshold, and whether the score reached it.
void write_threshold(json::Writer& writer, const std::string& kind, std::int64_t score, int threshold,
                     bool same_rules) {
  writer.key(kind + "_threshold");
  same_rules ? writer.number(threshold) : writer.null();
  writer.key(kind + "_reached");
  same_rules ? writer.boolean(score >= threshold) : writer.null();
}

}  // namespace

void write_why(json::Writer& writer, const OneSubmission& one) {
  const json::Value& row = one.row;
  const bool same_rules = judged_by_these_rules(row);
  std::vector<ReasonGiven> reasons = read_reasons(row["reasons"].string());
  const auto person = intake::find_reason(row["person_reason"].string());
  // Of a corrected one the person was asked for later; the rules decided without.
  const bool person_decided = person && one.standing.is(json::Kind::none);
  std::vector<ReasonGiven> deciding = reasons;
  if (person_decided) deciding.insert(deciding.begin(), {*person, {}});

  writer.begin_object();
  writer.member("event_type", one.judged());
  writer.member("decided", sentence(one.judged(), deciding, row));
  writer.member("bot_score", row["bot_score"].integer(0));
  write_threshold(writer, "bot", row["bot_score"].integer(0), schema::kBotThreshold, same_rules);
  writer.key("reasons");
  writer.begin_array();
  for (const ReasonGiven& given : reasons) write_reason(writer, given, same_rules);
  writer.end_array();
  writer.key("person_reason");
  if (person) {
    writer.begin_object();
    writer.member("code", schema::info(*person).code);
    writer.member("text", schema::info(*person).text);
    writer.end_object();
  } else {
    writer.null();
  }
  writer.member("lead_score", row["lead_score"].integer(0));
  write_threshold(writer, "hot", row["lead_score"].integer(0), schema::kHotThreshold, same_rules);
  writer.key("lead_score_parts");
  write_parts(writer, one);
  writer.member("status", row["status"].integer(0));
  writer.member("ruleset", row["ruleset"].string());
  writer.end_object();
}

}  // namespace leadledger::ledger
