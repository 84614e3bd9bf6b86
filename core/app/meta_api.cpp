// GET /meta/metrics and /meta/dimensions, and one of either by its name: what numbers and dimensions mean.
#include <span>
#include <string>

#include "core/app/handlers.hpp"
#include "leadledger/glossary.hpp"

namespace leadledger::app {

namespace {

using Terms = std::span<const schema::Term>;

/// Changes with the deployment alone, and is no secret.
Response cacheable(std::string body) {
  Response response{200, {}, std::move(body)};
  response.with("content-type", "application/json; charset=utf-8");
  response.with("cache-control", "public, max-age=3600");
  response.with("access-control-allow-origin", "*");
  return response;
}

Response all_of(Terms terms) {
  std::string body = R"({"data":[)";
  for (const schema::Term& term : terms) {
    if (body.back() != '[') body += ',';
    body += term.json;
  }
  return cacheable(body += "]}");
}

const schema::Term* find(Terms terms, std::string_view name) {
  for (const schema::Term& term : terms) {
    if (term.name == name || (!term.alias.empty() && term.alias == name)) return &term;
  }
  return nullptr;
}

/// "a, b and c"
std::string names_of(Terms terms) {
  std::string out;
  for (const schema::Term& term : terms) {
    if (!out.empty()) out += &term == &terms.back() ? " and " : ", ";
    out += term.name;
  }
  return out;
}

/// `other` is where the name may be meant to be found. A tool tells its caller the sentence alone, so it
/// names what there is instead of a page that lists it.
Response one_of(const Call& call, Terms terms, std::string_view what, Terms other,
                std::string_view other_path) {
  if (const schema::Term* const term = find(terms, call.tail)) return cacheable(std::string(term->json));
  std::string detail = "There is no such " + std::string(what) + ".";
  if (const schema::Term* const term = find(other, call.tail)) {
    detail.append(" See ").append(other_path).append(term->name).append(".");
  } else {
    detail.append(" There are ").append(names_of(terms)).append(".");
  }
  return call.refuse({ErrorCode::not_found, std::move(detail)});
}

}  // namespace

Task<Response> list_metrics(Call) { co_return all_of(schema::kMetrics); }

Task<Response> list_dimensions(Call) { co_return all_of(schema::kDimensionTerms); }

Task<Response> explain_metric(Call call) {
  co_return one_of(call, schema::kMetrics, "metric", schema::kDimensionTerms, "/meta/dimensions/");
}

Task<Response> explain_dimension(Call call) {
  co_return one_of(call, schema::kDimensionTerms, "dimension", schema::kMetrics, "/meta/metrics/");
}

}  // namespace leadledger::app
