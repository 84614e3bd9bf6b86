// What a report is made from, whichever report it is: who asks, what, for which zone and time; and how that
// is had from the cache, from Analytics Engine, or, when that is in trouble, from the last good answer.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/app/access.hpp"
#include "core/app/analytics.hpp"
#include "core/app/report_handlers.hpp"
#include "core/app/report_json.hpp"
#include "core/reports/corrections.hpp"
#include "core/reports/plan.hpp"
#include "core/reports/query.hpp"
#include "core/reports/report.hpp"
#include "core/reports/statements.hpp"
#include "core/support/result.hpp"
#include "core/time/zone.hpp"

namespace leadledger::app {

/// A checked request, placed in its zone.
struct Asked {
  reports::Kind kind = reports::Kind::stats;
  reports::Query query;
  reports::Scope scope;
  time::Zone zone;
  reports::Plan plan;     // as of now
  std::string key;        // of the cache: what was asked, by whom, and the range that it means now
  std::string stale_key;  // the same without the range: under it lies the last good answer
  std::int64_t now_s = 0;
  std::uint64_t random = 0;
  std::int64_t retention_days = 0;
};

/// Errors: of the key (401, 403), of the query (400).
Task<Result<Asked>> read_asked(ZonePort zones, const Request& request, reports::Kind kind);

/// The same for one who has no key; `query` outlives it. Errors: of a project beyond the scope (403), of the
/// query.
Task<Result<Asked>> read_asked(ZonePort zones, const Asker& asker, std::string_view query,
                               reports::Kind kind);

/// What a query of that kind means at a moment. Errors: as reports::make_plan() and insights::frame_of().
[[nodiscard]] Result<reports::Plan> plan_at(reports::Kind kind, const reports::Query& query,
                                            const time::Zone& zone, std::int64_t now_s,
                                            std::int64_t retention_days);

/// The counted rows of one report, of one plan.
class Contents {
 public:
  Contents() = default;
  Contents(const Contents&) = delete;
  Contents& operator=(const Contents&) = delete;
  virtual ~Contents() = default;

  /// A few; all of them run at once. Errors: bad_parameter.
  [[nodiscard]] virtual Result<std::vector<reports::Statement>> statements() const = 0;
  [[nodiscard]] virtual Collector& collector(std::size_t statement) = 0;
  virtual void save(std::string& out) const = 0;
  /// False where the bytes are not what save() wrote for such a plan.
  [[nodiscard]] virtual bool restore(std::string_view bytes) = 0;
  /// Applies a correction to all that was counted; whether something of it changed.
  [[nodiscard]] virtual bool correct(const reports::Move& move) = 0;
};

/// Makes the empty contents for a plan; both outlive it.
using MakeContents = std::unique_ptr<Contents> (*)(const Asked& asked, const reports::Plan& plan);

struct Material {
  std::unique_ptr<reports::Plan> plan;  // as of when it was made
  std::unique_ptr<Contents> contents;
  std::int64_t generated_at_s = 0;
  reports::CacheState cache = reports::CacheState::miss;
  bool no_data_yet = false;
  std::vector<reports::Ran> ran;
  std::uint64_t fingerprint = 0;  // of all that the answer is made from
  std::uint64_t corrected = 0;    // submissions whose verdict was corrected since they were counted
  bool corrections_missing = false;
};

/// `asked` outlives the material. Errors: what Analytics Engine's trouble amounts to, where there is no last
/// good answer either.
Task<Result<Material>> obtain(ReportPorts ports, const Asked& asked, MakeContents make);

/// Not cryptographic: an entity tag tells versions of one answer apart.
[[nodiscard]] std::uint64_t fingerprint(std::string_view bytes, std::uint64_t hash);

/// Headers that every report has: the entity tag, which changes with the answer, and how caches may use it.
/// `variant` is what else distinguishes this representation. Returns true where the client has it already
/// (304).
bool add_report_headers(Response& response, const Request& request, const Asked& asked,
                        const Material& material, std::string_view variant);

/// What a caller is told where nothing could be had: as call.refuse(), with Retry-After where trying again
/// may help.
[[nodiscard]] Response refuse_report(const Call& call, const Error& error);

}  // namespace leadledger::app
