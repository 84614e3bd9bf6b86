#include "core/ledger/projects.hpp"

#include "core/intake/address.hpp"

namespace leadledger::ledger {

namespace {

constexpr std::size_t kHexBytes = 32;
constexpr std::size_t kRecordBytes = 2 * kHexBytes + kBlockedIdBytes;

constexpr std::string_view kSelectForIntake =
    "SELECT settings, (SELECT group_concat(range_from || range_to || block_id, '') FROM blocked_ips "
    "WHERE (project IS NULL OR project = ?1) AND (expires_at IS NULL OR expires_at > unixepoch() * 1000)) AS "
    "blocked "
    "FROM projects WHERE slug = ?1";

}  // namespace

void add_select_for_intake(Batch& batch, std::string_view slug) { batch.add(kSelectForIntake, slug); }

std::string_view IntakeProject::find_blocking(std::string_view ip) const {
  const std::optional<std::string> address = intake::address_hex(ip);
  if (!address) return {};
  std::string_view records = blocked;
  for (; records.size() >= kRecordBytes; records.remove_prefix(kRecordBytes)) {
    const std::string_view from = records.substr(0, kHexBytes);
    const std::string_view to = records.substr(kHexBytes, kHexBytes);
    if (from <= *address && *address <= to) return records.substr(2 * kHexBytes, kBlockedIdBytes);
  }
  return {};
}

intake::ProjectSettings read_settings_text(std::string_view text) {
  intake::ProjectSettings settings;
  std::string copy(text);
  // What the ledger holds was checked when it was written; a member that a later version no longer knows is
  // skipped.
  if (const auto document = json::Document::parse(copy))
    (void)intake::apply_settings(settings, document->root());
  return settings;
}

IntakeProject read_intake_project(const json::Value& batch_reply) {
  IntakeProject project;
  for (const json::Value rows : batch_reply.items()) {
    for (const json::Value row : rows.items()) {
      project.found = true;
      project.settings = read_settings_text(row["settings"].string());
      project.blocked = row["blocked"].string();
    }
  }
  return project;
}

}  // namespace leadledger::ledger
