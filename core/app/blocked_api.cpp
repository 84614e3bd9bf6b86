// /api/admin/blocked-ips: addresses whose submissions are judged blocked.

#include "core/app/admin.hpp"
#include "core/app/body.hpp"
#include "core/app/paging.hpp"
#include "core/intake/address.hpp"
#include "core/intake/project_settings.hpp"
#include "core/ledger/projects.hpp"
#include "core/support/rfc3339.hpp"
#include "core/support/text.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::app {

namespace {

constexpr std::size_t kMaxNoteChars = 500;

/// What a POST asks for.
struct BlockRequest {
  std::optional<intake::AddressRange> range;
  std::string_view note;
  std::string_view project;
  std::optional<std::int64_t> expires_at;
};

std::vector<FieldError> read_block(const json::Value& body, std::int64_t now_ms, BlockRequest& block) {
  std::vector<FieldError> faults;
  const auto fault = [&](std::string_view name, std::string_view code, std::string reason) {
    faults.push_back({std::string(name), std::string(code), std::move(reason)});
  };
  for (const auto& [name, value] : body.members()) {
    if (name == "cidr") {
      block.range = intake::parse_cidr(value.string());
    } else if (name == "note") {
      block.note = value.string();
      const bool fits = value.is(json::Kind::string) || value.is(json::Kind::null);
      if (!fits || text::count_code_points(block.note) > kMaxNoteChars) {
        fault(name, "too_long", "note is a text of at most 500 characters.");
      }
    } else if (name == "project") {
      block.project = value.string();
      const bool everywhere = value.is(json::Kind::null);
      if (!everywhere && !intake::is_project_slug(block.project)) {
        fault(name, "not_allowed", "project is a project's slug, or null for every project.");
      }
    } else if (name == "expires_at") {
      block.expires_at = parse_rfc3339(value.string());
      if (!value.is(json::Kind::null) && (!block.expires_at || *block.expires_at <= now_ms)) {
        fault(name, "not_allowed", "expires_at is a time to come, such as 2030-01-31T00:00:00Z, or null.");
      }
    } else {
      fault(name, "unknown", "Allowed are cidr, note, expires_at and project.");
    }
  }
  if (!block.range) {
    fault("cidr", body["cidr"].is(json::Kind::none) ? "required" : "not_allowed",
          "cidr is an IPv4 or IPv6 address or range, such as 203.0.113.0/24.");
  } else if (intake::is_too_wide_to_block(*block.range)) {
    fault("cidr", "not_allowed",
          "cidr is no wider than /" + std::to_string(schema::kWidestBlockIpv4Bits) + " in IPv4 and /" +
              std::to_string(schema::kWidestBlockIpv6Bits) + " in IPv6, or too many would be shut out.");
  }
  return faults;
}

void write_block(json::Writer& writer, const json::Value& row) {
  writer.begin_object();
  writer.member("id", row["block_id"].string());
  writer.member("cidr", row["cidr"].string());
  writer.member_or_null("project", row["project"].string());
  writer.member("note", row["note"].string());
  const std::int64_t expires_at = row["expires_at"].integer(0);
  writer.member_or_null("expires_at", expires_at == 0 ? std::string() : format_rfc3339(expires_at));
  writer.member("created_at", format_rfc3339(row["created_at"].integer(0)));
  writer.end_object();
}

}  // namespace

Task<Response> list_blocked(LedgerPorts ports, Call call) {
  const auto access = require_access(call.request, Role::admin);
  if (!access) co_return call.refuse(access.error());
  const auto query = Query::parse(call.request.query, {"limit", "cursor", "project"});
  if (!query) co_return call.refuse(query.error());
  const auto page = read_page(*query);
  if (!page) co_return call.refuse(page.error());
  Batch batch;
  batch.add(
      "SELECT id, block_id, cidr, project, note, expires_at, created_at FROM blocked_ips WHERE id < ?1 "
      "AND (?2 IS NULL OR project = ?2) "
      "AND (?3 IS NULL OR project IS NULL OR project IN (SELECT value FROM json_each(?3))) ORDER BY id DESC "
      "LIMIT ?4",
      page->before, TextOrNull{query->get("project")}, TextOrNull{reachable_projects(*access)},
      page->limit + 1);
  const Rows rows(co_await ports.ledger.run(batch));
  if (!rows.ok()) co_return call.refuse(ledger_down());
  co_return list_response(rows.of(0), page->limit, write_block);
}

