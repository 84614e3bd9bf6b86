#include "core/app/analytics.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "core/support/text.hpp"
#include "leadledger/limits.hpp"

namespace leadledger::app {

namespace {

/// The words of a reply's status: "200 more 12 0", or "more 12" of a further piece.
struct Status {
  std::uint64_t http = 0;
  bool more = false;
  std::uint64_t elapsed_ms = 0;
  std::uint64_t retry_after_s = 0;
};

std::string_view next_word(std::string_view& words) {
  const auto [word, rest] = text::split_once(words, ' ');
  words = rest;
  return word;
}

std::uint64_t next_number(std::string_view& words) {
  return text::parse_unsigned(next_word(words)).value_or(0);
}

Status read_piece_status(std::string_view words) {
  Status status;
  status.more = next_word(words) == "more";
  status.elapsed_ms = next_number(words);
  status.retry_after_s = next_number(words);
  return status;
}

Status read_status(std::string_view words) {
  const std::uint64_t http = next_number(words);
  Status status = read_piece_status(words);
  status.http = http;
  return status;
}

/// How one attempt ended.
struct Attempt {
  enum class End : std::uint8_t { whole, no_data, try_again, give_up };
  End end = End::give_up;
  std::uint64_t elapsed_ms = 0;
  std::uint64_t retry_after_s = 0;
  Error error = {ErrorCode::analytics_unavailable, {}};
};

Attempt ended(Attempt::End end, ErrorCode code, std::string detail) {
  Attempt attempt;
  attempt.end = end;
  attempt.error = {code, std::move(detail)};
  return attempt;
}

/// The effect itself failed: "timeout 10000", where nothing came in time, or "error", where there is no
/// connection. `spent_ms` is what went before in this attempt.
Attempt broken(std::string_view why, std::uint64_t spent_ms) {
  Attempt attempt = ended(Attempt::End::try_again, ErrorCode::analytics_unavailable,
                          "The connection to Analytics Engine failed. Please try again.");
  attempt.elapsed_ms = spent_ms;
  if (next_word(why) != "timeout") return attempt;
  attempt.error = {ErrorCode::analytics_timeout,
                   "Analytics Engine did not answer in time. Please try again."};
  attempt.elapsed_ms += text::parse_unsigned(why).value_or(schema::kAnalyticsTimeoutMs);
  return attempt;
}

/// Whether a column of the table itself is unknown; one that the statement named (cell, d0, m_n) never is.
bool is_unknown_table_column(std::string_view body) {
  constexpr std::string_view kSays = "Input was invalid: unable to find type of column: \"";
  if (!body.starts_with(kSays)) return false;
  body.remove_prefix(kSays.size());
  for (const std::string_view name : {"timestamp", "_sample_interval", "index1", "blob", "double"}) {
    if (body.starts_with(name)) return true;
  }
  return false;
}

Attempt refused(const Status& status, std::string_view body) {
  constexpr std::uint64_t kTooMany = 429;
  constexpr std::uint64_t kUnprocessable = 422;
  constexpr std::uint64_t kServerErrors = 500;
  if (status.http == kUnprocessable && is_unknown_table_column(body)) {
    // A dataset that nothing was written to yet has no columns.
    return ended(Attempt::End::no_data, ErrorCode::analytics_unavailable, {});
  }
  const bool again = status.http == kTooMany || status.http >= kServerErrors;
  std::string detail = "Analytics Engine answered with the status ";
  text::append_number(detail, static_cast<std::int64_t>(status.http));
  detail += again ? ". Please try again." : ". Whoever runs this deployment finds what it said in the log.";
  Attempt attempt = ended(again ? Attempt::End::try_again : Attempt::End::give_up,
                          ErrorCode::analytics_unavailable, std::move(detail));
  attempt.retry_after_s = status.retry_after_s;
  return attempt;
}

Attempt malformed(std::string_view fault) {
  std::string detail = "Analytics Engine's answer was cut off or cannot be read";
  if (!fault.empty()) detail.append(": ").append(fault);
  return ended(Attempt::End::give_up, ErrorCode::analytics_unavailable, detail + '.');
}

Attempt too_large(const reports::Statement& statement) {
  std::string detail = "The answer would be made from more than ";
  text::append_number(detail, statement.most_rows);
  detail +=
      " combinations of buckets and groups, or from more text than fits into memory. Ask for larger buckets, "
      "a "
      "shorter range, fewer dimensions or a filter.";
  Attempt attempt;
  attempt.error = bad_parameter("group_by", std::move(detail));
  return attempt;
}

/// No type or flag was counted more often than there are submissions.
bool adds_up(const reports::Row& row) {
  const std::uint64_t total = row.counts.total();
  const auto within = [total](std::uint64_t flag) { return flag <= total; };
  return total <= row.submissions && std::all_of(row.counts.flags.begin(), row.counts.flags.end(), within);
}

/// Rows beyond what one answer may have are not collected, nor are those that cannot be.
class Counted final : public reports::RowSink {
 public:
  Counted(Collector& collector, std::uint32_t most) : collector_(collector), most_(most) {}
  [[nodiscard]] bool take(const reports::Row& row) override {
    if (++count_ > most_) return false;
    is_odd_ = !adds_up(row);
    return !is_odd_ && collector_.take(row);
  }
  [[nodiscard]] bool over() const { return count_ > most_; }
  [[nodiscard]] bool odd() const { return is_odd_; }

