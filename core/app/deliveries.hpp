// Deliveries: what is to be posted to channels. A row of the ledger each, and a message of the queue that
// says which.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/app/ledger_port.hpp"
#include "core/app/ports.hpp"
#include "core/app/response.hpp"
#include "core/app/task.hpp"
#include "core/support/json.hpp"
#include "core/support/slack_text.hpp"
#include "leadledger/deliveries.hpp"

namespace leadledger::app {

inline constexpr std::string_view kDeliveryIdPrefix = "dlv_";

/// Projects as the ledger keeps a scope: a JSON array in byte order, each once; ["*"] where all are among
/// them.
[[nodiscard]] std::string scope_text(const std::vector<std::string>& projects);
/// The projects of such a text; none where it is no such text.
[[nodiscard]] std::vector<std::string> read_scope(std::string_view text);

struct NewDelivery {
  std::string_view delivery_id;
  std::string_view channel;
  std::string_view topic;  // schema::kTopicBriefWeekly and so on
  std::string_view subject_id;
  std::string_view scope;  // scope_text()
  std::string body;        // webhook_body() or slack_body()
};

/// Adds one statement that keeps a delivery, which does nothing where the channel has one of this topic and
/// subject already; its rows are {delivery_id} of what is new. Afterwards each of those goes to
/// DeliveryPort::send(); where that fails send_stranded() makes up for it.
void add_delivery(Batch& batch, const NewDelivery& delivery, std::int64_t now_ms);

/// {"type", "timestamp", "data"}, as Standard Webhooks has it. `data_json` is a complete JSON value.
[[nodiscard]] std::string webhook_body(std::string_view topic, std::int64_t now_ms,
                                       std::string_view data_json);
/// {"text"}: Slack's incoming webhook, without anything in it that Slack would read as more than text.
[[nodiscard]] std::string slack_body(const SlackText& words);
[[nodiscard]] std::string slack_body(std::string_view plain_text);

/// Sends the messages of those again whose message was lost: pending, and due for schema::kDeliveryStrandedS
/// without an attempt. False where the ledger or the queue did not answer.
[[nodiscard]] Task<bool> send_stranded(LedgerPort ledger, DeliveryPort deliveries, std::int64_t now_ms);

/// Columns that write_delivery() reads, of `deliveries`.
inline constexpr std::string_view kDeliveryColumns =
    "id, delivery_id, channel, topic, subject_id, scope, status, attempts, response_status, error, "
    "created_at, attempted_at, finished_at";
/// Adds the members of a delivery to an object: from delivery_id to finished_at, as the API shows them.
void write_delivery(json::Writer& writer, const json::Value& row);
/// The same, and subject_id, projects and the body that is posted, which is one column more: `body`.
void write_whole_delivery(json::Writer& writer, const json::Value& row);

/// A condition on the column `scope`: that it lies wholly within the projects of `parameter`, such as "?2",
/// a JSON array; NULL for all projects.
[[nodiscard]] std::string scope_within(std::string_view parameter);

/// 202 {"delivery_id"}.
[[nodiscard]] Response accepted_delivery(std::string_view delivery_id);

}  // namespace leadledger::app