Task<Response> create_blocked(LedgerPorts ports, Call call) {
  const auto access = require_access(call.request, Role::admin);
  if (!access) co_return call.refuse(access.error());
  std::string text;
  const auto document = co_await read_json_object(ports.stream, call.request, text);
  if (!document) co_return call.refuse(document.error());
  BlockRequest block;
  std::vector<FieldError> faults = read_block(document->root(), call.request.now_ms, block);
  if (!faults.empty()) {
    co_return call.refuse({ErrorCode::validation_failed, "The address could not be blocked as it was given.",
                           std::move(faults)});
  }
  if (block.project.empty() ? !access->all_projects : !access->reaches(block.project)) {
    co_return call.refuse(
        {ErrorCode::key_forbidden, "The API key does not reach every project that this would block."});
  }
  const std::string id = make_id(ledger::kBlockedIdPrefix, call.request.random[0]);
  Batch batch;
  const auto add = [&](const auto& expires_at) {
    batch.add(
        "INSERT INTO blocked_ips (block_id, project, cidr, range_from, range_to, note, expires_at, "
        "created_at) "
        "SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 "
        "WHERE (?2 IS NULL OR EXISTS (SELECT 1 FROM projects WHERE slug = ?2)) "
        "AND (SELECT count(*) FROM blocked_ips) < ?9 "
        "RETURNING block_id, cidr, project, note, expires_at, created_at",
        id, TextOrNull{block.project}, intake::print_cidr(*block.range),
        intake::address_hex(block.range->first), intake::address_hex(block.range->last), block.note,
        expires_at, call.request.now_ms, schema::kMaxBlockedRanges);
  };
  block.expires_at ? add(*block.expires_at) : add(nullptr);
  batch.add("SELECT count(*) AS ranges FROM blocked_ips");
  const Rows rows(co_await ports.ledger.run_and_forget_cache(batch));
  if (!rows.ok()) co_return call.refuse(ledger_down());
  if (rows.first().is(json::Kind::none) && rows.first(1)["ranges"].integer(0) >= schema::kMaxBlockedRanges) {
    static_assert(schema::kMaxBlockedRanges == 10000, "the sentence below names the limit");
    co_return call.refuse(
        {ErrorCode::conflict, "There are 10,000 blocked addresses already; delete some first."});
  }
  if (rows.first().is(json::Kind::none)) {
    co_return call.refuse({ErrorCode::validation_failed,
                           "There is no project " + std::string(block.project) + ".",
                           {{"project", "unknown", "No project has this slug."}}});
  }
  std::string body;
  json::Writer writer(body);
  write_block(writer, rows.first());
  writer.finish();
  Response response = json_response(201, std::move(body));
  response.with("location", "/api/admin/blocked-ips/" + id);
  co_return response;
}

Task<Response> delete_blocked(LedgerPorts ports, Call call) {
  const auto access = require_access(call.request, Role::admin);
  if (!access) co_return call.refuse(access.error());
  Batch batch;
  batch.add(
      "DELETE FROM blocked_ips WHERE block_id = ?1 "
      "AND (?2 IS NULL OR project IN (SELECT value FROM json_each(?2))) RETURNING block_id",
      call.tail, TextOrNull{reachable_projects(*access)});
  const Rows rows(co_await ports.ledger.run_and_forget_cache(batch));
  if (!rows.ok()) co_return call.refuse(ledger_down());
  if (rows.first().is(json::Kind::none)) {
    co_return call.refuse(
        {ErrorCode::not_found, "There is no blocked address of this id that the key reaches."});
  }
  co_return empty_response(204);
}

}  // namespace leadledger::app
