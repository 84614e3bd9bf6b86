// The consumer of the deliveries' queue.
//
// Theory of operation. A message is a delivery's id; all else stands in the ledger. Before anything is posted
// the attempt is claimed there: one statement raises `attempts` and puts `due_at` to when the attempt must
// have ended. Of two messages of one delivery the second finds it not due, so at one time one attempt runs,
// and there are never more than one attempt more than schema::kDeliveryWaits has entries. What was posted is
// posted again only where the receiver's answer, or the note of it in the ledger, was lost; all posts of a
// delivery have the same webhook-id.

#include <array>

#include "core/app/admin.hpp"
#include "core/app/channels.hpp"
#include "core/app/come_again.hpp"
#include "core/app/deliveries.hpp"
#include "core/app/delivery_handlers.hpp"
#include "core/app/quiet_hours.hpp"
#include "core/support/rfc3339.hpp"
#include "core/support/text.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::app {

namespace {

constexpr int kDone = 200;
constexpr std::int64_t kMsPerSecond = 1000;
constexpr std::int64_t kMostAttempts = schema::kDeliveryWaits.size() + 1;
constexpr std::size_t kSignatureSize = 44;  // 32 bytes in base64
// Clocks of two machines differ: what is due that soon is due.
constexpr std::int64_t kClocksMs = 2000;

/// What came of an attempt.
struct Outcome {
  enum class Kind : std::uint8_t { delivered, failed, hopeless } kind = Kind::failed;
  std::int64_t status = 0;  // HTTP, or 0
  std::string error;        // in our words: the receiver's could hold what only it and we may know
  std::int64_t retry_after_s = 0;
};

Outcome hopeless(std::string error) { return {Outcome::Kind::hopeless, 0, std::move(error)}; }

Outcome read_outcome(const Reply& reply) {
  if (!reply.ok) {
    static_assert(schema::kDeliveryTimeoutMs == 15000, "the sentence below names the limit");
    return {Outcome::Kind::failed, 0,
            reply.status == "timeout"
                ? "The receiver did not answer within 15 seconds."
                : "The receiver could not be reached: no connection, or none that is secure."};
  }
  const auto [code, retry_after] = text::split_once(reply.status, ' ');
  Outcome outcome;
  outcome.status = static_cast<std::int64_t>(text::parse_unsigned(code).value_or(0));
  outcome.retry_after_s = static_cast<std::int64_t>(text::parse_unsigned(retry_after).value_or(0));
  constexpr int kGone = 410;
  if (outcome.status >= 200 && outcome.status < 300) {
    outcome.kind = Outcome::Kind::delivered;
    return outcome;
  }
  outcome.error = "The receiver answered ";
  text::append_number(outcome.error, outcome.status);
  if (outcome.status >= 300 && outcome.status < 400) {
    outcome.error += ", a redirection, which is not followed: the channel's url must be the final address.";
  } else if (outcome.status == kGone) {
    outcome.kind = Outcome::Kind::hopeless;
    outcome.error += ": it wants nothing more.";
  } else {
    outcome.error += ".";
  }
  return outcome;
}

/// Why the delivery can never be posted to what is now the channel of that id, or "".
std::string why_never(const Channel* channel, const json::Value& row) {
  if (channel == nullptr) return "There is no channel of this id any more.";
  const bool of_slack = row["body"].string().starts_with(R"({"text":)");
  if (of_slack != (channel->type == ChannelType::slack)) {
    return "The channel is of another type than when this was written.";
  }
  if (row["topic"].string() != schema::kTopicTest &&
      !contain_scope(channel->projects, read_scope(row["scope"].string()))) {
    return "The channel does not get these projects any more.";
  }
  return {};
}

Task<Outcome> post(PostingPorts ports, const Request& request, const json::Value& row) {
  const std::vector<Channel> channels = read_channels(request.config);
  const Channel* channel = find_channel(channels, row["channel"].string());
  if (std::string never = why_never(channel, row); !never.empty()) co_return hopeless(std::move(never));
  if (!channel->usable()) {
    co_return Outcome{Outcome::Kind::failed, 0, "The channel cannot be used: " + channel->problem};
  }
  std::string body(row["body"].string());
  std::vector<HttpHeader> headers{{"user-agent", "Leadledger"}};
  if (channel->type == ChannelType::webhook) {
    const std::string id(row["delivery_id"].string());
    std::string timestamp;
    text::append_number(timestamp, request.now_ms / kMsPerSecond);
    const Reply signature =
        co_await ports.signature.hmac_sha256_base64(channel->secret, id + "." + timestamp + "." + body);
    const std::string_view sign = signature.body.view();
    if (!signature.ok || sign.size() != kSignatureSize || !text::is_base64(sign)) {
      co_return Outcome{Outcome::Kind::failed, 0, "The message could not be signed."};
    }
    headers.push_back({"webhook-id", id});
    headers.push_back({"webhook-timestamp", timestamp});
    headers.push_back({"webhook-signature", "v1," + std::string(sign)});
  }
  const Reply reply = co_await ports.http.fetch({.method = "POST",
                                                 .url = channel->url,
                                                 .content_type = "application/json",
                                                 .body = std::move(body),
                                                 .timeout_ms = schema::kDeliveryTimeoutMs,
                                                 .headers = std::move(headers),
                                                 .at_most = 0});
  co_return read_outcome(reply);
}

void add_select(Batch& batch, std::string_view id) {
  batch.add(
      "SELECT " + std::string(kDeliveryColumns) + ", body, due_at FROM deliveries WHERE delivery_id = ?1",
      id);
}

/// A copy that stays readable beside the ledger's own row. False where KV did not take it.
Task<bool> keep_dead_letter(ArchivePort archive, json::Value row) {
  std::string letter;
  json::Writer writer(letter);
  writer.begin_object();
  write_whole_delivery(writer, row);
  writer.end_object();
  writer.finish();
  const std::string key = "dead_letters/deliveries/" + format_rfc3339(row["created_at"].integer(0)) + "/" +
                          std::string(row["delivery_id"].string());
  constexpr std::uint32_t kSecondsPerDay = 86'400;
  const Reply kept =
      co_await archive.put(key, std::move(letter), schema::kDeliveriesRetentionDays * kSecondsPerDay);
  co_return kept.ok;
}

/// Notes in the ledger what came of an attempt, and gives the row as it is then; tried twice. An attempt that
/// took longer than it owns the delivery says nothing of a later one, unless it has delivered.
Task<Rows> record(LedgerPort ledger, std::string_view id, std::int64_t attempt, const Outcome& outcome,
                  std::int64_t now_ms, std::int64_t wait_s) {
  for (bool again = false;; again = true) {
    Batch batch;
    if (outcome.kind == Outcome::Kind::delivered) {
      batch.add(
          "UPDATE deliveries SET status = 'delivered', response_status = ?2, error = NULL, finished_at = ?3 "
          "WHERE delivery_id = ?1 AND status <> 'delivered'",
          id, outcome.status, now_ms);
    } else {
      batch.add(
          "UPDATE deliveries SET status = iif(?5 = 0, 'dead', 'pending'), response_status = nullif(?3, 0), "
          "error = ?4, finished_at = iif(?5 = 0, ?6, NULL), due_at = ?6 + ?5 * 1000 WHERE delivery_id = ?1 "
          "AND attempts = ?2 AND status = 'pending'",
          id, attempt, outcome.status, outcome.error, wait_s, now_ms);
    }
    add_select(batch, id);
    Rows rows(co_await ledger.run(batch));
    if (rows.ok() || again) co_return rows;
  }
}

/// Seconds to the next attempt, of which this was the n-th; 0 for none.
std::int64_t wait_after(std::int64_t attempt, const Outcome& outcome) {
  if (outcome.kind == Outcome::Kind::hopeless || attempt < 1 || attempt >= kMostAttempts) return 0;
  const std::int64_t asked = std::min(outcome.retry_after_s, std::int64_t{schema::kDeliveryRetryAfterMaxS});
  return std::max(schema::kDeliveryWaits[static_cast<std::size_t>(attempt - 1)], asked);
}

/// `wait_s`, or more: an alert that its receiver did not take waits for the end of quiet hours, as one does
/// that was not told yet.
Task<std::int64_t> after_quiet_hours(ZonePort zones, const Request& request, const json::Value& row,
                                     std::int64_t wait_s) {
  const std::string_view topic = row["topic"].string();
  if (wait_s == 0 || (topic != schema::kTopicAlertOpened && topic != schema::kTopicAlertClosed))
    co_return wait_s;
  const std::vector<Channel> channels = read_channels(request.config);
  const Channel* channel = find_channel(channels, row["channel"].string());
  if (channel == nullptr || !channel->quiet_hours) co_return wait_s;
  const std::int64_t next_s = request.now_ms / kMsPerSecond + wait_s;
  const auto left_s = co_await ask_quiet_left(zones, *channel->quiet_hours, next_s);
  co_return wait_s + left_s.value_or(0);
}

/// A message whose delivery is somebody else's at the moment. A new one is one too many; of one that came
/// before the last owner may have died, so it waits. So does one whose own claim it is: its run was repeated.
Response not_due(const Request& request, const json::Value& row) {
  const std::int64_t ms = std::max(row["due_at"].integer(0), request.now_ms) - request.now_ms;
  const std::int64_t claimed_ms = row["attempted_at"].integer(0);
  if (request.attempts <= 1 && row["attempts"].integer(0) > 0 && claimed_ms != request.now_ms) {
    return empty_response(kDone);
  }
  return come_again_in(std::max<std::int64_t>(1, (ms + kMsPerSecond - 1) / kMsPerSecond));
}

}  // namespace

