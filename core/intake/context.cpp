#include "core/intake/context.hpp"

#include <array>
#include <utility>

#include "core/intake/channel.hpp"
#include "core/intake/clean_text.hpp"
#include "core/intake/field_names.hpp"
#include "core/intake/web_address.hpp"
#include "core/support/text.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::intake {

namespace {

constexpr std::size_t kMaxNumberChars = 40;

std::string line(const FormValue& value, Booleans booleans) {
  switch (value.kind) {
    case ValueKind::text: return clean_line(value.text);
    case ValueKind::number:
      return value.text.size() <= kMaxNumberChars ? std::string(value.text) : std::string();
    case ValueKind::boolean: return booleans == Booleans::take ? std::string(value.text) : std::string();
    case ValueKind::absent:
    case ValueKind::null:
    case ValueKind::structure: break;
  }
  return {};
}

void cut_in_place(std::string& text) {
  if (text.size() <= schema::kMaxContextBytes) return;
  text = text::trim(text::cut(text, schema::kMaxContextBytes));
}

/// An address as sent, and its parts, which point into `text`.
struct ReadAddress {
  std::string text;
  WebAddress parts;
  bool good = false;
};

void read_address(const Selection& fields, Field field, ReadAddress& address) {
  address.text = line(fields[field], Booleans::leave);
  if (auto parts = parse_web_address(address.text)) {
    address.parts = std::move(*parts);
    address.good = true;
  } else {
    address.text.clear();
  }
}

}  // namespace

std::string context_text(const Selection& fields, Field field, Booleans booleans) {
  std::string text = line(fields[field], booleans);
  cut_in_place(text);
  return text;
}

Context read_context(const Selection& fields) {
  struct Tag {
    Field field;
    std::string Context::* into;
  };
  constexpr std::array<Tag, 8> kTags = {{{Field::utm_source, &Context::utm_source},
                                         {Field::utm_medium, &Context::utm_medium},
                                         {Field::utm_campaign, &Context::utm_campaign},
                                         {Field::utm_term, &Context::utm_term},
                                         {Field::utm_content, &Context::utm_content},
                                         {Field::gclid, &Context::gclid},
                                         {Field::fbclid, &Context::fbclid},
                                         {Field::msclkid, &Context::msclkid}}};
  // The addresses are read whole and cut afterwards: tags stand at their ends.
  ReadAddress page;
  ReadAddress referer;
  read_address(fields, Field::page, page);
  read_address(fields, Field::referer, referer);

  Context context;
  for (const Tag& tag : kTags) {
    std::string& value = context.*tag.into;
    value = context_text(fields, tag.field);
    for (const ReadAddress* address : {&page, &referer}) {
      if (!value.empty() || address->parts.query.empty()) continue;
      value = query_value(address->parts.query, fold_name(schema::info(tag.field).name).text(),
                          schema::kMaxContextBytes);
    }
  }
  context.cta = context_text(fields, Field::cta);
  if (page.good) context.landing_path = text::cut(page.parts.path, schema::kMaxContextBytes);

  // A visitor who came from another page of the same site came from nowhere that tells anything.
  const bool own = referer.parts.host == page.parts.host;
  context.source = context_text(fields, Field::source);
  if (context.source.empty()) context.source = context.utm_source;
  if (context.source.empty() && !own) context.source = referer.parts.host;
  context.channel = channel_of({.utm_medium = context.utm_medium,
                                .utm_source = context.utm_source,
                                .paid_click_id = context.gclid.empty() ? context.msclkid : context.gclid,
                                .social_click_id = context.fbclid,
                                .referer_host = referer.parts.host,
                                .page_host = page.parts.host});

  context.referer_host = std::move(referer.parts.host);
  context.referer = std::move(referer.text);
  context.page = std::move(page.text);
  cut_in_place(context.referer);
  cut_in_place(context.page);
  return context;
}

}  // namespace leadledger::intake