 private:
  Collector& collector_;
  std::uint32_t most_;
  std::uint32_t count_ = 0;
  bool is_odd_ = false;
};

Task<Attempt> attempt_once(AnalyticsPort analytics, const reports::Statement& statement, Collector& collector,
                           reports::Ran& ran) {
  collector.begin();
  Counted rows(collector, statement.most_rows);
  reports::AnswerReader reader(statement.has_cell, statement.dimensions.size(), rows);
  Effect query = analytics.query(statement.sql);
  const std::uint32_t id = query.id();
  Reply reply = co_await query;
  if (!reply.ok) co_return broken(reply.status, 0);
  Status status = read_status(reply.status);
  constexpr std::uint64_t kOk = 200;
  if (status.http != kOk) {
    Attempt attempt = refused(status, reply.body.view());
    attempt.elapsed_ms = status.elapsed_ms;
    co_return attempt;
  }
  bool readable = reader.feed(reply.body.view());
  while (readable && status.more) {
    // An answer that drips would never be late by itself.
    if (status.elapsed_ms > schema::kAnalyticsBudgetMs) co_return broken("timeout 0", status.elapsed_ms);
    reply = co_await analytics.read(id);
    if (!reply.ok) co_return broken(reply.status, status.elapsed_ms);
    const Status piece = read_piece_status(reply.status);
    status.more = piece.more;
    status.elapsed_ms += piece.elapsed_ms;
    readable = reader.feed(reply.body.view());
  }
  ran.rows = reader.rows();
  ran.bytes = reader.bytes();
  if (rows.over() || collector.full()) co_return too_large(statement);
  if (rows.odd()) co_return malformed("the counts of a row do not add up");
  if (!readable || !reader.finish()) co_return malformed(reader.fault());
  Attempt attempt;
  attempt.end = Attempt::End::whole;
  attempt.elapsed_ms = status.elapsed_ms;
  co_return attempt;
}

}  // namespace

Task<Fetched> fetch(AnalyticsPort analytics, TimerPort timer, const reports::Statement& statement,
                    Collector& collector, std::uint64_t jitter, FetchGroup& group) {
  Fetched fetched;
  fetched.ran.sql = statement.sql;
  std::uint64_t spent_ms = 0;
  for (std::uint32_t attempts = 1;; ++attempts) {
    fetched.ran.attempts = attempts;
    Attempt attempt = co_await attempt_once(analytics, statement, collector, fetched.ran);
    spent_ms += attempt.elapsed_ms;
    fetched.ran.milliseconds = static_cast<std::int64_t>(spent_ms);
    fetched.no_data = attempt.end == Attempt::End::no_data;
    if (attempt.end == Attempt::End::whole || fetched.no_data) co_return fetched;
    // Jitter over a window that doubles, so that many who failed together do not come back together.
    constexpr std::uint64_t kFirstWindowMs = 250;
    constexpr std::uint64_t kSecond = 1000;
    const std::uint64_t window = kFirstWindowMs << attempts;
    const std::uint64_t blur = window / 4 + (jitter >> (attempts * 8U)) % window;
    const std::uint64_t wait_ms = std::max(blur, attempt.retry_after_s * kSecond);
    if (attempt.end == Attempt::End::give_up || group.given_up || attempts >= schema::kAnalyticsAttempts ||
        wait_ms > schema::kAnalyticsBudgetMs || spent_ms + wait_ms > schema::kAnalyticsBudgetMs) {
      group.given_up = true;
      fetched.error = std::move(attempt.error);
      fetched.error->retry_after_s =
          static_cast<std::uint32_t>(std::min<std::uint64_t>(attempt.retry_after_s, 3600));
      co_return fetched;
    }
    const Reply waited = co_await timer.wait(static_cast<std::uint32_t>(wait_ms));
    if (!waited.ok || group.given_up) {
      fetched.error = std::move(attempt.error);
      co_return fetched;
    }
    spent_ms += wait_ms;
  }
}

}  // namespace leadledger::app