Task<Response> deliver(PostingPorts ports, Call call) {
  const std::string id(call.request.body.view());
  if (!text::is_utf8(id)) co_return empty_response(kDone);  // nothing that we wrote, and no parameter
  const std::int64_t now_ms = call.request.now_ms;
  Batch claim;
  claim.add(
      "UPDATE deliveries SET status = 'dead', finished_at = ?2, error = coalesce(error, 'What came of the "
      "attempts was lost.') WHERE delivery_id = ?1 AND status = 'pending' AND due_at <= ?3 AND attempts >= "
      "?4",
      id, now_ms, now_ms + kClocksMs, kMostAttempts);
  claim.add(
      "UPDATE deliveries SET attempts = attempts + 1, attempted_at = ?2, due_at = ?4 WHERE delivery_id = ?1 "
      "AND status = 'pending' AND due_at <= ?3 RETURNING id",
      id, now_ms, now_ms + kClocksMs, now_ms + std::int64_t{schema::kDeliveryLeaseS} * kMsPerSecond);
  add_select(claim, id);
  Rows rows(co_await ports.ledger.run(claim));
  if (!rows.ok()) co_return come_again(call.request);
  const bool ours = rows.first(1).is(json::Kind::object);
  json::Value row = rows.first(2);
  if (ours) {
    const std::int64_t attempt = row["attempts"].integer(0);
    const Outcome outcome = co_await post(ports, call.request, row);
    const std::int64_t wait_s =
        co_await after_quiet_hours(ports.zones, call.request, row, wait_after(attempt, outcome));
    rows = co_await record(ports.ledger, id, attempt, outcome, now_ms, wait_s);
    if (!rows.ok()) co_return come_again_in(schema::kDeliveryLeaseS);
    row = rows.first(1);
    if (row["status"].string() == schema::kDeliveryPending && wait_s > 0) co_return come_again_in(wait_s);
  } else if (row["status"].string() == schema::kDeliveryPending) {
    co_return not_due(call.request, row);
  }
  // Again where KV fails: the message then finds the delivery dead.
  const bool dead = row["status"].string() == schema::kDeliveryDead;
  if (dead && !co_await keep_dead_letter(ports.archive, row)) co_return come_again(call.request);
  co_return empty_response(kDone);
}

// What is pending and not due has another message, or is found by send_stranded().
Task<Response> bury_delivery(DeadDeliveryPorts ports, Call call) {
  const std::string id(call.request.body.view());
  if (!text::is_utf8(id)) co_return empty_response(kDone);  // as in deliver()
  Batch batch;
  batch.add(
      "UPDATE deliveries SET status = 'dead', finished_at = ?2, error = coalesce(error, 'The queue gave it "
      "up.') WHERE delivery_id = ?1 AND status = 'pending' AND due_at <= ?3",
      id, call.request.now_ms, call.request.now_ms + kClocksMs);
  add_select(batch, id);
  const Rows rows(co_await ports.ledger.run(batch));
  if (!rows.ok()) co_return come_again(call.request);
  const json::Value row = rows.first(1);
  const bool dead = row["status"].string() == schema::kDeliveryDead;
  if (dead && !co_await keep_dead_letter(ports.archive, row)) co_return come_again(call.request);
  co_return empty_response(kDone);
}

}  // namespace leadledger::app
