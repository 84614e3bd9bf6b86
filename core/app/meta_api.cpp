// GET /meta/metrics and /meta/dimensions, and one of either by its name: what numbers and dimensions mean.
#include <span>
#include <string>

#include "core/app/handlers.hpp"
#include "core/app/query.hpp"
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

Response all_of(const Call& call, Terms terms) {
  if (const auto query = Query::parse(call.request.query, {}); !query) return call.refuse(query.error());
  std::string body = R"({"data":[)";
  for (const schema::Term& term : terms) {
    if (body.back() != '[') body += ',';
    body += term.json;
  }
  return cacheable(body += "]}");
}

/// `other` is where the name may be meant to be found.
Response one_of(const Call& call, Terms terms, std::string_view what, Terms other,
                std::string_view other_path) {
  if (const auto query = Query::parse(call.request.query, {}); !query) return call.refuse(query.error());
  const auto find = [&call](Terms all) -> const schema::Term* {
    for (const schema::Term& term : all) {
      if (term.name == call.tail) return &term;
    }
    return nullptr;
  };
  if (const schema::Term* const term = find(terms)) return cacheable(std::string(term->json));
  std::string detail = "There is no such " + std::string(what) + ".";
  if (const schema::Term* const term = find(other)) {
    detail.append(" See ").append(other_path).append(term->name).append(".");
  } else {
    detail.append(" The list is at ")
        .append(call.request.path.substr(0, call.request.path.rfind('/')))
        .append(".");
  }
  return call.refuse({ErrorCode::not_found, std::move(detail)});
}

}  // namespace

Task<Response> list_metrics(Call call) { co_return all_of(call, schema::kMetrics); }

Task<Response> list_dimensions(Call call) { co_return all_of(call, schema::kDimensionTerms); }

Task<Response> explain_metric(Call call) {
  co_return one_of(call, schema::kMetrics, "metric", schema::kDimensionTerms, "/meta/dimensions/");
}

Task<Response> explain_dimension(Call call) {
  co_return one_of(call, schema::kDimensionTerms, "dimension", schema::kMetrics, "/meta/metrics/");
}

}  // namespace leadledger::app
